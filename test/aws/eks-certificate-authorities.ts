/**
 * Certificate authorities in the EKS stand-in: one from the start, a successor that somebody or EKS itself adds, and its activation.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCertificateAuthority.html
 */
import type {
  ActivateCertificateAuthorityResponse, CertificateAuthority, CertificateAuthoritySummary, CreateCertificateAuthorityResponse,
  DeleteCertificateAuthorityResponse, DescribeCertificateAuthorityResponse, ListCertificateAuthoritiesResponse,
} from '@aws-sdk/client-eks';
import { AwsError, type Input } from './aws-service';
import { found, type ClusterRecord, type EksRegion } from './eks-region';
import { startUpdate } from './eks-updates';
import { pageOf } from './pages';

const DAY = 86_400_000;
const LIFE = 3650 * DAY;

/** EKS has two at most of a cluster. */
const MOST = 2;

export function certificateAuthorityActions(region: EksRegion) {
  return {
    ListCertificateAuthorities: (input: Input): ListCertificateAuthoritiesResponse => {
      const all = authoritiesOf(region.cluster(input.clusterName)).map(summaryOf);
      const { items, nextToken } = pageOf(all, input, region.largestPage, 'InvalidParameterException');
      return { certificateAuthorities: [...items], nextToken };
    },

    DescribeCertificateAuthority: ({ clusterName, certificateAuthorityId }: Input): DescribeCertificateAuthorityResponse =>
      ({ certificateAuthority: find(region.cluster(clusterName), certificateAuthorityId) }),

    CreateCertificateAuthority: ({ clusterName }: Input): CreateCertificateAuthorityResponse =>
      ({ certificateAuthority: summaryOf(create(region, region.cluster(clusterName))) }),

    ActivateCertificateAuthority: ({ clusterName, certificateAuthorityId }: Input): ActivateCertificateAuthorityResponse =>
      ({ certificateAuthority: summaryOf(activate(region, region.cluster(clusterName), certificateAuthorityId)) }),

    DeleteCertificateAuthority: ({ clusterName, certificateAuthorityId }: Input): DeleteCertificateAuthorityResponse =>
      ({ certificateAuthority: summaryOf(remove(region.cluster(clusterName), certificateAuthorityId)) }),
  };
}

/** Those of a cluster; every cluster has the one that it was created with. */
export function authoritiesOf(cluster: ClusterRecord): CertificateAuthority[] {
  cluster.certificateAuthorities ??= [{
    ...madeAt(cluster.createdAt, `ca-${cluster.name}-1`),
    createdBy: 'EKS',
    activatedAt: cluster.createdAt,
    activatedBy: 'EKS',
    signingStatus: 'IN_USE',
    distributionStatus: 'COMPLETE',
  }];
  return cluster.certificateAuthorities;
}

function madeAt(createdAt: Date, id: string): CertificateAuthority {
  const notAfter = new Date(createdAt.getTime() + LIFE);
  return {
    id,
    createdAt,
    validity: { notBefore: createdAt, notAfter },
    data: 'RVhBTVBMRQ==',
    rollbackAvailable: false,
  };
}

/** EKS activates a successor before the authority that signs expires. */
function create(region: EksRegion, cluster: ClusterRecord): CertificateAuthority {
  const all = authoritiesOf(cluster);
  if (all.length >= MOST) {
    throw new AwsError(
      'ResourceLimitExceededException', `Cluster ${cluster.name} has ${MOST} certificate authorities already`, 400,
      { clusterName: cluster.name },
    );
  }
  const signing = all.find(({ signingStatus }) => signingStatus === 'IN_USE')!;
  const ends = signing.validity!.notAfter!.getTime();
  const successor: CertificateAuthority = {
    ...madeAt(region.clock.now(), `ca-${cluster.name}-${Number(signing.id!.split('-').at(-1)) + 1}`),
    createdBy: 'CUSTOMER',
    signingStatus: 'NOT_USED',
    distributionStatus: 'IN_PROGRESS',
    scheduledEvents: { firstAutoActivation: new Date(ends - 182 * DAY), finalAutoActivation: new Date(ends - 45 * DAY) },
  };
  all.push(successor);
  region.clock.after(region.durations.cluster, () => { successor.distributionStatus = 'COMPLETE'; });
  return successor;
}

function activate(region: EksRegion, cluster: ClusterRecord, id: string): CertificateAuthority {
  const authority = find(cluster, id);
  const refuse = (message: string) => { throw new AwsError('InvalidRequestException', message, 400, { clusterName: cluster.name }); };
  if (authority.signingStatus !== 'NOT_USED') refuse(`Certificate authority ${id} is ${authority.signingStatus}`);
  if (authority.distributionStatus !== 'COMPLETE') {
    refuse(`The distribution of certificate authority ${id} is ${authority.distributionStatus}`);
  }
  const outgoing = authoritiesOf(cluster).find(({ signingStatus }) => signingStatus === 'IN_USE')!;
  authority.signingStatus = 'ACTIVATING';
  startUpdate(region, cluster, {
    type: 'CertificateAuthorityUpdate',
    params: { CertificateAuthorityId: id },
    durationMillis: region.durations.cluster,
    ended: (successful, at) => {
      authority.signingStatus = successful ? 'IN_USE' : 'NOT_USED';
      if (!successful) return;
      Object.assign(authority, { activatedAt: at, activatedBy: 'CUSTOMER', rollbackAvailable: true, scheduledEvents: undefined });
      outgoing.signingStatus = 'NOT_USED';
    },
  });
  return authority;
}

function remove(cluster: ClusterRecord, id: string): CertificateAuthority {
  const authority = find(cluster, id);
  if (authority.signingStatus !== 'NOT_USED') {
    throw new AwsError(
      'InvalidRequestException', `Certificate authority ${id} is ${authority.signingStatus}`, 400, { clusterName: cluster.name },
    );
  }
  cluster.certificateAuthorities = authoritiesOf(cluster).filter((other) => other !== authority);
  return { ...authority, distributionStatus: 'DELETING' };
}

function find(cluster: ClusterRecord, id: string): CertificateAuthority {
  return found(
    authoritiesOf(cluster).find((authority) => authority.id === id), `No certificate authority found for ID: ${id}`,
    { clusterName: cluster.name },
  );
}

function summaryOf(
  { id, createdAt, createdBy, activatedAt, activatedBy, signingStatus, distributionStatus }: CertificateAuthority,
): CertificateAuthoritySummary {
  return { id, createdAt, createdBy, activatedAt, activatedBy, signingStatus, distributionStatus };
}
