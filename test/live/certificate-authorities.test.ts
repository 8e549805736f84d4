import {
  ActivateCertificateAuthorityCommand, CancelUpdateCommand, CreateCertificateAuthorityCommand, DeleteCertificateAuthorityCommand,
  UpdateClusterVersionCommand, UpdateNodegroupVersionCommand,
} from '@aws-sdk/client-eks';
import { successorOf } from '../../src/engine/state/certificate-authorities';
import { awsClients } from '../../src/live/aws-clients';
import { readCertificateAuthorities } from '../../src/live/certificate-authorities';
import type { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-11-18' });
  aws.eks.addCluster({ version: '1.35', nodegroups: [{ name: 'workers' }, { name: 'gpu' }] });
}, new Date('2026-11-22T12:00:00Z'));

const eks = () => awsClients({ maxAttempts: 1 }).eks;
const clusterName = 'prod';

test('a cluster has the authority that it was created with, and its nodes are of no interest', async () => {
  const { authorities, nodesSince } = await readCertificateAuthorities(eks(), clusterName);
  expect(authorities).toMatchObject([{ signing: 'IN_USE', distribution: 'COMPLETE', notAfter: expect.any(String) }]);
  expect(nodesSince).toEqual({ known: true, value: {} });
});

test('a successor is told with its dates, and since when nodes run', async () => {
  aws.clock.advance(3600_000);
  await eks().send(new CreateCertificateAuthorityCommand({ clusterName }));
  aws.eks.finishUpdates();
  await eks().send(new UpdateNodegroupVersionCommand({ clusterName, nodegroupName: 'workers' }));
  aws.eks.finishUpdates();
  const all = await readCertificateAuthorities(eks(), clusterName);
  const successor = successorOf(all)!;
  expect(successor).toMatchObject({
    signing: 'NOT_USED', distribution: 'COMPLETE', firstAutoActivation: expect.any(String), finalAutoActivation: expect.any(String),
  });
  const since = all.nodesSince.known ? all.nodesSince.value : {};
  expect(Date.parse(since.workers)).toBeGreaterThan(Date.parse(successor.createdAt));
  expect(Date.parse(since.gpu)).toBeLessThan(Date.parse(successor.createdAt));
});

test('a node group that is deleted meanwhile does not hide since when the others run', async () => {
  await eks().send(new CreateCertificateAuthorityCommand({ clusterName }));
  aws.admit = ({ action, input }) => {
    if (action === 'DescribeNodegroup' && input.nodegroupName === 'gpu') aws.eks.clusters.get(clusterName)!.nodegroups.delete('gpu');
    return true;
  };
  const { nodesSince } = await readCertificateAuthorities(eks(), clusterName);
  expect(nodesSince).toEqual({ known: true, value: { workers: expect.any(String) } });
});

describe('the local EKS', () => {
  test('has two at most, activates what is distributed, and deletes what does not sign', async () => {
    const create = async () => eks().send(new CreateCertificateAuthorityCommand({ clusterName }));
    const { certificateAuthority } = await create();
    const certificateAuthorityId = certificateAuthority!.id;
    await expect(create()).rejects.toThrow('has 2 certificate authorities already');
    await expect(
      eks().send(new ActivateCertificateAuthorityCommand({ clusterName, certificateAuthorityId })),
    ).rejects.toThrow('IN_PROGRESS');
    aws.eks.finishUpdates();
    await eks().send(new ActivateCertificateAuthorityCommand({ clusterName, certificateAuthorityId }));
    aws.eks.finishUpdates();
    const { authorities: [old, active] } = await readCertificateAuthorities(eks(), clusterName);
    expect([old.signing, active.signing]).toEqual(['NOT_USED', 'IN_USE']);
    await expect(eks().send(new DeleteCertificateAuthorityCommand({ clusterName, certificateAuthorityId }))).rejects.toThrow('is IN_USE');
    await eks().send(new DeleteCertificateAuthorityCommand({ clusterName, certificateAuthorityId: old.id }));
    expect((await readCertificateAuthorities(eks(), clusterName)).authorities).toHaveLength(1);
  });

  test('cancels the rollback of a version with Auto Mode only', async () => {
    const goBack = async (autoMode: boolean) => {
      aws.eks.addCluster({ version: '1.36', autoMode, lastUpgrade: { from: '1.35', completedAt: aws.clock.now() } });
      const { update } = await eks().send(new UpdateClusterVersionCommand({ name: clusterName, version: '1.35' }));
      return eks().send(new CancelUpdateCommand({ name: clusterName, updateId: update!.id }));
    };
    await expect(goBack(false)).rejects.toThrow('cannot be cancelled');
    expect(await goBack(true)).toMatchObject({ update: { status: 'Cancelled', type: 'VersionRollback' } });
    aws.eks.finishUpdates();
    expect(aws.eks.clusters.get(clusterName)).toMatchObject({ version: '1.36', status: 'ACTIVE' });
  });
});
