import { Said } from '../messages/message';

/** How much a finding weighs: an `error` stops the change, a `warning` wants to be read, an `info` is good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** What a check has to say about a change. */
export interface Finding extends Said {
  /**
   * What to accept this finding by: the check's id, then the name of the subject, such as `node-group-health:workers`.
   *
   * The findings behind an insight are called after it, `insight-kubelet-version-skew`;
   * ids of findings that say that something could not be read end in `:unknown`.
   */
  readonly id: string;
  /** The id of the check. Accepting it accepts all its findings. */
  readonly check: string;
  readonly severity: Severity;
  /**
   * What is concerned, such as `node group workers`, by its construct where CloudFormation has made up the name; a workload by
   * its name alone.
   */
  readonly subject: string;
  /** What is concerned, as data. */
  readonly about: Subject;
  /** What stands behind the message, one line each: affected resources, callers of a deprecated API. */
  readonly details: readonly string[];
  /** Whether the point is that something could not be read. */
  readonly unknown: boolean;
  /** Where AWS or Kubernetes says so: the address of a page. */
  readonly source: string;
}

/** What a finding is about. */
export interface Subject {
  readonly kind: 'cluster' | 'node group' | 'add-on' | 'manifest' | 'insight' | 'workload' | 'alarm';
  /** Of a workload `<namespace>/<owner>`; `<namespace>/<kind>/<owner>` where several of the namespace share a name. */
  readonly name: string;
}

/** A finding that somebody has decided to live with. */
export interface AcceptedFinding extends Finding {
  /** The entry that accepted it: an id of a finding or of a check. */
  readonly acceptedBy: string;
  /** What may come of it all the same; absent where nothing does. */
  readonly remark?: string;
}
