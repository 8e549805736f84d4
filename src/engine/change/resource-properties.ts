import { GuardMode } from '../declaration/cluster-declaration';
import { AddOnVersionPolicy } from '../state/add-on-policy';

/*
 * What the custom resources tell the handler. CloudFormation turns every scalar into a string.
 */

/** Type of the custom resource that guards a cluster, or the node groups of one in another stack. */
export const UPGRADE_GUARD_TYPE = 'Custom::EksUpgradeGuard';

/** When a cluster may be rolled, as the guard is told. */
export interface GuardedSchedule {
  readonly Windows?: readonly GuardedWindow[];
  /** Name or ARN of an SSM Change Calendar. */
  readonly Calendar?: string;
  /** Alarms during which nothing may move. */
  readonly Alarms?: readonly GuardedAlarm[];
}

/** A maintenance window. */
export interface GuardedWindow {
  readonly Days: readonly string[];
  readonly Start: string;
  readonly Minutes: string;
  readonly TimeZone: string;
  readonly Except: readonly string[];
}

/**
 * An alarm: by its name, or by its logical ID where CloudFormation makes up the name, since the guard cannot refer to what may
 * wait for its cluster.
 */
export type GuardedAlarm = { readonly Name: string } | { readonly LogicalId: string };

/**
 * Properties of a {@link UPGRADE_GUARD_TYPE}: whom it guards and how, and what makes CloudFormation call it. Two of them change by
 * themselves, `Judged` and `Values`; the others are what the app says of its guard. All else it reads from CloudFormation when it runs.
 */
export interface UpgradeGuardProperties {
  /** Name of a cluster in another stack, which is deployed before, or of an imported one. */
  readonly ClusterName?: string;
  /** Whether the cluster is imported: the app does not move its control plane. */
  readonly Imported?: 'true';
  /** What `judgedProperty()` makes of what is judged. Unknown to older versions of this library. */
  readonly Judged?: string;
  /** What is judged and only CloudFormation knows: references, parameters, imports. */
  readonly Values?: unknown;
  readonly Mode: Exclude<GuardMode, 'disabled'>;
  /** IDs of accepted findings. */
  readonly Ignore: string[];
  readonly MaxInsightAgeMinutes: string;
  readonly WaitForOngoingUpdateSeconds: string;
  /** Absent where anything may move at any time. */
  readonly Schedule?: GuardedSchedule;
  /** Whether to look into the cluster. */
  readonly Workloads?: 'true';
}

/** An add-on whose version the handler resolves. */
export interface TrackedAddOn {
  readonly Name: string;
  readonly Policy: AddOnVersionPolicy;
  /** Attribute of the custom resource that returns the version. */
  readonly Attribute: string;
}

/** Properties of a `Custom::EksAddOnVersions`. Each add-on's version is returned in its attribute. */
export interface AddOnVersionsProperties {
  readonly ClusterName: string;
  /** Kubernetes minor of the control plane; its change makes CloudFormation ask again. */
  readonly KubernetesVersion: string;
  readonly AddOns: TrackedAddOn[];
}

/** What a bake looks at. A change of any of it is a move, which is baked. */
export interface BakedSubject {
  readonly ClusterName: string;
  /** Absent for the control plane. */
  readonly NodegroupName?: string;
  /** Kubernetes minor. */
  readonly Version?: string;
  /** The certificate authority that signs; of the control plane, where the app activates one. */
  readonly ActiveCertificateAuthorityId?: string;
  /** AMI release of the nodes. */
  readonly ReleaseVersion?: string;
  /** Launch template of the nodes and its version, as CloudFormation knows them. */
  readonly LaunchTemplate?: Readonly<Record<string, string>>;
}

/** How long a bake may last, since CloudFormation waits an hour for its answer: leaves time to begin and to answer. */
export const LONGEST_BAKE_SECONDS = 59 * 60;

/** CloudFormation waits no longer for a custom resource. */
const LONGEST_ANSWER_SECONDS = 60 * 60;

/** What beginning and answering a bake take at most, calls that are tried again included. */
const BAKE_RESERVE_SECONDS = 5 * 60;

/** How long CloudFormation waits for the answer of a bake. */
export function bakeAnswerSeconds(durationSeconds: number): number {
  return Math.min(durationSeconds + BAKE_RESERVE_SECONDS, LONGEST_ANSWER_SECONDS);
}

/** Properties of a `Custom::EksBake`. */
export interface BakeProperties {
  readonly Subject: BakedSubject;
  readonly DurationSeconds: string;
  /** Names of the alarms that must not fire meanwhile. */
  readonly Alarms: string[];
  /** The state machine that bakes and answers. */
  readonly StateMachineArn: string;
  /** Whether it lasts when it is created. */
  readonly OnCreation?: 'true';
  /** AMI type of the nodes, which tells how releases compare; absent for the control plane. */
  readonly AmiType?: string;
  /** Whether the context rolls the cluster back. */
  readonly GoingBack?: 'true';
  /** Whether to look into the cluster when pods have held its nodes: where the guard does. */
  readonly Workloads?: 'true';
}
