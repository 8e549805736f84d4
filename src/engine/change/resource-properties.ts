import { GuardedObjects } from './guarded-objects';

/*
 * What the custom resources tell the handler. CloudFormation turns every scalar into a string.
 */

/** Type of the custom resource that guards a cluster, or the node groups of one in another stack. */
export const UPGRADE_GUARD_TYPE = 'Custom::EksUpgradeGuard';

/** An add-on and how its version is chosen. */
export interface GuardedAddOn {
  readonly Name: string;
  readonly Policy: TrackedAddOn['Policy'] | 'pinned';
  /** The pinned version; absent where only CloudFormation knows it. */
  readonly Version?: string;
}

/** An image that a node group shall run. */
export interface GuardedImage {
  readonly Id: string;
  /** The Kubernetes minor that it is declared to have. */
  readonly KubernetesVersion?: string;
  /** A launch template of another app that shall name it, and its version. */
  readonly LaunchTemplate?: { readonly Id: string; readonly Version: string };
}

/** A node group of the guard's stack. */
export interface GuardedNodeGroup {
  readonly LogicalId: string;
  /** Absent where CloudFormation makes it up. */
  readonly Name?: string;
  /** Kubernetes minor of the nodes; absent where it may depend on what is deployed after the guard. */
  readonly Version?: string;
  /** AMI release of the nodes; absent as the version is. */
  readonly ReleaseVersion?: string;
  /** The image of one's own that the launch template names, where it is known before. */
  readonly Image?: GuardedImage;
  /** Of each other property, a digest of its value: tells whether it changes together with the version. */
  readonly Digests: Readonly<Record<string, string>>;
}

/** When a cluster may be rolled, as the guard is told. */
export interface GuardedSchedule {
  readonly Windows?: readonly GuardedWindow[];
  /** Name or ARN of an SSM Change Calendar. */
  readonly Calendar?: string;
  /** Alarms during which nothing may move. */
  readonly Alarms?: readonly GuardedAlarm[];
  /** By logical ID of a node group of the guard's stack: which of them roll before it, and how long it bakes afterwards. */
  readonly Order?: Readonly<Record<string, { readonly After: readonly string[]; readonly BakeSeconds: string }>>;
  readonly ControlPlaneBakeSeconds?: string;
}

/** A maintenance window. */
export interface GuardedWindow {
  readonly Days: readonly string[];
  readonly Start: string;
  readonly Minutes: string;
  readonly TimeZone: string;
  readonly Except: readonly string[];
}

/** An alarm: by its name, or by its logical ID where CloudFormation makes up the name, since the guard cannot refer to what may wait for its cluster. */
export type GuardedAlarm = { readonly Name: string } | { readonly LogicalId: string };

/** Properties of a {@link UPGRADE_GUARD_TYPE}. Those that are optional were unknown to older versions of this library. */
export interface UpgradeGuardProperties extends GuardedObjects {
  /** Logical ID of a cluster in the same stack: the guard runs before the cluster and cannot refer to it. */
  readonly ClusterLogicalId?: string;
  /** Name of a cluster in another stack, which is deployed before. */
  readonly ClusterName?: string;
  /** Kubernetes minor that the control plane shall have; absent for a cluster in another stack. */
  readonly TargetVersion?: string;
  /** Whether a rollback of the stack asks EKS for the version before: of clusters of the older `aws-eks`. */
  readonly TakesVersionBack?: 'true';
  /** Of what else the custom resource of such a cluster updates, a digest by kind: it does one kind in a deployment. */
  readonly ConfigDigests?: Readonly<Record<string, string>>;
  /** Kubernetes minor that the app takes the control plane to have; absent where the app moves it. */
  readonly DeclaredVersion?: string;
  /** What EKS shall do at the end of standard support; absent where nothing is said of it. */
  readonly SupportType?: 'STANDARD' | 'EXTENDED';
  /** The certificate authority that shall sign; absent where nothing is said of it. */
  readonly ActiveCertificateAuthorityId?: string;
  readonly Mode: 'enforce' | 'warn';
  /** IDs of accepted findings. */
  readonly Ignore: string[];
  readonly MaxInsightAgeMinutes: string;
  readonly WaitForOngoingUpdateSeconds: string;
  readonly AddOns?: GuardedAddOn[];
  readonly NodeGroups?: GuardedNodeGroup[];
  /** Absent where anything may move at any time. */
  readonly Schedule?: GuardedSchedule;
}

/** An add-on whose version the handler resolves. */
export interface TrackedAddOn {
  readonly Name: string;
  readonly Policy: 'recommended' | 'latest' | 'keep-while-compatible';
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

/** Properties of a `Custom::EksBake`. */
export interface BakeProperties {
  readonly Subject: BakedSubject;
  readonly DurationSeconds: string;
  /** Names of the alarms that must not fire meanwhile. */
  readonly Alarms: string[];
  /** The state machine that bakes and answers. */
  readonly StateMachineArn: string;
}
