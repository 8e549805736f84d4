import type { UpgradePathDeclaration } from './cluster-declaration';
import { WeeklyWindow } from '../state/schedule';

/*
 * What constructs write into the metadata of the cloud assembly, for tools that look at an app from outside and for the preview.
 * Values that are known only at deployment are unresolved there, which is why every reader has to expect them.
 */

/** Type of the metadata that every cluster writes. */
export const CLUSTER_METADATA_TYPE = 'cdk-eks-upgrades:cluster';

/** Type of the metadata that every tracked node group writes, and every tracked release without one. */
export const NODE_GROUP_METADATA_TYPE = 'cdk-eks-upgrades:node-group';

/** Type of the metadata that every managed add-on writes. */
export const ADD_ON_METADATA_TYPE = 'cdk-eks-upgrades:add-on';

/** Type of the metadata that every bake writes. */
export const BAKE_METADATA_TYPE = 'cdk-eks-upgrades:bake';

/** Type of the metadata in which a cluster writes what the app puts into it: {@link AppObjects}. */
export const OBJECTS_METADATA_TYPE = 'cdk-eks-upgrades:objects';

/** Type of the metadata of an image that is looked up by a parameter in whose name no release stands. */
export const LATEST_IMAGE_METADATA_TYPE = 'cdk-eks-upgrades:latest-image';

/** Those that tell of clusters. */
export const METADATA_TYPES: readonly string[] = [
  CLUSTER_METADATA_TYPE, NODE_GROUP_METADATA_TYPE, ADD_ON_METADATA_TYPE, BAKE_METADATA_TYPE, OBJECTS_METADATA_TYPE,
];

/** What tools read of a cluster. */
export interface ClusterMetadata {
  /** Logical ID of the cluster in its stack; absent for an imported cluster. */
  readonly logicalId?: string;
  readonly clusterName?: string;
  /** Kubernetes minor of the control plane; of an imported cluster, the one that the app takes it to have. */
  readonly version?: string;
  /** `STANDARD` or `EXTENDED`; absent when the app leaves it as it is. */
  readonly supportType?: string;
  /** Absent where the app gives it none. */
  readonly upgradePath?: UpgradePathDeclaration;
  readonly guard: {
    /** `enforce`, `warn` or `disabled`. */
    readonly mode: string;
    /** IDs of accepted findings. */
    readonly ignore: readonly string[];
    readonly maxInsightAgeMinutes: number;
    readonly workloads?: boolean;
    readonly windows?: readonly WeeklyWindow[];
    readonly calendar?: string;
    /** Names of alarms. */
    readonly alarms?: readonly string[];
  };
}

/** To which cluster something belongs. */
export interface OfCluster {
  /** Construct path of the cluster. */
  readonly cluster: string;
  /** Logical ID of the resource in its own stack. */
  readonly logicalId: string;
}

/** AMI type of node groups whose launch template names the image. */
export const CUSTOM_AMI_TYPE = 'CUSTOM';

/** How a golden image is chosen that is looked up. */
export const GOLDEN_IMAGE_TRACKING = 'golden-image';

/** How a golden image is chosen that the code names. */
export const PINNED_GOLDEN_IMAGE_TRACKING = 'pinned-golden-image';

/** What tools read of a tracked release, which belongs to a node group or to none. */
export interface TrackedReleaseMetadata {
  /** How the release is chosen: `recommended`, `pinned`, … */
  readonly tracking: string;
  /** AMI type in the EKS API; `CUSTOM` of a golden image. */
  readonly amiType?: string;
  /** Kubernetes minor of the nodes; absent where only the golden image itself knows it. */
  readonly kubernetesVersion?: string;
  /** Release version of the nodes; of a golden image its ID, as EKS has it. */
  readonly releaseVersion: string;
  /** SSM parameter that publishes releases for the group. */
  readonly parameterName?: string;
  /** Key of the looked-up release in `cdk.context.json`: what `cdk context --reset` takes. */
  readonly contextKey?: string;
}

/** What tools read of a tracked node group. */
export interface NodeGroupMetadata extends OfCluster, TrackedReleaseMetadata {
  /** Name of the cluster in EKS: all that is known of an imported one. */
  readonly clusterName: string;
  /** Name in EKS; absent when EKS makes it up. */
  readonly name?: string;
  /** Construct paths of what is deployed before the group. */
  readonly upgradeAfter?: readonly string[];
}

/** What tools read of an image that has to move with its release. */
export interface LatestImageMetadata {
  /** SSM parameter that publishes the image of the latest release. */
  readonly parameterName: string;
  /** Key of the image in `cdk.context.json`. */
  readonly contextKey: string;
  /** Key of the release in `cdk.context.json`. */
  readonly releaseContextKey: string;
}

/** What tools read of a managed add-on. */
export interface AddOnMetadata extends OfCluster {
  /** Name in EKS, such as `vpc-cni`. */
  readonly name: string;
  /** How the version is chosen: `recommended`, `latest`, `pinned`, … */
  readonly policy: string;
  /** Whether nodes need it, where that does not follow from its name. */
  readonly neededByNodes?: boolean;
  /** Whether it moves while nodes are held: kube-proxy whose version the app chooses itself. */
  readonly movesWithoutNodes?: boolean;
  /** Of a pinned or tracked add-on. */
  readonly version?: string;
  /** Of a tracked add-on. */
  readonly tracked?: TrackedAddOnMetadata;
}

/** What tools read of a tracked version. */
export interface TrackedAddOnMetadata {
  /** Key of the version in `cdk.context.json`: what `cdk context --reset` takes. */
  readonly contextKey: string;
  /** `recommended` or `latest`. */
  readonly choice: string;
  /** Kubernetes minor of the control plane. */
  readonly kubernetesVersion: string;
  /** The name of the cluster in the key: its name, or its construct path. */
  readonly cluster: string;
  /** Where the add-on is to be looked at: the name of its cluster, or the stack and the logical ID of it. */
  readonly live: { readonly clusterName?: string; readonly stackName?: string; readonly logicalId?: string };
}

/** What tools read of a bake. */
export interface BakeMetadata extends OfCluster {
  /** `control plane`, or the construct path of the node group. */
  readonly bakes: string;
  /** How long; absent where only the deployment knows it. */
  readonly seconds?: number;
  /** Construct paths of the alarms. */
  readonly alarms: readonly string[];
}
