import { ClusterDeclaration, NodeGroupDeclaration } from './cluster-declaration';

/** What an app declares of a tracked AMI release that no node group of EKS runs: of nodes that Karpenter or somebody else starts. */
export interface ReleaseDeclaration extends
  Pick<ClusterDeclaration, 'account' | 'region'>,
  Pick<
    NodeGroupDeclaration,
    'path' | 'stackName' | 'amiType' | 'kubernetesVersion' | 'releaseVersion' | 'tracking' | 'parameterName' | 'contextKey'
  > {}
