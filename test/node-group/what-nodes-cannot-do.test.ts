import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CapacityType } from 'aws-cdk-lib/aws-eks-v2';
import { propertiesOf, warningsOn, World } from './_fixtures';
import { AmiFamily, EksAmiType, GoldenImage, WarmPoolOptions, WarmPoolState } from '../../src';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';

const { BOTTLEROCKET_X86_64, WINDOWS_CORE_2022_X86_64, AL2023_X86_64_STANDARD } = EksAmiType;

describe('a warm pool', () => {
  test('of Bottlerocket nodes cannot hibernate', () => {
    expect(() => new World().group({ eksAmiType: BOTTLEROCKET_X86_64, warmPool: { poolState: WarmPoolState.HIBERNATED } })).toThrow(
      `${sentence(saysOfNodeGroup.noHibernation({ amiType: 'BOTTLEROCKET_x86_64' }))} [Stack/Group]`,
    );
  });

  test('of Bottlerocket nodes takes none back', () => {
    expect(() => new World().group({ eksAmiType: BOTTLEROCKET_X86_64, warmPool: { reuseOnScaleIn: true } })).toThrow(`${sentence(saysOfNodeGroup.noReuse({ amiType: 'BOTTLEROCKET_x86_64' }))} [Stack/Group]`);
  });

  test('of Bottlerocket nodes may be stopped, and of Amazon Linux all of it', () => {
    const stopped = { poolState: WarmPoolState.STOPPED, reuseOnScaleIn: false };
    expect(propertiesOf(
      new World().group({ eksAmiType: BOTTLEROCKET_X86_64, warmPool: stopped }),
    ).WarmPoolConfig).toMatchObject({ PoolState: 'STOPPED' });
    const hibernated = { poolState: WarmPoolState.HIBERNATED, reuseOnScaleIn: true };
    expect(propertiesOf(new World().group({ eksAmiType: AL2023_X86_64_STANDARD, warmPool: hibernated })).WarmPoolConfig).toMatchObject({
      PoolState: 'HIBERNATED',
    });
  });

  test.each([CapacityType.SPOT, CapacityType.CAPACITY_BLOCK])('of %s is warned of', (capacityType) => {
    expect(warningsOn(new World().group({ capacityType, warmPool: {} }))).toEqual(['cdk-eks-upgrades:warmPoolOfCapacity']);
    const without = new World().group({ capacityType, warmPool: { enabled: false } });
    expect(warningsOn(without)).toEqual([]);
    expect(propertiesOf(without).WarmPoolConfig).toEqual({ Enabled: false });
  });

  test('is for instances on demand', () => {
    const group = new World().group({ capacityType: CapacityType.ON_DEMAND, warmPool: {} });
    expect(warningsOn(group)).toEqual([]);
    expect(propertiesOf(group).WarmPoolConfig).toEqual({ Enabled: true });
  });

  test('prepares as many as the group may have with -1, whatever its minimum', () => {
    expect(propertiesOf(new World().group({ warmPool: { minSize: 2, maxGroupPreparedCapacity: -1 } })).WarmPoolConfig)
      .toEqual({ Enabled: true, MinSize: 2, MaxGroupPreparedCapacity: -1 });
  });

  test('is removed by what says so, since EKS keeps what an update does not name', () => {
    expect(propertiesOf(new World().group({ warmPool: { enabled: false } })).WarmPoolConfig).toEqual({ Enabled: false });
    expect(propertiesOf(new World().group()).WarmPoolConfig).toBeUndefined();
  });
});

test.each([
  [{ nodeRepair: {} }, true],
  [{ enableNodeAutoRepair: true }, false],
])('fails for the repair of Windows nodes, %j', (props, isNodeRepair) => {
  expect(() => new World().group({ eksAmiType: WINDOWS_CORE_2022_X86_64, ...props })).toThrow(
    `${sentence(saysOfNodeGroup.noRepairOfWindows({ isNodeRepair, amiType: 'WINDOWS_CORE_2022_x86_64' }))} [Stack/Group]`);
});

