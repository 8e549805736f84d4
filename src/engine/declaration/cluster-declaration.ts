import { AddOnPolicy, AddOnVersionPolicy, TrackedChoice } from '../state/add-on-policy';
import { AppObjects } from '../state/app-objects';
import { SupportType } from '../state/cluster-state';
import { WeeklyWindow } from '../state/schedule';

/**
 * What an app declares of a cluster, wherever its parts are: control plane, node groups and add-ons.
 *
 * Plain data that survives JSON. What only the deployment knows is absent.
 */
export interface ClusterDeclaration {
  /** Construct path of the cluster; of an imported one, the path of its construct. */
  readonly path: string;
  /** Account of the stack; absent where the credentials of the deployment decide. */
  readonly account?: string;
  /** Region of the stack; absent where the configuration of the deployment decides. */
  readonly region?: string;
  /** The stack that holds the cluster; of an imported cluster, the stack of its construct; empty for a cluster that is in no app. */
  readonly stackName: string;
  /** Absent when CloudFormation makes it up, or when only the deployment knows the name of an imported cluster. */
  readonly clusterName?: string;
  /** Logical ID of the cluster in its stack; absent for an imported cluster, whose control plane somebody else moves. */
  readonly logicalId?: string;
  /**
   * Whether what the context says of versions leaves it alone: that of a construct that is no `UpgradableCluster`. Older assemblies
   * say it of none.
   */
  readonly ignoresContext?: true;
  /**
   * The Kubernetes minor wanted of the control plane; of an imported cluster, the one that the app takes it to have, absent
   * where it says nothing of it.
   */
  readonly version?: string;
  /** Absent when the app leaves it as it is. */
  readonly supportType?: SupportType;
  readonly guard: GuardDeclaration;
  readonly nodeGroups: readonly NodeGroupDeclaration[];
  readonly addOns: readonly AddOnDeclaration[];
  readonly bakes: readonly BakeDeclaration[];
  /** What the app itself puts into the cluster; absent where that says nothing about Kubernetes versions. */
  readonly objects?: AppObjects;
  /** Absent where the app gives it none. */
  readonly upgradePath?: UpgradePathDeclaration;
}

/** Whether the context can move the control plane: by a rollback, or by the step of an upgrade path. */
export function obeysContext({ logicalId, ignoresContext }: ClusterDeclaration): boolean {
  return logicalId !== undefined && !ignoresContext;
}

/** Where a cluster is on an upgrade path. */
export interface UpgradePathDeclaration {
  /** Seen from the folder of the app. */
  readonly file: string;
  /** The version that the app itself names. */
  readonly appVersion: string;
  /** The version that the app itself names for the nodes; absent where they follow the control plane. */
  readonly nodeVersion?: string;
  /** The step that the context pins; absent where the app's own version counts. */
  readonly step?: number;
}

/** What a guard does with what it finds. */
export type GuardMode = 'enforce' | 'warn' | 'disabled';

/** How old the insights that speak for a change may be unless the app says otherwise. */
export const MAX_INSIGHT_AGE_MINUTES = 60;

/** How strict the guard of a cluster is. */
export interface GuardDeclaration {
  readonly mode: GuardMode;
  /** IDs of accepted findings. */
  readonly ignore: readonly string[];
  readonly maxInsightAgeMinutes: number;
  /** Whether it looks into the cluster, too. */
  readonly workloads?: boolean;
  /** The maintenance windows; absent where anything may move at any time, or where only the deployment knows them. */
  readonly windows?: readonly WeeklyWindow[];
  /** Name or ARN of the change calendar. */
  readonly calendar?: string;
  /** Names of the alarms during which nothing may move, as far as they are known. */
  readonly alarms?: readonly string[];
}

/** How the release or the image of a node group is chosen; the public `AmiTrackingMode` is those of releases. */
export type TrackingMode =
  | 'recommended' | 'pinned' | 'recommended-at-deployment' | 'from-parameter' | 'golden-image' | 'pinned-golden-image';

/** What an app declares of a tracked node group. */
export interface NodeGroupDeclaration {
  readonly path: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Absent when EKS makes it up. */
  readonly name?: string;
  /** AMI type in the EKS API; `CUSTOM` of a golden image. */
  readonly amiType?: string;
  /** Kubernetes minor of the nodes; absent where only the golden image itself knows it. */
  readonly kubernetesVersion?: string;
  /** The minor that the app itself names for this node group, where the step of an upgrade path overrides it. */
  readonly versionOffPath?: string;
  /** Release version of the nodes; of a golden image its ID, as EKS has it. */
  readonly releaseVersion?: string;
  readonly tracking: TrackingMode;
  /** SSM parameter that publishes releases for the group. */
  readonly parameterName?: string;
  /** Key of the looked-up release in `cdk.context.json`: what `cdk context --reset` takes. */
  readonly contextKey?: string;
  /** Construct paths of the node groups that are updated before this one, and of their bakes. */
  readonly upgradeAfter?: readonly string[];
}

/** What an app declares of an add-on. */
export interface AddOnDeclaration {
  readonly path: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Such as `vpc-cni`. */
  readonly name: string;
  readonly policy: AddOnPolicy;
  /** Whether nodes need it, where that does not follow from its name. */
  readonly neededByNodes?: boolean;
  /** Whether it moves while nodes are held: kube-proxy whose version the app chooses itself. */
  readonly movesWithoutNodes?: boolean;
  /** Of a pinned or tracked add-on. */
  readonly version?: string;
  /** Of a tracked add-on. */
  readonly choice?: TrackedChoice;
}

/** How the app chooses the version of an add-on for a minor; undefined where it names one. */
export function policyOf({ policy, choice }: Pick<Partial<AddOnDeclaration>, 'policy' | 'choice'>): AddOnVersionPolicy | undefined {
  switch (policy) {
    case 'pinned': return undefined;
    case 'tracked': return choice;
    default: return policy;
  }
}

/** What is baked by a bake of no node group; it is no construct path. */
export const CONTROL_PLANE = 'control plane';

/** What an app declares of a while in which something that has moved is watched. */
export interface BakeDeclaration {
  readonly path: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** {@link CONTROL_PLANE}, or the construct path of the node group. */
  readonly bakes: string;
  /** How long. */
  readonly seconds?: number;
  /** Construct paths of the alarms. */
  readonly alarms: readonly string[];
  /** Whether it also lasts in the deployment that creates it. @default false */
  readonly onCreation?: boolean;
}
