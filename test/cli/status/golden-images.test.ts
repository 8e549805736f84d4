import { rm } from 'node:fs/promises';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AmiFamily, GoldenImage, TrackedGoldenImage, UpgradableCluster } from '../../../src';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { contextKey, importedVpc } from '../../node-group/_fixtures';
import { deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const PARAMETER = '/golden/eks/1.35/al2023/x86_64/image_id';
const [JULY, AUGUST, NOVEMBER] = ['ami-0123456789abcde07', 'ami-0123456789abcde08', 'ami-0123456789abcde11'];

let aws: LocalAws;
let cwd: string;

withLocalAws(async (local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35'], date: '2026-07-14' });
  aws.ec2.images.put(JULY, {
    name: 'golden-1.35-20260714', createdAt: new Date('2026-07-14'), tags: { kubernetes: '1.35.2/2026-07-01/bin/linux/amd64' },
  });
  aws.ec2.images.put(AUGUST, { name: 'golden-1.35-20260811', createdAt: new Date('2026-08-11') });
  aws.ec2.images.put(NOVEMBER, { name: 'golden-1.35-20261110', createdAt: new Date('2026-11-10') });
  aws.ssm.put(PARAMETER, NOVEMBER, new Date('2026-11-13T12:00:00Z'));
  aws.eks.addCluster({ name: 'prod', version: '1.35', nodegroups: [{ name: 'workers', amiType: 'CUSTOM', releaseVersion: JULY }] });
  cwd = await folderOf();
  synthesizeTo(cwd, golden, { [contextKey(PARAMETER)]: AUGUST });
  await deployStack(aws, cwd, 'Prod');
});

afterEach(async () => rm(cwd, { recursive: true }));

/** A node group, and a tracked image for Karpenter. */
function golden(app: App): void {
  const stack = stackIn(app, 'Prod');
  const goldenImage = GoldenImage.fromParameter(PARAMETER, { family: AmiFamily.AMAZON_LINUX_2023 });
  new UpgradableCluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_35,
    clusterName: 'prod',
    vpc: importedVpc(stack, 'Vpc'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  }).addManagedNodeGroup('Workers', { nodegroupName: 'workers', goldenImage, nodeLaunch: { serviceCidr: '172.20.0.0/16' } });
  new TrackedGoldenImage(stack, 'Karpenter', { goldenImage });
}

const status = async () => runCommand(['status'], { cwd, now: NOW });
const statusJson = async () => {
  const { exitCode, stdout } = await runCommand(['status', '--json'], { cwd, now: NOW });
  return { exitCode, ...readJsonOutput(stdout) };
};

test('the image that runs, the one that the app names and the one in the parameter, by ID, name and age', async () => {
  const { exitCode, stdout } = await status();

  expect(stdout).toBe(`\
                  live                   declared               newest

prod 111122223333/us-west-2
  control plane   1.35                   1.35                                          standard support of 1.35 ends on 2027-03-27, in 122 days; then staying costs 4,380 USD a year more
  workers         ami-0123456789abcde07  ami-0123456789abcde08  ami-0123456789abcde11  golden-1.35-20260714, 134 days old, the newest is out for 12 days

releases without a node group
  Prod/Karpenter                         ami-0123456789abcde08  ami-0123456789abcde11  golden-1.35-20260811, 106 days old, the newest is out for 12 days
`);
  expect(exitCode).toBe(0);
});

test('the same as JSON', async () => {
  const { clusters: [{ nodeGroups }], releases } = await statusJson();

  const published = { recommended: NOVEMBER, recommendedForDays: 12 };
  expect(nodeGroups).toEqual([{
    name: 'workers', amiType: 'CUSTOM', version: '1.35', live: JULY, imageName: 'golden-1.35-20260714', ageDays: 134, declared: AUGUST, ...published,
  }]);
  expect(releases).toEqual([{
    path: 'Prod/Karpenter',
    account: '111122223333',
    region: 'us-west-2',
    amiType: 'CUSTOM',
    kubernetesVersion: '1.35',
    declared: AUGUST,
    imageName: 'golden-1.35-20260811',
    ageDays: 106,
    ...published,
  }]);
});

test('an image that nobody can describe any more has neither name nor age, nor its nodes a version', async () => {
  aws.ec2.images.remove(JULY);

  const { clusters: [{ nodeGroups: [workers] }] } = await statusJson();
  expect(workers).toEqual({
    name: 'workers', amiType: 'CUSTOM', live: JULY, declared: AUGUST, recommended: NOVEMBER, recommendedForDays: 12,
  });
});

test('an image that the app names and that is gone is a finding', async () => {
  aws.ec2.images.remove(AUGUST);
  const before = await folderOf();
  synthesizeTo(before, golden, { [contextKey(PARAMETER)]: JULY });
  await deployStack(aws, before, 'Prod');
  await rm(before, { recursive: true });

  const { clusters: [{ findings }], exitCode } = await statusJson();
  expect(findings).toEqual([expect.objectContaining({ id: 'image-available:workers', severity: 'error' })]);
  expect(exitCode).toBe(1);
});

test('what may not be read is said of the tracked image, and of the node group', async () => {
  aws.fail({ fault: 'accessDenied', service: 'ec2', action: 'DescribeImages' });

  const { clusters: [{ nodeGroups: [workers] }], releases: [karpenter] } = await statusJson();
  expect(karpenter.unreadable).toContain('not allowed to call ec2:DescribeImages');
  expect(workers).not.toHaveProperty('imageName');
});

test('without a parameter there is none in it', async () => {
  aws.ssm.remove(PARAMETER);

  const { clusters: [{ nodeGroups: [workers] }] } = await statusJson();
  expect(workers).toMatchObject({ live: JULY, declared: AUGUST });
  expect(workers).not.toHaveProperty('recommended');
});
