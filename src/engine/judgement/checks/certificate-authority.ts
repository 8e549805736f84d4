import { Change } from '../../change/change';
import {
  CertificateAuthorities, CertificateAuthority, groupsOlderThan, signingAuthority, successorOf,
} from '../../state/certificate-authorities';
import { aboutCluster, Check, Observation, unreadable } from '../check';

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

  * examine(change) {
    const { state: { certificateAuthorities: all }, intent: { activeCertificateAuthorityId: wanted } } = change;
    if (!all?.known) {
      // the permission is optional, and some partitions have none
      if (wanted !== undefined && all) yield { ...unreadable(change, 'the certificate authorities', all.why), severity: 'error' };
      return;
    }
    if (wanted !== undefined && wanted !== signingAuthority(all.value)?.id) yield* examineActivation(change, all.value, wanted);
    else yield* examineSuccessor(change, all.value);
  },
};

function* examineActivation(change: Change, all: CertificateAuthorities, wanted: string): Iterable<Observation> {
  const error = (message: string, remedy: string): Observation => ({ about: aboutCluster(change), severity: 'error', message, remedy });
  const authority = all.authorities.find(({ id }) => id === wanted);
  if (!authority) {
    yield error(`the certificate authority ${wanted} is to be activated, which the cluster does not have`,
      `write one of ${all.authorities.map(({ id }) => id).join(', ')} into activeCertificateAuthorityId`);
    return;
  }
  if (authority.distribution !== 'COMPLETE') {
    yield error(
      `the certificate authority ${wanted} is to be activated, and its distribution is ${authority.distribution}`,
      'activate it when that is COMPLETE',
    );
  }
  if (!all.nodesSince.known) {
    yield { ...unreadable(change, 'since when the nodes run', all.nodesSince.why), severity: 'error' };
    return;
  }
  const behind = groupsOlderThan(authority, all.nodesSince.value);
  if (behind.length > 0) {
    yield error(`the certificate authority ${wanted} is to be activated, and the nodes of ${behind.join(', ')} are older than it: they may not trust it`,
      'exchange these nodes before, by rollout or by a new release, and activate it in a later deployment');
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
        message: `the certificate authority of the cluster expires on ${dayOf(signing?.notAfter)}`,
        remedy: 'nothing yet: EKS adds a successor, for which the nodes have to be exchanged',
      };
    }
    return;
  }
  const behind = all.nodesSince.known ? groupsOlderThan(successor, all.nodesSince.value) : undefined;
  const head = `the certificate authority expires on ${dayOf(signing?.notAfter)}; its successor ${successor.id} is distributed (${successor.distribution}), `
    + `and EKS activates it by itself ${describeActivation(successor)}`;
  yield behind?.length === 0 ? {
    about: aboutCluster(change),
    severity: 'info',
    message: `${head}; the nodes of all node groups are newer than it`,
    remedy: `activate it when you like, with activeCertificateAuthorityId: '${successor.id}'`,
  } : {
    about: aboutCluster(change),
    message: `${head}; ${behind ? `the nodes of ${behind.join(', ')} are older than it, and may not trust it` : 'since when the nodes run could not be read'}`,
    remedy: 'exchange the nodes of managed node groups before, by rollout or by a new release; those that Karpenter starts drift by themselves from 1.12 on',
  };
}

function describeActivation({ firstAutoActivation, finalAutoActivation }: CertificateAuthority): string {
  return `from ${dayOf(firstAutoActivation)} on, on ${dayOf(finalAutoActivation)} at the latest`;
}

function dayOf(time: string | undefined): string {
  return time?.slice(0, 10) ?? 'a day that EKS does not tell';
}

const YEAR_MILLIS = 365 * 86_400_000;

function isNear({ state: { observedAt } }: Change, time: string | undefined): boolean {
  return time !== undefined && Date.parse(time) - Date.parse(observedAt) < YEAR_MILLIS;
}
