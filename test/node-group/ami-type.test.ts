import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CfnParameter, Lazy } from 'aws-cdk-lib/core';
import { FLAGS } from 'aws-cdk-lib/cx-api';
import { importedCluster, instanceTypes, propertiesOf, warningsOn, World } from './_fixtures';
import { AmiArchitecture, AmiTracking, EksAmiType, ReleaseVersionScheme } from '../../src';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';

const AL2023_BY_DEFAULT = { '@aws-cdk/aws-eks:defaultToAL2023': true };

/** The lowest CDK does not know the feature flag: eks.Nodegroup chooses AL2 there. */
const testWithFeatureFlag = Object.keys(AL2023_BY_DEFAULT).every((flag) => flag in FLAGS) ? test : test.skip;
const CHOSEN = 'cdk-eks-upgrades:amiTypeChosen';

describe('without AMI type and instance types', () => {
  test.each(['1.30', '1.32', '1.36'])('Kubernetes %s: none is rendered, and AL2023 x86-64 is tracked, which EKS picks', (version) => {
    const group = new World({ version }).group();
    expect(propertiesOf(group)).not.toHaveProperty('AmiType');
    expect(group.amiParameterName).toBe(EksAmiType.AL2023_X86_64_STANDARD.releaseVersionParameter(version));
    expect(warningsOn(group)).toEqual([]);
  });

  test('an empty list of instance types is no list', () => {
    expect(propertiesOf(new World().group({ instanceTypes: [] }))).not.toHaveProperty('AmiType');
  });
});

describe('derived from the instance types', () => {
  const DERIVED: [string, EksAmiType][] = [
    ['m7i.large', EksAmiType.AL2023_X86_64_STANDARD],
    ['m7i-flex.large', EksAmiType.AL2023_X86_64_STANDARD],
    ['u-6tb1.metal', EksAmiType.AL2023_X86_64_STANDARD],
    ['u7i-12tb.224xlarge', EksAmiType.AL2023_X86_64_STANDARD],
    ['g4ad.xlarge', EksAmiType.AL2023_X86_64_STANDARD],
    ['t4g.medium', EksAmiType.AL2023_ARM_64_STANDARD],
    ['a1.large', EksAmiType.AL2023_ARM_64_STANDARD],
    ['c7gn.large', EksAmiType.AL2023_ARM_64_STANDARD],
    ['x2gd.large', EksAmiType.AL2023_ARM_64_STANDARD],
    ['g4dn.xlarge', EksAmiType.AL2023_X86_64_NVIDIA],
    ['gr6.4xlarge', EksAmiType.AL2023_X86_64_NVIDIA],
    ['p5.48xlarge', EksAmiType.AL2023_X86_64_NVIDIA],
    ['p6-b200.48xlarge', EksAmiType.AL2023_X86_64_NVIDIA],
    ['g5g.xlarge', EksAmiType.AL2023_ARM_64_NVIDIA],
    ['p6e-gb200.36xlarge', EksAmiType.AL2023_ARM_64_NVIDIA],
    ['inf2.xlarge', EksAmiType.AL2023_X86_64_NEURON],
    ['trn1n.32xlarge', EksAmiType.AL2023_X86_64_NEURON],
  ];

  test.each(DERIVED)('%s gets %s, tracked and rendered', (instanceType, amiType) => {
    const group = new World().group({ instanceTypes: instanceTypes(instanceType) });
    expect(propertiesOf(group)).toMatchObject({ AmiType: amiType.apiName, InstanceTypes: [instanceType] });
    expect(group.amiParameterName).toBe(amiType.releaseVersionParameter('1.36'));
  });

  test('several instance types of one kind, even if the L2 would not take them together, are all rendered', () => {
    const group = new World().group({ instanceTypes: instanceTypes('p5.48xlarge', 'g5.48xlarge', 'p6-b200.48xlarge') });
    expect(propertiesOf(group)).toMatchObject({
      AmiType: 'AL2023_x86_64_NVIDIA', InstanceTypes: ['p5.48xlarge', 'g5.48xlarge', 'p6-b200.48xlarge'],
    });
  });

  test('tokens among them are let through', () => {
    const token = new ec2.InstanceType(Lazy.string({ produce: () => 'm6g.large' }));
    const group = new World().group({ instanceTypes: [token, ...instanceTypes('m7g.large')] });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'AL2023_ARM_64_STANDARD', InstanceTypes: ['m6g.large', 'm7g.large'] });
  });

  test('says that the choice differs from the AL2 of eks.Nodegroup', () => {
    expect(warningsOn(new World({ version: '1.35' }).group({ instanceTypes: instanceTypes('m7i.large') }))).toEqual([CHOSEN]);
  });

  testWithFeatureFlag('is silent where eks.Nodegroup chooses the same', () => {
    expect(warningsOn(new World({ context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('m7i.large') }))).toEqual([]);
  });

  test("does not repeat the L2's claim that GPU instances use AL2", () => {
    expect(warningsOn(
      new World({ version: '1.35', context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('g5.xlarge') }),
    )).toEqual([CHOSEN]);
  });

  test('is silent for control planes that are too new for any AL2 node', () => {
    expect(warningsOn(
      new World({ version: '1.36', context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('g5.xlarge') }),
    )).toEqual([]);
    expect(warningsOn(new World({ version: '1.36' }).group({ instanceTypes: instanceTypes('m7i.large') }))).toEqual([]);
  });

  testWithFeatureFlag('speaks up at any version where the L2 would have rendered a type that still exists', () => {
    expect(warningsOn(
      new World({ version: '1.36', context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('trn2.48xlarge') }),
    )).toEqual([CHOSEN]);
  });

  test('is silent for instance types that eks.Nodegroup cannot read, of which no group can exist', () => {
    expect(warningsOn(new World().group({ instanceTypes: instanceTypes('p6-b200.48xlarge') }))).toEqual([]);
  });

  test('fails for tokens only', () => {
    const token = new ec2.InstanceType(new CfnParameter(new World().stack, 'Type').valueAsString);
    expect(() => new World().group({ instanceTypes: [token] })).toThrow(sentence(saysOfNodeGroup.instanceTypesUnknown({})));
  });

  test('fails for different accelerators', () => {
    expect(() => new World().group({ instanceTypes: instanceTypes('g5.xlarge', 'm7i.large') })).toThrow(
      sentence(saysOfNodeGroup.mixedDrivers({ instanceTypes: 'g5.xlarge (NVIDIA), m7i.large (NONE)' })),
    );
  });

  test('fails for different architectures, even with an AMI type', () => {
    expect(() => new World().group({
      instanceTypes: instanceTypes('m7i.large', 'm7g.large'), eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD,
    })).toThrow(
      sentence(saysOfNodeGroup.mixedArchitectures({ instanceTypes: 'm7i.large (x86_64), m7g.large (arm64)' })),
    );
  });
});

