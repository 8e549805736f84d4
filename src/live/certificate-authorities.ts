import {
  CertificateAuthority as Described, DescribeCertificateAuthorityCommand, EKSClient, paginateListCertificateAuthorities,
} from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { unlessMissing } from './aws-call-error';
import { listNodeGroups, readNodeGroup } from './node-groups';
import { readUpdates } from './updates';
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

/** A group that somebody deletes meanwhile is left out. */
async function readNodesSince(eks: EKSClient, clusterName: string): Promise<Record<string, string>> {
  const since = await askForEach(await listNodeGroups(eks, clusterName), async (name) => {
    const started = await unlessMissing(async () => readNodeGroupSince(eks, clusterName, name));
    return started === undefined ? [] : [[name, started] as const];
  });
  return Object.fromEntries(since.flat());
}

async function readNodeGroupSince(eks: EKSClient, clusterName: string, name: string): Promise<string | undefined> {
  const group = await readNodeGroup(eks, clusterName, name);
  return group && new Date(Math.max(group.createdAt?.getTime() ?? 0, ...await readRolls(eks, clusterName, name))).toISOString();
}

/** When the rolls of a node group began that succeeded: those for a version, a release or a launch template are one kind of update. */
async function readRolls(eks: EKSClient, clusterName: string, nodeGroup: string): Promise<number[]> {
  const updates = await readUpdates(eks, clusterName, nodeGroup);
  return updates.filter(({ type, status }) => type === 'VersionUpdate' && status === 'Successful').map(
    ({ createdAt }) => createdAt!.getTime(),
  );
}
