import { Change } from '../../change/change';
import { DAY_MILLIS } from '../../kubernetes/millis';
import { messages, Said } from '../../messages/message';
import { CertificateAuthorities, groupsOlderThan, signingAuthority, successorOf } from '../../state/certificate-authorities';
import { aboutCluster, Check, Observation, unread, unreadable } from '../check';

const SUCCESSOR = 'the certificate authority expires on {expires}; EKS activates its successor {successor} '
  + '(distribution {distribution}) automatically, from {first} on and by {final} at the latest;';
const EXCHANGE_NODES = 'replace the nodes of managed node groups before that, with rollout or a new release; '
  + 'nodes of Karpenter 1.12 and later drift automatically';

const says = messages({
  unread: unread('the certificate authorities'),
  nodesUnread: unread('the start times of the nodes'),
  unknownAuthority: {
    text: 'the app activates certificate authority {wanted}, which the cluster does not have',
    remedy: 'set activeCertificateAuthorityId to one of {ids}',
  },
  notDistributed: {
    text: 'the app activates certificate authority {wanted}, whose distribution is {distribution}',
    remedy: 'activate it when its distribution is COMPLETE',
  },
  activatedTooEarly: {
    text: 'the app activates certificate authority {wanted}, but the nodes of {behind} are older and may not trust it',
    remedy: 'replace these nodes first, with rollout or a new release, and activate it in a later deployment',
  },
  expires: {
    text: 'the certificate authority of the cluster expires on {expires}',
    remedy: 'nothing yet: EKS will add a successor, and the nodes must be replaced then',
  },
  nodesReady: {
    text: [SUCCESSOR, 'the nodes of all node groups are newer than the successor'],
    remedy: "activate it at any time with activeCertificateAuthorityId: '{successor}'",
  },
  nodesBehind: { text: [SUCCESSOR, 'the nodes of {behind} are older than the successor and may not trust it'], remedy: EXCHANGE_NODES },
  nodesUnknown: { text: [SUCCESSOR, 'the start times of the nodes could not be read'], remedy: EXCHANGE_NODES },
});

/**
 * The nodes of all node groups were started after the successor of the certificate authority existed, before that signs.
 *
 * EKS adds the successor, and activates it by itself between six months and 45 days before the old one expires; it hands it to
 * the control plane, to Auto Mode and Fargate, but managed nodes have it only once they were exchanged. Where the app activates
 * it before, that is an error.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ActivateCertificateAuthority.html
 * @see https://github.com/aws/containers-roadmap/issues/2638
 */
export const certificateAuthority: Check = {
  id: 'certificate-authority',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ActivateCertificateAuthority.html',
  messages: says,

  * examine(change) {
    const { state: { certificateAuthorities: all }, intent: { activeCertificateAuthorityId: wanted } } = change;
    if (!all?.known) {
      // the permission is optional, and some partitions have none
      if (wanted !== undefined && all) yield { ...unreadable(change, says.unread({ why: all.why })), severity: 'error' };
      return;
    }
    if (wanted !== undefined && wanted !== signingAuthority(all.value)?.id) yield* examineActivation(change, all.value, wanted);
    else yield* examineSuccessor(change, all.value);
  },
};

function* examineActivation(change: Change, all: CertificateAuthorities, wanted: string): Iterable<Observation> {
  const error = (said: Said): Observation => ({ about: aboutCluster(change), severity: 'error', ...said });
  const authority = all.authorities.find(({ id }) => id === wanted);
  if (!authority) {
    yield error(says.unknownAuthority({ wanted, ids: all.authorities.map(({ id }) => id) }));
    return;
  }
  if (authority.distribution !== 'COMPLETE') {
    yield error(says.notDistributed({ wanted, distribution: authority.distribution }));
  }
  if (!all.nodesSince.known) {
    yield { ...unreadable(change, says.nodesUnread({ why: all.nodesSince.why })), severity: 'error' };
    return;
  }
  const behind = groupsOlderThan(authority, all.nodesSince.value);
  if (behind.length > 0) {
    yield error(says.activatedTooEarly({ wanted, behind }));
  }
}

/** A successor wants the nodes exchanged; without one, there is only a date to know. */
function* examineSuccessor(change: Change, all: CertificateAuthorities): Iterable<Observation> {
  const [signing, successor] = [signingAuthority(all), successorOf(all)];
  if (!successor) {
    if (isNear(change, signing?.notAfter)) {
      yield {
        about: aboutCluster(change),
        severity: 'info',
        ...says.expires({ expires: dayOf(signing?.notAfter) }),
      };
    }
    return;
  }
  const behind = all.nodesSince.known ? groupsOlderThan(successor, all.nodesSince.value) : undefined;
  const values = {
    expires: dayOf(signing?.notAfter),
    successor: successor.id,
    distribution: successor.distribution,
    first: dayOf(successor.firstAutoActivation),
    final: dayOf(successor.finalAutoActivation),
  };
  if (behind?.length === 0) yield { about: aboutCluster(change), severity: 'info', ...says.nodesReady(values) };
  else yield { about: aboutCluster(change), ...behind ? says.nodesBehind({ ...values, behind }) : says.nodesUnknown(values) };
}

function dayOf(time: string | undefined): string {
  return time?.slice(0, 10) ?? 'a day that EKS does not tell';
}

const YEAR_MILLIS = 365 * DAY_MILLIS;

function isNear({ state: { observedAt } }: Change, time: string | undefined): boolean {
  return time !== undefined && Date.parse(time) - Date.parse(observedAt) < YEAR_MILLIS;
}
