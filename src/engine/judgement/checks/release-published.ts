import { Change, nodeGroupsOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';

/**
 * AWS publishes the AMI releases to which node groups are to move, in their Region.
 *
 * A release that was never published, has been withdrawn, or has not arrived in the Region yet, is refused by EKS only after the control plane has
 * moved: a day off, a wrong patch version, another build of Bottlerocket. Of Windows, AWS names the latest release only, so that an older one is a
 * warning. Where AWS may not be asked, one information says so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://github.com/awslabs/amazon-eks-ami/issues/2673
 */
export const releasePublished: Check = {
  id: 'release-published',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html',

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      const objection = objectionTo(group, change);
      if (objection) yield { about: { kind: 'node group', name: group.name }, ...objection };
    }
  },
};

function objectionTo(group: NodeGroupState, change: Change): Omit<Observation, 'about'> | undefined {
  const { releaseVersion, removed } = wantedOfNodeGroup(change, group.name);
  if (removed || releaseVersion === undefined || releaseVersion === group.releaseVersion) return undefined;
  const kubernetesVersion = versionAfter(change, group);
  const answer = change.catalog.releases?.find((release) => release.amiType === group.amiType
    && release.releaseVersion === releaseVersion && release.kubernetesVersion === kubernetesVersion);
  if (!answer) return undefined;
  const what = `release ${releaseVersion} of ${group.amiType} for Kubernetes ${kubernetesVersion}`;
  if (!answer.standing.known) {
    return {
      severity: 'info',
      message: `whether AWS publishes ${what} was not looked at: ${answer.standing.why}`,
      remedy: 'allow ssm:GetParameter on the public parameters of AWS, to have it looked at',
    };
  }
  const { published, near } = answer.standing.value;
  if (published) return undefined;
  const remedy = near.length > 0 ? `choose ${near.join(' or ')}, or another release that AWS publishes there` : 'choose a release that AWS publishes there';
  return published === undefined
    ? { severity: 'warning', message: `whether AWS still publishes ${what} cannot be told: it names the latest release only`, remedy }
    : { message: `AWS does not publish ${what} in this Region, so EKS would refuse it`, remedy };
}
