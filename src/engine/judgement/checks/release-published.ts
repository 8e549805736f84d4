import { wantedRelease } from '../../change/catalog-needs';
import { Change } from '../../change/change';
import { Check, Observation } from '../check';

/**
 * AWS publishes the AMI releases to which node groups are to move, and with which new ones begin, in their Region.
 *
 * A release that was never published, has been withdrawn, or has not arrived in the Region yet, is refused by EKS only after the
 * control plane has moved: a day off, a wrong patch version, another build of Bottlerocket. Of Windows, and perhaps in GovCloud
 * and China, AWS names the latest release only, so that an older one is a warning. Where AWS may not be asked, one information says so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://github.com/awslabs/amazon-eks-ami/issues/2673
 */
export const releasePublished: Check = {
  id: 'release-published',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html',

  * examine(change) {
    for (const name of Object.keys(change.intent.nodeGroups ?? {})) {
      const objection = objectionTo(name, change);
      if (objection) yield { about: { kind: 'node group', name }, ...objection };
    }
  },
};

function objectionTo(name: string, change: Change): Omit<Observation, 'about'> | undefined {
  const wanted = wantedRelease(name, change.intent, change.state);
  if (!wanted) return undefined;
  const { amiType, kubernetesVersion, releaseVersion } = wanted;
  const answer = change.catalog.releases?.find((release) => release.amiType === amiType
    && release.releaseVersion === releaseVersion && release.kubernetesVersion === kubernetesVersion);
  if (!answer) return undefined;
  const what = `release ${releaseVersion} of ${amiType} for Kubernetes ${kubernetesVersion}`;
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
    ? {
      severity: 'warning',
      message: `whether AWS still publishes ${what} cannot be told: in this Region, it names no older releases of that type`,
      remedy,
    }
    : { message: `AWS does not publish ${what} in this Region, so EKS would refuse it`, remedy };
}
