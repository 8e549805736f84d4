import { AddOnDeclaration, BakeDeclaration, ClusterDeclaration, NodeGroupDeclaration } from './cluster-declaration';
import { TrackedChoice } from '../state/add-on-policy';

/*
 * What constructs write into the metadata of the cloud assembly, for tools that look at an app from outside and for the preview:
 * what is declared.
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
export type ClusterMetadata = Pick<
  ClusterDeclaration, 'logicalId' | 'ignoresContext' | 'clusterName' | 'version' | 'supportType' | 'upgradePath' | 'guard'
>;

/** To which cluster something belongs. */
export interface OfCluster {
  /** Construct path of the cluster. */
  readonly cluster: string;
  /** Logical ID of the resource in its own stack. */
  readonly logicalId: string;
}

/** What tools read of a tracked release, which belongs to a node group or to none. */
export interface TrackedReleaseMetadata extends
  Pick<NodeGroupDeclaration, 'tracking' | 'amiType' | 'kubernetesVersion' | 'parameterName' | 'contextKey'>,
  Required<Pick<NodeGroupDeclaration, 'releaseVersion'>> {}

/** What tools read of a tracked node group. */
export interface NodeGroupMetadata
  extends OfCluster, TrackedReleaseMetadata, Pick<NodeGroupDeclaration, 'name' | 'versionOffPath' | 'upgradeAfter'> {
  /** Name of the cluster in EKS: all that is known of an imported one. */
  readonly clusterName: string;
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
export interface AddOnMetadata
  extends OfCluster, Pick<AddOnDeclaration, 'name' | 'policy' | 'neededByNodes' | 'movesWithoutNodes' | 'version'> {
  /** Of a tracked add-on. */
  readonly tracked?: TrackedAddOnMetadata;
}

/** What tools read of a tracked version. */
export interface TrackedAddOnMetadata {
  /** Key of the version in `cdk.context.json`: what `cdk context --reset` takes. */
  readonly contextKey: string;
  readonly choice: TrackedChoice;
  /** Kubernetes minor of the control plane. */
  readonly kubernetesVersion: string;
  /** The name of the cluster in the key: its name, or its construct path. */
  readonly cluster: string;
  /** Where the add-on is to be looked at: the name of its cluster, or the stack and the logical ID of it. */
  readonly live: { readonly clusterName?: string; readonly stackName?: string; readonly logicalId?: string };
}

/** What tools read of a bake; how long is absent where only the deployment knows it. */
export interface BakeMetadata extends OfCluster, Pick<BakeDeclaration, 'bakes' | 'seconds' | 'alarms' | 'onCreation'> {}
