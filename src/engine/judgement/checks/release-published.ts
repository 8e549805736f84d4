import { wantedRelease } from '../../change/catalog-needs';
import { Change } from '../../change/change';
import { messages } from '../../messages/message';
import { Check, Observation } from '../check';

const RELEASE = 'release {releaseVersion} of {amiType} for Kubernetes {kubernetesVersion}';
const CHOOSE = 'choose {near?#, or }another release that AWS publishes there';

const says = messages({
  unread: {
    text: ['could not check whether AWS publishes', `${RELEASE}: {why}`],
    remedy: 'grant ssm:GetParameter on the public parameters of AWS to have it checked',
  },
  cannotTell: {
    text: ['whether AWS still publishes', RELEASE, 'is unknown: in this Region, AWS lists no older releases of that type'],
    remedy: CHOOSE,
  },
  unpublished: { text: ['AWS does not publish', RELEASE, 'in this Region, so EKS would refuse it'], remedy: CHOOSE },
});

/**
 * AWS publishes the AMI releases to which node groups are to move, and with which new ones begin, in their Region.
 *
 * A release that was never published, has been withdrawn, or has not arrived in the Region yet, is refused by EKS only after the
 * control plane has moved: a day off, a wrong patch version, another build of Bottlerocket. Of Windows, and perhaps outside of the
 * commercial Regions (GovCloud, China, the European Sovereign Cloud), AWS names the latest release only, so that an older one is a
 * warning. Where AWS may not be asked, one information says so.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://github.com/awslabs/amazon-eks-ami/issues/2673
 */
export const releasePublished: Check = {
  id: 'release-published',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html',
  messages: says,

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
  const release = { releaseVersion, amiType, kubernetesVersion };
  if (!answer.standing.known) {
    return { severity: 'info', ...says.unread({ ...release, why: answer.standing.why }) };
  }
  const { published, near } = answer.standing.value;
  if (published) return undefined;
  const values = { ...release, near: near.join(' or ') };
  return published === undefined
    ? { severity: 'warning', ...says.cannotTell(values) }
    : says.unpublished(values);
}
