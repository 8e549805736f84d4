import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { groupsOlderThan, signingAuthority, successorOf } from '../../engine/state/certificate-authorities';

/** The certificate authority that signs, and the one that EKS activates after it. Times are ISO 8601. */
export interface CertificateStatus {
  /** When the certificate of the one that signs expires; absent where EKS does not tell. */
  readonly notAfter?: string;
  readonly successor?: SuccessorStatus;
}

/** The authority that comes next. */
export interface SuccessorStatus {
  readonly id: string;
  /** `COMPLETE` once control plane, Auto Mode and Fargate trust it. */
  readonly distribution: string;
  readonly firstAutoActivation?: string;
  readonly finalAutoActivation?: string;
  /** The node groups whose nodes are older than it; absent where that is not known. */
  readonly olderNodeGroups?: readonly string[];
}

/** Undefined where the authorities could not be read, which the gaps or findings say where it matters. */
export function certificateStatus({ state: { certificateAuthorities } }: WantedCluster): CertificateStatus | undefined {
  if (!certificateAuthorities?.known) return undefined;
  const all = certificateAuthorities.value;
  const successor = successorOf(all);
  return {
    notAfter: signingAuthority(all)?.notAfter,
    ...successor && {
      successor: {
        id: successor.id,
        distribution: successor.distribution,
        firstAutoActivation: successor.firstAutoActivation,
        finalAutoActivation: successor.finalAutoActivation,
        olderNodeGroups: all.nodesSince.known ? groupsOlderThan(successor, all.nodesSince.value) : undefined,
      },
    },
  };
}

/** What a person has to know of it, while there is a successor; undefined while there is none. */
export function describeCertificates({ notAfter, successor }: CertificateStatus): string | undefined {
  if (!successor) return undefined;
  const { id, distribution, firstAutoActivation, finalAutoActivation, olderNodeGroups } = successor;
  return [
    `certificate authority${notAfter === undefined ? '' : ` expires on ${dayOf(notAfter)}`}`,
    `its successor ${id} is ${distribution === 'COMPLETE' ? 'distributed' : `not distributed yet (${distribution})`}`
      + (
        firstAutoActivation && finalAutoActivation ? `, and EKS activates it between ${dayOf(firstAutoActivation)} and `
          + `${dayOf(finalAutoActivation)}` : ''
      ),
    olderNodeGroups === undefined ? 'which nodes are older is not known'
      : olderNodeGroups.length === 0 ? 'all nodes are younger' : `nodes older than it: ${olderNodeGroups.join(', ')}`,
  ].join('; ');
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
