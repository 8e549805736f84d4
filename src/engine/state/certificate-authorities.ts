import { Known } from './known';

/** The certificate authorities of a cluster, and which nodes were started since when. */
export interface CertificateAuthorities {
  /** Two at most: EKS adds a successor to the one that signs, or leaves the one before beside it. */
  readonly authorities: readonly CertificateAuthority[];
  /**
   * By node group: when its nodes were last started anew, ISO 8601; its creation, or the begin of the last roll that succeeded.
   *
   * Empty while there is one authority only, which all nodes trust.
   */
  readonly nodesSince: Known<Readonly<Record<string, string>>>;
}

/** What signs the certificates of a cluster, or may do so. Times are ISO 8601. */
export interface CertificateAuthority {
  readonly id: string;
  readonly createdAt: string;
  /** `IN_USE`, `ACTIVATING` or `NOT_USED`. */
  readonly signing: string;
  /** `COMPLETE` once control plane, Auto Mode and Fargate trust it; of managed node groups it says nothing. */
  readonly distribution: string;
  /** When its certificate expires. */
  readonly notAfter?: string;
  /** From when on EKS may activate it by itself. */
  readonly firstAutoActivation?: string;
  /** When EKS activates it at the latest. */
  readonly finalAutoActivation?: string;
}

/** The authority that signs. */
export function signingAuthority({ authorities }: CertificateAuthorities): CertificateAuthority | undefined {
  return authorities.find(({ signing }) => signing === 'IN_USE') ?? authorities.find(({ signing }) => signing === 'ACTIVATING');
}

/** The authority that comes next: younger than the one that signs. The one before, which EKS keeps for a while, is none. */
export function successorOf(all: CertificateAuthorities): CertificateAuthority | undefined {
  const signing = signingAuthority(all);
  return all.authorities.find(
    ({ id, createdAt }) => id !== signing?.id && Date.parse(createdAt) > Date.parse(signing?.createdAt ?? createdAt),
  );
}

/**
 * The node groups whose nodes were started before an authority existed, and so may not trust it. EKS does not tell when it had
 * been distributed.
 */
export function groupsOlderThan({ createdAt }: CertificateAuthority, nodesSince: Readonly<Record<string, string>>): string[] {
  return Object.entries(nodesSince).filter(([, since]) => Date.parse(since) < Date.parse(createdAt)).map(([name]) => name).sort();
}
