import { movesNodeGroup, nodeGroupsOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { hasCustomAmi, NodeGroupState } from '../../state/node-group-state';
import { amiOfferOf, RegionCatalog } from '../../state/region-catalog';
import { Check, Observation } from '../check';

/**
 * EKS publishes the AMI types of the node groups for the Kubernetes version that they are to run.
 *
 * Amazon Linux 2 ended with 1.32, for one. A node group that stays behind for now is a warning: within the kubelet skew it works,
 * but it cannot follow the control plane any more. AMI types cannot be changed in place.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html
 */
export const amiPublished: Check = {
  id: 'ami-published',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html',

  * examine(change) {
    const { isAboutVersion, direction, target } = change;
    for (const group of nodeGroupsOf(change)) {
      const moves = movesNodeGroup(change, group);
      const isToFollow = isAboutVersion && direction !== 'down' && !wantedOfNodeGroup(change, group.name).removed;
      if (hasCustomAmi(group) || !moves && !isToFollow) continue;
      const version = moves && versionAfter(change, group) || target.toString();
      const objection = objectionTo(group, change.catalog, version, moves);
      if (objection) yield { about: { kind: 'node group', name: group.name }, severity: moves ? 'error' : 'warning', ...objection };
    }
  },
};

function objectionTo(
  { amiType }: NodeGroupState, catalog: RegionCatalog, version: string, moves: boolean,
): Pick<Observation, 'message' | 'remedy' | 'unknown'> | undefined {
  const offer = amiOfferOf(catalog, amiType, version);
  if (!offer.known) {
    return {
      message: `whether EKS publishes ${amiType} AMIs for Kubernetes ${version} is not known: ${offer.why}`,
      remedy: 'see to it that it can be read, and try again',
      unknown: true,
    };
  }
  return offer.value.published ? undefined : {
    message: `EKS publishes no ${amiType} AMI for Kubernetes ${version}, `
      + (moves ? 'which the node group is to run' : 'so the node group cannot follow the control plane'),
    remedy: 'replace it by a node group with another AMI type, such as the Amazon Linux 2023 one for the same hardware',
  };
}