describe('Kubernetes 1.32 and older, where Amazon Linux 2 still exists', () => {
  test.each([
    ['1.32', 'm7i.large', 'AL2_X86_64', 'AL2023_X86_64_STANDARD'],
    ['1.31', 'm7g.large', 'AL2_ARM_64', 'AL2023_ARM_64_STANDARD'],
    ['1.30', 'g5.xlarge', 'AL2_X86_64_GPU', 'AL2023_X86_64_NVIDIA'],
  ])('fails for %s and %s, where the L2 would choose %s: the user must name the type', (version, instanceType, l2Choice, derived) => {
    expect(() => new World({ version }).group({ instanceTypes: instanceTypes(instanceType) })).toThrow(
      `${sentence(saysOfNodeGroup.amiTypeToBeNamed({
        kubernetesVersion: version, other: l2Choice.replace('X86', 'x86'), constantOfOther: l2Choice, constant: derived,
      }))} [Stack/Group]`);
  });

  test('fails for GPU instances also with the feature flag, which does not concern them', () => {
    expect(() => new World({ version: '1.32', context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('g5.xlarge') })).toThrow(
      sentence(saysOfNodeGroup.amiTypeToBeNamed({
        kubernetesVersion: '1.32', other: 'AL2_x86_64_GPU', constantOfOther: 'AL2_X86_64_GPU', constant: 'AL2023_X86_64_NVIDIA',
      })));
  });

  testWithFeatureFlag('AL2023 is derived with the feature flag, as in eks.Nodegroup', () => {
    const group = new World({ version: '1.32', context: AL2023_BY_DEFAULT }).group({ instanceTypes: instanceTypes('m7i.large') });
    expect(propertiesOf(group).AmiType).toBe('AL2023_x86_64_STANDARD');
    expect(warningsOn(group)).toEqual([]);
  });

  test('fails for nodes held back on 1.32 behind a newer cluster, too', () => {
    expect(() => new World().group({
      cluster: new World({ version: '1.35' }).cluster,
      kubernetesVersion: eks.KubernetesVersion.of('1.32'),
      instanceTypes: instanceTypes('m7i.large'),
    }))
      .toThrow(sentence(saysOfNodeGroup.amiTypeToBeNamed({
        kubernetesVersion: '1.32', other: 'AL2_x86_64', constantOfOther: 'AL2_X86_64', constant: 'AL2023_X86_64_STANDARD',
      })));
  });

  test('both of the named ways out work', () => {
    const types = instanceTypes('m7i.large');
    const kept = new World({ version: '1.32' }).group({ instanceTypes: types, eksAmiType: EksAmiType.AL2_X86_64 });
    const fresh = new World({ version: '1.32' }).group({ instanceTypes: types, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD });
    expect([propertiesOf(kept).AmiType, propertiesOf(fresh).AmiType]).toEqual(['AL2_x86_64', 'AL2023_x86_64_STANDARD']);
    expect([warningsOn(kept), warningsOn(fresh)]).toEqual([['cdk-eks-upgrades:amazonLinux2Ended'], []]);
  });

  test('a Kubernetes version that is a token is not taken for an old one', () => {
    const world = new World();
    const version = eks.KubernetesVersion.of(new CfnParameter(world.stack, 'Version').valueAsString);
    const group = world.group({
      cluster: importedCluster(world.stack), kubernetesVersion: version, instanceTypes: instanceTypes('m7i.large'), amiTracking: AmiTracking.pinned('1.36.2-20260714'),
    });
    expect(warningsOn(group)).toEqual([CHOSEN]);
  });
});

