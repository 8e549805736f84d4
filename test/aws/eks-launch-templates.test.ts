import {
  CreateNodegroupCommand, DescribeNodegroupCommand, EKSClient, UpdateNodegroupVersionCommand, type CreateNodegroupCommandInput,
} from '@aws-sdk/client-eks';
import { LocalAws } from './aws-server';

const [OWN, PLAIN] = ['lt-0123456789abcdef0', 'lt-0123456789abcdef1'];
const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];

let aws: LocalAws;
let client: EKSClient;

beforeEach(async () => {
  aws = await LocalAws.start({ now: new Date('2026-11-01') });
  aws.publishAmis({ minors: ['1.36'], date: '2026-07-14' });
  client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
  aws.eks.addCluster({ version: '1.36' });
  [OLD, NEW, undefined].forEach((imageId) => aws.ec2.launchTemplates.addVersion(OWN, { imageId }));
  [undefined, OLD].forEach((imageId) => aws.ec2.launchTemplates.addVersion(PLAIN, { imageId }));
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

const names = { clusterName: 'prod', nodegroupName: 'workers' };

async function create(input: Partial<CreateNodegroupCommandInput>) {
  await client.send(new CreateNodegroupCommand({ ...names, subnets: [], nodeRole: 'arn:aws:iam::111122223333:role/Nodes', ...input }));
  aws.eks.finishUpdates();
}

const update = async (id: string, version: string) => client.send(
  new UpdateNodegroupVersionCommand({ ...names, launchTemplate: { id, version } }),
);
const nodegroup = async () => (await client.send(new DescribeNodegroupCommand(names))).nodegroup!;

test('an image in the launch template makes the AMI type CUSTOM, and is told as the release', async () => {
  await create({ launchTemplate: { id: OWN, version: '1' } });

  expect(await nodegroup()).toMatchObject({ amiType: 'CUSTOM', releaseVersion: OLD, launchTemplate: { id: OWN, version: '1' } });
  expect((await nodegroup()).version).toBeUndefined();
});

test.each([
  ['amiType', { amiType: 'AL2023_x86_64_STANDARD' as const }],
  ['version', { version: '1.36' }],
  ['releaseVersion', { releaseVersion: '1.36.2-20260714' }],
])('with an image, %s is refused', async (name, given) => {
  await expect(create({ launchTemplate: { id: OWN, version: '1' }, ...given }))
    .rejects.toMatchObject({
      name: 'InvalidParameterException', message: `You cannot specify ${name} when specifying an image id within the launch template.`,
    });
});

test('the size of the disk belongs into the launch template', async () => {
  await expect(create({ launchTemplate: { id: PLAIN, version: '1' }, diskSize: 50 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

test('a new version of the launch template brings its image', async () => {
  await create({ launchTemplate: { id: OWN, version: '1' } });

  await update(OWN, '2');
  expect(await nodegroup()).toMatchObject({ status: 'UPDATING', releaseVersion: OLD });
  aws.eks.finishUpdates();

  expect(await nodegroup()).toMatchObject({ status: 'ACTIVE', releaseVersion: NEW, launchTemplate: { id: OWN, version: '2' } });
});

test('another launch template is refused, its ID is for life', async () => {
  await create({ launchTemplate: { id: OWN, version: '1' } });

  await expect(update(PLAIN, '2')).rejects.toMatchObject({
    name: 'InvalidParameterException', message: expect.stringContaining('must keep the launch template'),
  });
});

test('a node group does not switch between an image of its own and those of EKS', async () => {
  await create({ launchTemplate: { id: OWN, version: '1' } });
  await expect(update(OWN, '3')).rejects.toMatchObject({ message: expect.stringContaining('You must create a new node group') });

  aws.eks.clusters.get('prod')!.nodegroups.clear();
  await create({ launchTemplate: { id: PLAIN, version: '1' } });
  expect(await nodegroup()).toMatchObject({ amiType: 'AL2023_x86_64_STANDARD', releaseVersion: '1.36.2-20260714' });
  await expect(update(PLAIN, '2')).rejects.toMatchObject({ message: expect.stringContaining('You must create a new node group') });
});

test('a node group that was created without a launch template gets none', async () => {
  await create({});

  await expect(update(OWN, '1')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
