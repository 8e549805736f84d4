import { AmiTrackingMode } from '../ami/ami-tracking';

/** Type of the metadata that every tracked node group writes into the cloud assembly. */
export const NODE_GROUP_METADATA_TYPE = 'cdk-eks-upgrades:node-group';

/**
 * What tools read of a tracked node group in the cloud assembly. Values that are known only at deployment are unresolved there.
 */
export interface NodeGroupMetadata {
  /** How the release is chosen. */
  readonly tracking: AmiTrackingMode;
  /** AMI type in the EKS API. */
  readonly amiType?: string;
  /** Kubernetes minor of the nodes. */
  readonly kubernetesVersion: string;
  /** Release version of the nodes. */
  readonly releaseVersion: string;
  /** SSM parameter that publishes releases for the group. */
  readonly parameterName?: string;
  /** Key of the looked-up release in `cdk.context.json`: what `cdk context --reset` takes. */
  readonly contextKey?: string;
}
