import {
  CertificateAuthority as Described, DescribeCertificateAuthorityCommand, DescribeNodegroupCommand, DescribeUpdateCommand, EKSClient,
  paginateListCertificateAuthorities, paginateListNodegroups, paginateListUpdates,
} from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { CertificateAuthorities, CertificateAuthority } from '../engine/state/certificate-authorities';
import { known } from '../engine/state/known';

/**
 * The certificate authorities of a cluster; where there are two, also since when the nodes of its groups run.
 *
 * @throws AwsCallError
 */
export async function readCertificateAuthorities(eks: EKSClient, clusterName: string): Promise<CertificateAuthorities> {
  const listed = await allPages(
    paginateListCertificateAuthorities({ client: eks }, { clusterName }), (page) => page.certificateAuthorities,
  );
  const authorities = await askForEach(listed, async ({ id }) =>
    stateOf((await eks.send(new DescribeCertificateAuthorityCommand({ clusterName, certificateAuthorityId: id! }))).certificateAuthority!));
  const nodesSince = authorities.length < 2 ? known({}) : await attempt(async () => readNodesSince(eks, clusterName));
  return { authorities, nodesSince };
}

function stateOf({ id, createdAt, signingStatus, distributionStatus, validity, scheduledEvents }: Described): CertificateAuthority {
  return {
    id: id!,
    createdAt: createdAt!.toISOString(),
    signing: signingStatus!,
    distribution: distributionStatus!,
    notAfter: validity?.notAfter?.toISOString(),
    firstAutoActivation: scheduledEvents?.firstAutoActivation?.toISOString(),
    finalAutoActivation: scheduledEvents?.finalAutoActivation?.toISOString(),
  };
}

async function readNodesSince(eks: EKSClient, clusterName: string): Promise<Record<string, string>> {
  const names = await allPages(paginateListNodegroups({ client: eks }, { clusterName }), ({ nodegroups }) => nodegroups);
  return Object.fromEntries(await askForEach(names, async (nodegroupName) => {
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
    const rolls = await readRolls(eks, clusterName, nodegroupName);
    return [nodegroupName, new Date(Math.max(nodegroup!.createdAt?.getTime() ?? 0, ...rolls)).toISOString()] as const;
  }));
}

/** When the rolls of a node group began that succeeded: those for a version, a release or a launch template are one kind of update. */
async function readRolls(eks: EKSClient, name: string, nodegroupName: string): Promise<number[]> {
  const ids = await allPages(paginateListUpdates({ client: eks }, { name, nodegroupName }), ({ updateIds }) => updateIds);
  const updates = await askForEach(
    ids, async (updateId) => (await eks.send(new DescribeUpdateCommand({ name, nodegroupName, updateId }))).update!,
  );
  return updates.filter(({ type, status }) => type === 'VersionUpdate' && status === 'Successful').map(
    ({ createdAt }) => createdAt!.getTime(),
  );
}
