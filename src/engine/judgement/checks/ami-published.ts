import { EksAmiType } from '../../ami/eks-ami-type';
import { AmiFamily } from '../../ami/eks-ami-type-options';
import { Change, createsNodeGroup, movesNodeGroup, nodeGroupsOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { messages, Said } from '../../messages/message';
import { RETRY } from '../../messages/retry';
import { hasCustomAmi, runsWindows } from '../../state/node-group-state';
import { amiOfferOf, RegionCatalog } from '../../state/region-catalog';
import { Check, Observation } from '../check';

/** Of Amazon Linux 2 there is nothing to wait for. */
const AWAIT = '{isToCome?wait until EKS publishes it in this Region, or }';
const ANOTHER = 'another{isWindows? Windows} AMI type{isEnded?, such as the Amazon Linux 2023 one for the same hardware}';

const says = messages({
  unread: {
    text: 'could not find out whether EKS publishes {amiType} AMIs for Kubernetes {version}: {why}',
    remedy: RETRY,
  },
  unknownType: {
    text: 'could not find out whether EKS publishes {amiType} AMIs for Kubernetes {version}: the AMI type is newer than this version of '
      + 'cdk-eks-upgrades',
    remedy: 'update cdk-eks-upgrades; where its newest version does not know the AMI type either, make sure that AWS publishes it for '
      + "{version}, then add 'ami-published:{nodeGroup}:unknown' to ignore",
  },
  rolledWithout: {
    text: 'EKS publishes no {amiType} AMI for Kubernetes {version}, the version that the node group is to run',
    remedy: `${AWAIT}replace it with a node group with ${ANOTHER}`,
  },
  cannotFollow: {
    text: 'EKS publishes no {amiType} AMI for Kubernetes {version}, so the node group cannot follow the control plane',
    remedy: `${AWAIT}replace it with a node group with ${ANOTHER}`,
  },
  createdWithout: {
    text: 'EKS publishes no {amiType} AMI for Kubernetes {version}, the version of the new node group',
    remedy: `${AWAIT}choose ${ANOTHER} for it`,
  },
});

/**
 * EKS publishes the AMI types of the node groups for the Kubernetes version that they are to run.
 *
 * Amazon Linux 2 ended with 1.32, for one. A node group that stays behind for now is a warning: within the kubelet skew it works,
 * but it cannot follow the control plane any more. AMI types cannot be changed in place. Of a node group that is created, by
 * replacement too, the AMI type that it is to have counts; where that cannot be looked up, one information says so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html
 */
export const amiPublished: Check = {
  id: 'ami-published',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html',
  messages: says,

  * examine(change) {
    const { isAboutVersion, direction, target } = change;
    yield* examineNew(change);
    for (const group of nodeGroupsOf(change)) {
      if (createsNodeGroup(change, group.name)) continue;
      const moves = movesNodeGroup(change, group);
      const isToFollow = isAboutVersion && direction !== 'down' && !wantedOfNodeGroup(change, group.name).removed;
      if (hasCustomAmi(group) || !moves && !isToFollow) continue;
      const version = moves && versionAfter(change, group) || target;
      const say = moves ? says.rolledWithout : says.cannotFollow;
      const objection = objectionTo(group.name, group.amiType, change.catalog, version.toString(), say);
      if (objection) yield { about: { kind: 'node group', name: group.name }, severity: moves ? 'error' : 'warning', ...objection };
    }
  },
};

function* examineNew(change: Change): Iterable<Observation> {
  const { catalog, intent: { nodeGroups = {} }, target } = change;
  for (const [name, { amiType, version = target.toString() }] of Object.entries(nodeGroups)) {
    if (amiType === undefined || !createsNodeGroup(change, name) || !wasAsked(catalog, amiType, version)) continue;
    const objection = objectionTo(name, amiType, catalog, version, says.createdWithout);
    if (objection) yield { about: { kind: 'node group', name }, ...objection.unknown && { severity: 'info' }, ...objection };
  }
}

/** Nobody asks about an image of one's own. */
function wasAsked({ amiOffers }: RegionCatalog, amiType: string, version: string): boolean {
  const offers = amiOffers[amiType];
  return offers !== undefined && (!offers.known || offers.value.some(({ kubernetesVersion }) => kubernetesVersion === version));
}

function objectionTo(
  nodeGroup: string, amiType: string, catalog: RegionCatalog, version: string, say: typeof says.rolledWithout,
): Said & Pick<Observation, 'unknown'> | undefined {
  const offer = amiOfferOf(catalog, amiType, version);
  if (!offer.known) {
    const isOfLibrary = EksAmiType._find(amiType) !== undefined;
    const said = isOfLibrary ? says.unread({ amiType, version, why: offer.why }) : says.unknownType({ amiType, version, nodeGroup });
    return { ...said, unknown: true };
  }
  const isEnded = EksAmiType._find(amiType)?.family === AmiFamily.AMAZON_LINUX_2;
  return offer.value.published ? undefined : say({ amiType, version, isEnded, isToCome: !isEnded, isWindows: runsWindows({ amiType }) });
}
