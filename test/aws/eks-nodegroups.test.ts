import {
  DescribeNodegroupCommand, DescribeUpdateCommand, EKSClient, ListUpdatesCommand,
  UpdateClusterVersionCommand, UpdateNodegroupVersionCommand,
  paginateListNodegroups,
} from '@aws-sdk/client-eks';
import { LocalAws } from './aws-server';

let aws: LocalAws;
let client: EKSClient;

beforeEach(async () => {
  aws = await LocalAws.start({ now: new Date('2026-11-01') });
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
  client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
  aws.eks.addCluster({
    version: '1.36',
    nodegroups: [
      { name: 'workers', version: '1.35' }, { name: 'arm', amiType: 'BOTTLEROCKET_ARM_64_NVIDIA_FIPS' }, { name: 'own', amiType: 'CUSTOM' },
    ],
  });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function nodegroup(nodegroupName: string) {
  return (await client.send(new DescribeNodegroupCommand({ clusterName: 'prod', nodegroupName }))).nodegroup!;
}

async function update(nodegroupName: string, options = {}) {
  return (await client.send(new UpdateNodegroupVersionCommand({ clusterName: 'prod', nodegroupName, ...options }))).update!;
}

test('node groups have the versions they were given, else those of their cluster', async () => {
  expect(await nodegroup('workers')).toMatchObject({
    version: '1.35', releaseVersion: '1.35.2-20260714', status: 'ACTIVE', health: { issues: [] },
  });
  expect(await nodegroup('arm')).toMatchObject({ version: '1.36', releaseVersion: expect.stringMatching(/^1\.50\.0-[0-9a-f]{8}$/) });
  const own = await nodegroup('own');
  expect(own.amiType).toBe('CUSTOM');
  expect(own.version).toBeUndefined();
  expect(own.releaseVersion).toMatch(/^ami-/);
});

test('they are listed in pages', async () => {
  aws.eks.largestPage = 2;
  const names: string[] = [];
  for await (const page of paginateListNodegroups({ client }, { clusterName: 'prod' })) names.push(...page.nodegroups!);

  expect(names).toEqual(['workers', 'arm', 'own']);
});

test('an update to the cluster version brings the newest release, and takes its time', async () => {
  aws.publishAmis({ minors: ['1.36'], date: '2026-08-11' });

  const { id } = await update('workers');
  expect(await nodegroup('workers')).toMatchObject({ status: 'UPDATING', version: '1.35' });
  aws.eks.finishUpdates();

  expect(await nodegroup('workers')).toMatchObject({ status: 'ACTIVE', version: '1.36', releaseVersion: '1.36.2-20260811' });
  const ofGroup = { name: 'prod', nodegroupName: 'workers' };
  expect(await client.send(new ListUpdatesCommand(ofGroup))).toMatchObject({ updateIds: [id] });
  expect(await client.send(new ListUpdatesCommand({ name: 'prod' }))).toMatchObject({ updateIds: [] });
  expect((await client.send(new DescribeUpdateCommand({ ...ofGroup, updateId: id }))).update).toMatchObject({ status: 'Successful' });
});

test('an older release is accepted', async () => {
  aws.publishAmis({ minors: ['1.36'], date: '2026-08-11' });
  await update('workers', { version: '1.36', releaseVersion: '1.36.2-20260714' });
  aws.eks.finishUpdates();

  expect(await nodegroup('workers')).toMatchObject({ releaseVersion: '1.36.2-20260714' });
});

test('fails in the end when nodes do not drain, and leaves the version', async () => {
  aws.eks.nextUpdateFailure = { errorCode: 'PodEvictionFailure', errorMessage: 'Reached max retries while trying to evict pods' };
  const { id } = await update('workers');
  aws.eks.finishUpdates();

  const { update: ended } = await client.send(new DescribeUpdateCommand({ name: 'prod', nodegroupName: 'workers', updateId: id }));
  expect(ended).toMatchObject({ status: 'Failed', errors: [{ errorCode: 'PodEvictionFailure' }] });
  expect(await nodegroup('workers')).toMatchObject({ status: 'ACTIVE', version: '1.35' });
});

test.each([
  ['a group that does not exist', 'nothing', {}, 'ResourceNotFoundException', /nothing/],
  ['a version newer than the cluster', 'workers', { version: '1.37' }, 'InvalidParameterException', /1\.37/],
  [
    'a release of another minor', 'workers', { version: '1.36', releaseVersion: '1.35.2-20260714' },
    'InvalidParameterException', /not valid for kubernetes version 1\.36/,
  ],
  [
    'a release that was never published', 'workers', { releaseVersion: '1.36.2-20200101' }, 'InvalidParameterException',
    /1\.36\.2-20200101/,
  ],
  ['a version for a custom AMI', 'own', { version: '1.36' }, 'InvalidParameterException', /custom AMI/],
])('fails for %s', async (_case, name, options, code, message) => {
  await expect(update(name, options)).rejects.toMatchObject({ name: code, message: expect.stringMatching(message), nodegroupName: name });
});

test('fails while the group or its cluster is updated', async () => {
  await update('workers');
  await expect(update('workers')).rejects.toMatchObject({ name: 'ResourceInUseException' });

  await client.send(new UpdateClusterVersionCommand({ name: 'prod', version: '1.37' }));
  await expect(update('arm')).rejects.toMatchObject({ name: 'ResourceInUseException' });
});