describe('nodes of a golden image', () => {
  const image = (family: AmiFamily) => ({ goldenImage: GoldenImage.fromParameter('/golden/eks/1.36/nodes/x86_64/image_id', { family }) });

  test.each<[string, AmiFamily, WarmPoolOptions]>([
    ['Amazon Linux', AmiFamily.AMAZON_LINUX_2023, { poolState: WarmPoolState.STOPPED }],
    ['Bottlerocket', AmiFamily.BOTTLEROCKET, {}],
    ['Windows', AmiFamily.WINDOWS, { enabled: true }],
  ])('fail with a warm pool: %s', (_, family, warmPool) => {
    expect(() => new World().group({ ...image(family), warmPool })).toThrow(`${sentence(saysOfNodeGroup.noWarmPoolOfImage({}))} [Stack/Group]`);
  });

  test('fail with a warm pool beside a launch template of their own, too', () => {
    const world = new World();
    const { launchTemplateId, latestVersionNumber } = new ec2.LaunchTemplate(world.stack, 'Template');
    const launchTemplateSpec = { id: launchTemplateId!, version: latestVersionNumber };
    expect(() => world.group({ ...image(AmiFamily.AMAZON_LINUX_2023), launchTemplateSpec, warmPool: {} }))
      .toThrow(sentence(saysOfNodeGroup.noWarmPoolOfImage({})));
  });

  test('may be told to have no warm pool', () => {
    expect(propertiesOf(new World().group({ ...image(AmiFamily.BOTTLEROCKET), warmPool: { enabled: false } })).WarmPoolConfig)
      .toEqual({ Enabled: false });
  });

  test('keep a repair that a running node group of Windows has', () => {
    const { NodeRepairConfig } = propertiesOf(new World().group({ ...image(AmiFamily.WINDOWS), enableNodeAutoRepair: true }));
    expect(NodeRepairConfig).toEqual({ Enabled: true });
  });

  test('of Amazon Linux can be repaired', () => {
    expect(propertiesOf(new World().group({
      ...image(AmiFamily.AMAZON_LINUX_2023), nodeLaunch: { serviceCidr: '10.100.0.0/16' }, nodeRepair: {},
    })).NodeRepairConfig).toMatchObject({ Enabled: true });
  });
});

test('Windows nodes may be told not to be repaired', () => {
  expect(
    propertiesOf(new World().group({ eksAmiType: WINDOWS_CORE_2022_X86_64, enableNodeAutoRepair: false })).AmiType,
  ).toBe('WINDOWS_CORE_2022_x86_64');
});

describe('an AMI type that is newer than the CDK', () => {
  const newer = EksAmiType.of({
    apiName: 'AL2027_x86_64_STANDARD',
    architecture: AL2023_X86_64_STANDARD.architecture,
    family: AL2023_X86_64_STANDARD.family,
    releaseVersionScheme: AL2023_X86_64_STANDARD.releaseVersionScheme,
    releaseVersionParameter: '/aws/service/eks/optimized-ami/{kubernetesVersion}/amazon-linux-2027/x86_64/standard/recommended/release_version',
  });
  const acknowledged = (eksAmiType: EksAmiType) => new World().group({ eksAmiType }).node.defaultChild!.node.metadata
    .filter(({ type }) => type === 'aws:cdk:acknowledged-rules').map(({ data }) => Object.keys(data));

  test("is acknowledged to the CDK's own check of templates, on its resource alone", () => {
    expect(acknowledged(newer)).toEqual([['CloudFormation-Validate::W3030']]);
    expect(acknowledged(AL2023_X86_64_STANDARD)).toEqual([]);
    expect(warningsOn(new World().group({ eksAmiType: newer }))).toEqual([]);
  });
});
