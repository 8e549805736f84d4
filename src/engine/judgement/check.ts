import { Finding, Severity, Subject } from './finding';
import { Change } from '../change/change';
import { byConstruct, ConstructNames, constructNamesOf, nodeGroupInWords } from '../change/construct-names';
import { Data, Messages, Said } from '../messages/message';
import { RETRY } from '../messages/retry';
import { withoutControlCharacters } from '../state/untrusted-text';

/** What the IDs of findings about insights begin with; the rest is the insight's name. */
export const INSIGHT_ID_PREFIX = 'insight-';

/**
 * A rule that makes a change safe.
 *
 * A check is one file in `checks/` whose docstring is the rule, and one line in the list of checks.
 * It is pure and looks at nothing but the change. An input that is unknown weighs like a violation: a check fails closed.
 */
export interface Check {
  /** Kebab-case, equal to the file's name; users accept findings by it, so it never changes. */
  readonly id: string;
  /** The weight of an observation that does not say otherwise. */
  readonly severity: Severity;
  /** Where AWS or Kubernetes says so: the address of a page. */
  readonly source: string;
  /** All that it may say, by name. The words may change, the names stay. */
  readonly messages: Messages;
  /**
   * Whether EKS makes the same check when it is asked for the update, so that it may refuse what was accepted here.
   *
   * @default false
   */
  readonly isMadeByEks?: boolean;
  /**
   * Whether the Kubernetes API alone tells what it judges, which not everybody reaches who reads AWS.
   *
   * @default false
   */
  readonly looksInside?: boolean;
  /** What is to be said about a change; nothing when all is well. */
  examine(change: Change): Iterable<Observation>;
}

/** Something that a check has seen. */
export interface Observation extends Said {
  readonly about: Subject;
  readonly details?: readonly string[];
  /** @default - the severity of the check */
  readonly severity?: Severity;
  /** Whether the point is that something could not be read. */
  readonly unknown?: boolean;
}

/** The findings of a check. What they quote of the cluster is freed of control characters. */
export function* findingsOf(check: Check, change: Change): Iterable<Finding> {
  const names = constructNamesOf(change.intent);
  const say = (text: string) => withoutControlCharacters(byConstruct(text, names));
  for (const { about, reason, data, message, remedy, details = [], severity = check.severity, unknown = false } of check.examine(change)) {
    yield {
      id: findingId(check, about, unknown),
      check: check.id,
      severity,
      subject: withoutControlCharacters(subjectOf(about, names)),
      about: { ...about, name: withoutControlCharacters(about.name) },
      reason,
      data: plain(data),
      message: say(message),
      remedy: say(remedy),
      details: details.map(say),
      unknown,
      source: check.source,
    };
  }
}

function subjectOf({ kind, name }: Subject, names: ConstructNames): string {
  if (kind === 'workload') return name;
  return `${kind} ${kind === 'node group' ? nodeGroupInWords(name, names.get(name)) : name}`;
}

/** The cluster as the subject of an observation. */
export function aboutCluster({ state }: Change): Subject {
  return { kind: 'cluster', name: state.name };
}

/** The wording for something of the cluster that could not be read. */
export function unread<const W extends string>(what: W) {
  return { text: `${what} could not be read: {why}`, remedy: RETRY } as const;
}

/** The wording for a part of the cluster that could not be read. */
export const UNREAD_PART = { text: 'it could not be read: {why}', remedy: RETRY } as const;

/** The observation that something of the cluster could not be read. */
export function unreadable(change: Change, said: Said): Observation {
  return { about: aboutCluster(change), ...said, unknown: true };
}

/** The observation that a part of the cluster could not be read. */
export function unreadPart(kind: Subject['kind'], name: string, said: Said): Observation {
  return { about: { kind, name }, ...said, unknown: true };
}

/** What is quoted of the cluster is freed of control characters here, too. */
function plain(data: Data): Data {
  const freed = (value: Data[string]): Data[string] => {
    if (typeof value === 'string') return withoutControlCharacters(value);
    return Array.isArray(value) ? value.map(withoutControlCharacters) : value;
  };
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, freed(value)]));
}

function findingId(check: Check, about: Subject, unknown: boolean): string {
  if (about.kind === 'insight') return `${INSIGHT_ID_PREFIX}${slugOf(about.name)}`;
  return [check.id, ...about.kind === 'cluster' ? [] : [about.name], ...unknown ? ['unknown'] : []].join(':');
}

/** `Deprecated APIs removed in Kubernetes v1.32` as `deprecated-apis-removed-in-kubernetes-v1-32`. */
function slugOf(text: string): string {
  return text.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).join('-');
}