describe('given', () => {
  test.each(EksAmiType.all().filter((type) => type.isAvailableFor('1.36')))('%s is rendered, and its release tracked', (type) => {
    const instanceType = type.architecture === AmiArchitecture.ARM_64 ? 'm7g.large' : 'm7i.large';
    const group = new World().group({ eksAmiType: type, instanceTypes: instanceTypes(instanceType) });
    expect(propertiesOf(group)).toMatchObject({ AmiType: type.apiName, InstanceTypes: [instanceType] });
    expect(group.amiParameterName).toBe(type.releaseVersionParameter('1.36'));
  });

  test("as a value of the L2's enum it is tracked alike", () => {
    const group = new World().group({ amiType: eks.NodegroupAmiType.BOTTLEROCKET_ARM_64_FIPS, instanceTypes: instanceTypes('m7g.large') });
    expect(propertiesOf(group).AmiType).toBe('BOTTLEROCKET_ARM_64_FIPS');
    expect(group.amiParameterName).toBe('/aws/service/bottlerocket/aws-k8s-1.36-fips/arm64/latest/image_version');
  });

  test('it may be one that this library does not know', () => {
    const eksAmiType = EksAmiType.of({
      apiName: 'AL2027_x86_64_STANDARD',
      architecture: AmiArchitecture.X86_64,
      releaseVersionScheme: ReleaseVersionScheme.AMAZON_LINUX,
      releaseVersionParameter: '/aws/service/eks/optimized-ami/{kubernetesVersion}/amazon-linux-2027/release_version',
    });
    const group = new World().group({ eksAmiType, amiTracking: AmiTracking.pinned('1.36.2-20270714') });
    expect((group.node.defaultChild as CfnNodegroup).amiType).toBe('AL2027_x86_64_STANDARD');
    expect(group.amiParameterName).toBe('/aws/service/eks/optimized-ami/1.36/amazon-linux-2027/release_version');
    expect(group.releaseNotesUrl).toBeUndefined();
  });

  test('a token is let through, with a release that is named', () => {
    const amiType = Lazy.string({ produce: () => 'AL2023_ARM_64_STANDARD' }) as eks.NodegroupAmiType;
    const group = new World().group({ amiType, instanceTypes: instanceTypes('m7g.large'), releaseVersion: '1.36.2-20260714' });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'AL2023_ARM_64_STANDARD', ReleaseVersion: '1.36.2-20260714' });
    expect(group.amiParameterName).toBeUndefined();
  });
});
