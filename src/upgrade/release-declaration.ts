import { CatalogNeeds } from './catalog-needs';
import { ClusterDeclaration, NodeGroupDeclaration } from './cluster-declaration';

/** What an app declares of a tracked AMI release that no node group of EKS runs: of nodes that Karpenter or somebody else starts. */
export interface ReleaseDeclaration extends
  Pick<ClusterDeclaration, 'account' | 'region'>,
  Pick<NodeGroupDeclaration, 'path' | 'stackName' | 'amiType' | 'kubernetesVersion' | 'releaseVersion' | 'tracking' | 'parameterName' | 'contextKey'> {}

/** What to ask of a Region's catalog about a release. */
export function catalogNeedsOfRelease({ amiType, kubernetesVersion }: ReleaseDeclaration): CatalogNeeds {
  const isKnown = amiType !== undefined && kubernetesVersion !== undefined;
  return { kubernetesVersions: isKnown ? [kubernetesVersion] : [], addOns: [], amiTypes: isKnown ? [amiType] : [] };
}
