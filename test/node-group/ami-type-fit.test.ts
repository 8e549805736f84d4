import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Annotations, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { clusterIn, ENV, instanceTypes, propertiesOf, warningsOn, World } from './_fixtures';
import { EksAmiType } from '../../src';
import { says as saysOfAmi } from '../../src/engine/ami/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';

describe('a type that does not exist for the Kubernetes version', () => {
  test.each([
    ['1.33', EksAmiType.AL2_X86_64, 'only up to 1.32'],
    ['1.36', EksAmiType.AL2_X86_64_GPU, 'only up to 1.32'],
    ['1.34', EksAmiType.WINDOWS_CORE_2025_X86_64, 'only from 1.35'],
    ['1.28', EksAmiType.BOTTLEROCKET_X86_64_NVIDIA_FIPS, 'only from 1.29'],
  ])('fails for %s and %s', (version, eksAmiType, bounds) => {
    expect(() => new World({ version }).group({ eksAmiType })).toThrow(
      `AMI type ${eksAmiType} does not exist for Kubernetes ${version}, ${bounds}: choose another type (a changed type replaces the node group`);
  });

  test("fails for the L2's enum alike", () => {
    expect(() => new World().group({ amiType: eks.NodegroupAmiType.AL2_ARM_64 })).toThrow(
      sentence(saysOfNodeGroup.amiTypeNotForVersion({ amiType: 'AL2_ARM_64', kubernetesVersion: '1.36', bounds: 'up to 1.32' })),
    );
  });

  test('is judged by the version of the nodes, not of the cluster', () => {
    const group = new World({ version: '1.35' }).group({
      eksAmiType: EksAmiType.AL2_X86_64, kubernetesVersion: eks.KubernetesVersion.of('1.32'),
    });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'AL2_x86_64', Version: '1.32' });
  });
});

describe('a type that does not fit the instance types', () => {
  test.each([
    [EksAmiType.AL2023_X86_64_STANDARD, 'm7g.large', 'is for x86_64, but instance type m7g.large is arm64: give an AMI type for arm64'],
    [EksAmiType.BOTTLEROCKET_ARM_64, 'm7i.large', 'is for arm64, but instance type m7i.large is x86_64: give an AMI type for x86_64'],
    [EksAmiType.AL2023_X86_64_NVIDIA, 'g5g.xlarge', 'is for x86_64, but instance type g5g.xlarge is arm64'],
  ])('fails for %s on %s', (eksAmiType, instanceType, message) => {
    expect(() => new World().group({ eksAmiType, instanceTypes: instanceTypes(instanceType) })).toThrow(message);
  });

  test.each([
    'c3.large', 'c4.large', 'd2.xlarge', 'i2.xlarge', 'm4.large', 'm6a.large', 'r3.large',
  ])('fails for Windows on %s', (instanceType) => {
    expect(() => new World().group({
      eksAmiType: EksAmiType.WINDOWS_CORE_2022_X86_64, instanceTypes: instanceTypes('m7i.large', instanceType),
    }))
      .toThrow(sentence(saysOfNodeGroup.noWindowsOnInstance({ instanceType })));
  });

  test('Windows runs on the one M4 that it runs on', () => {
    const group = new World().group({ eksAmiType: EksAmiType.WINDOWS_FULL_2025_X86_64, instanceTypes: instanceTypes('m4.16xlarge') });
    expect(propertiesOf(group).AmiType).toBe('WINDOWS_FULL_2025_x86_64');
  });

  test.each([
    [EksAmiType.AL2023_X86_64_STANDARD, 'g5.xlarge'],
    [EksAmiType.AL2023_X86_64_NEURON, 'p5.48xlarge'],
    [EksAmiType.BOTTLEROCKET_ARM_64_NVIDIA, 'm7g.large'],
  ])('%s on %s lacks the drivers or has others: the user is warned', (eksAmiType, instanceType) => {
    expect(warningsOn(new World().group({ eksAmiType, instanceTypes: instanceTypes(instanceType) }))).toEqual([
      'cdk-eks-upgrades:acceleratorMismatch',
    ]);
  });

  test.each([
    [EksAmiType.BOTTLEROCKET_X86_64_NVIDIA, 'inf2.xlarge'],
    [EksAmiType.BOTTLEROCKET_X86_64, 'g5.xlarge'],
    [EksAmiType.AL2023_X86_64_STANDARD, 'inf2.xlarge'],
    [EksAmiType.AL2023_X86_64_NVIDIA, 'trn1.2xlarge'],
  ])('%s on %s lacks the drivers, although its siblings have them', (eksAmiType, instanceType) => {
    expect(warningsOn(new World().group({ eksAmiType, instanceTypes: instanceTypes(instanceType) })))
      .toContain('cdk-eks-upgrades:acceleratorMismatch');
  });

  test.each([
    [EksAmiType.BOTTLEROCKET_X86_64, 'inf2.xlarge'],
    [EksAmiType.BOTTLEROCKET_X86_64_FIPS, 'trn1.2xlarge'],
    [EksAmiType.BOTTLEROCKET_X86_64, 'm7i.large'],
  ])('%s on %s has what it takes', (eksAmiType, instanceType) => {
    expect(warningsOn(new World().group({ eksAmiType, instanceTypes: instanceTypes(instanceType) })))
      .not.toContain('cdk-eks-upgrades:acceleratorMismatch');
  });

  test.each(['inf1.xlarge', 'g4dn.xlarge'])('the accelerated Amazon Linux 2 on %s has the drivers', (instanceType) => {
    const props = {
      eksAmiType: EksAmiType.AL2_X86_64_GPU, kubernetesVersion: eks.KubernetesVersion.of('1.32'), instanceTypes: instanceTypes(instanceType),
    };
    const warnings = warningsOn(new World({ version: '1.32' }).group(props));
    expect(warnings).toContain('cdk-eks-upgrades:amazonLinux2Ended');
    expect(warnings).not.toContain('cdk-eks-upgrades:acceleratorMismatch');
  });

  test('a warning can be acknowledged', () => {
    const group = new World().group({ eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, instanceTypes: instanceTypes('g5.xlarge') });
    Annotations.of(group).acknowledgeWarning('cdk-eks-upgrades:acceleratorMismatch', 'installed by the GPU operator');
    expect(warningsOn(group)).toEqual([]);
  });

  test('instance types that are tokens fit any type', () => {
    const world = new World();
    const token = new ec2.InstanceType(new CfnParameter(world.stack, 'InstanceType').valueAsString);
    const group = world.group({ eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64_FIPS, instanceTypes: [token] });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'BOTTLEROCKET_ARM_64_FIPS', InstanceTypes: [{ Ref: 'InstanceType' }] });
    expect(warningsOn(group)).toEqual([]);
  });
});

describe('contradictions', () => {
  test('fails for amiType and eksAmiType together', () => {
    expect(() => new World().group({
      amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD, eksAmiType: EksAmiType.BOTTLEROCKET_X86_64,
    })).toThrow(
      sentence(saysOfNodeGroup.twoAmiTypes({ amiType: 'AL2023_x86_64_STANDARD', eksAmiType: 'BOTTLEROCKET_x86_64' })),
    );
  });

  test('fails for CUSTOM, which has no releases', () => {
    expect(() => new World().group({ amiType: 'CUSTOM' as eks.NodegroupAmiType })).toThrow(`${sentence(saysOfAmi.customAmi({}))} [Stack/Group]`);
  });
});

describe('a launch template', () => {
  const REFUSED = 'the launch template names an image of its own, for which EKS accepts neither AMI type, Kubernetes version nor release version';
  const IMAGES: [string, ec2.IMachineImage][] = [
    ['a fixed image', ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-0123456789abcdef0' })],
    ['the image of a parameter', ec2.MachineImage.fromSsmParameter('/platform/image')],
    ['a looked-up image', ec2.MachineImage.lookup({ name: 'ours-*' })],
  ];

  function withTemplate(scope: Construct, props: ec2.LaunchTemplateProps = {}): eks.LaunchTemplateSpec {
    const template = new ec2.LaunchTemplate(scope, 'Template', props);
    return { id: template.launchTemplateId!, version: template.versionNumber };
  }

  test('of this app without image renders no AMI type, as eks.Nodegroup does, and is tracked', () => {
    const world = new World();
    const group = world.group({ launchTemplateSpec: withTemplate(world.stack, { userData: new ec2.MultipartUserData() }) });
    expect(propertiesOf(group)).not.toHaveProperty('AmiType');
    expect(group.amiParameterName).toBe(EksAmiType.AL2023_X86_64_STANDARD.releaseVersionParameter('1.36'));
    expect(warningsOn(group)).toEqual([]);
  });

  test('with instance types renders no AMI type either, whatever they are', () => {
    const world = new World();
    const token = new ec2.InstanceType(new CfnParameter(world.stack, 'InstanceType').valueAsString);
    const group = world.group({ launchTemplateSpec: withTemplate(world.stack), instanceTypes: [token, ...instanceTypes('m7i.large')] });
    expect(propertiesOf(group)).toMatchObject({ InstanceTypes: [{ Ref: 'InstanceType' }, 'm7i.large'] });
    expect(propertiesOf(group)).not.toHaveProperty('AmiType');
  });

  test('with an AMI type beside it is tracked as that type', () => {
    const world = new World();
    const group = world.group({
      launchTemplateSpec: withTemplate(world.stack), eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD, instanceTypes: instanceTypes('m7g.large'),
    });
    expect(propertiesOf(group)).toMatchObject({ AmiType: 'AL2023_ARM_64_STANDARD', InstanceTypes: ['m7g.large'] });
  });

  test('fails with Arm instance types and no AMI type, for which EKS would pick an x86-64 AMI', () => {
    const world = new World();
    expect(() => world.group({ launchTemplateSpec: withTemplate(world.stack), instanceTypes: instanceTypes('m7g.large') })).toThrow(
      sentence(saysOfNodeGroup.otherArchitecture({ amiType: 'AL2023_x86_64_STANDARD', architecture: 'x86_64', instanceType: 'm7g.large', architectureOfInstance: 'arm64' })),
    );
  });

  test.each(IMAGES)('fails when it names %s', (_, machineImage) => {
    const world = new World();
    expect(() => world.group({ launchTemplateSpec: withTemplate(world.stack, { machineImage }) })).toThrow(REFUSED);
  });

  test('fails when it names an image in another stack or a nested one', () => {
    const world = new World();
    const [[, machineImage]] = IMAGES;
    for (const stack of [new Stack(world.app, 'Templates', { env: ENV }), new NestedStack(world.stack, 'Nested')]) {
      expect(() => world.group({ launchTemplateSpec: withTemplate(stack, { machineImage }) })).toThrow(REFUSED);
    }
  });

  test.each([
    [
      'of Arm, without AMI type', 'm7g.large', undefined,
      'AMI type AL2023_x86_64_STANDARD is for x86_64, but instance type m7g.large is arm64',
    ],
    [
      'of Arm, with one for x86', 'm7g.large', EksAmiType.BOTTLEROCKET_X86_64,
      'AMI type BOTTLEROCKET_x86_64 is for x86_64, but instance type m7g.large is arm64',
    ],
    [
      'without Windows, with its AMI type', 'r3.large', EksAmiType.WINDOWS_CORE_2022_X86_64,
      'instance type r3.large does not run Windows nodes',
    ],
  ])('fails with its instance type %s', (_, instanceType, eksAmiType, message) => {
    const world = new World();
    const launchTemplateSpec = withTemplate(world.stack, { instanceType: new ec2.InstanceType(instanceType) });
    expect(() => world.group({ launchTemplateSpec, eksAmiType })).toThrow(message);
  });

  test('its instance type counts for drivers, and is not rendered', () => {
    const world = new World();
    const group = world.group({ launchTemplateSpec: withTemplate(world.stack, { instanceType: new ec2.InstanceType('g5.xlarge') }) });
    expect(warningsOn(group)).toEqual(['cdk-eks-upgrades:acceleratorMismatch']);
    expect(propertiesOf(group)).not.toHaveProperty('InstanceTypes');
    expect(propertiesOf(group)).not.toHaveProperty('AmiType');
  });

  test('its instance type as a parameter of the template is let through', () => {
    const world = new World();
    const instanceType = new CfnParameter(world.stack, 'Type').valueAsString;
    const template = new ec2.CfnLaunchTemplate(world.stack, 'Template', { launchTemplateData: { instanceType } });
    expect(warningsOn(world.group({ launchTemplateSpec: { id: template.ref } }))).toEqual([]);
  });

  test('fails when it is written in L1 and names an image, even with an AMI type', () => {
    const world = new World();
    const template = new ec2.CfnLaunchTemplate(world.stack, 'Template', { launchTemplateData: { imageId: 'ami-0123456789abcdef0' } });
    const spec = { launchTemplateSpec: { id: template.ref }, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD };
    expect(() => world.group(spec)).toThrow(REFUSED);
    expect(() => world.group({ launchTemplateSpec: { id: template.attrLaunchTemplateId } })).toThrow(REFUSED);
  });

  test.each(['lt-0123456789abcdef0', undefined])('of another app (%s) is taken with a warning', (id) => {
    const world = new World();
    const launchTemplateSpec = { id: id ?? new CfnParameter(world.stack, 'TemplateId').valueAsString, version: '3' };
    expect(warningsOn(world.group({ launchTemplateSpec }))).toEqual(['cdk-eks-upgrades:launchTemplateUnknown']);
  });

  test('of another app is taken without a word when the AMI type is given, which EKS refuses beside a custom image', () => {
    const group = new World().group({ launchTemplateSpec: { id: 'lt-0123456789abcdef0' }, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD });
    expect(warningsOn(group)).toEqual([]);
  });
});

test('a type injected into eks.Nodegroup counts like a given one', () => {
  const world = new World();
  const injector = {
    constructUniqueId: eks.Nodegroup.PROPERTY_INJECTION_ID,
    inject: (props: eks.NodegroupProps) => ({
      amiType: eks.NodegroupAmiType.BOTTLEROCKET_X86_64, ...props, taints: [...props.taints ?? [], { key: 'injected' }],
    }),
  };
  const stack = new Stack(world.app, 'Injected', { env: ENV, propertyInjectors: [injector] });
  const group = world.group({ cluster: clusterIn(stack, '1.36') }, stack);
  expect(propertiesOf(group)).toMatchObject({ AmiType: 'BOTTLEROCKET_x86_64', Taints: [{ Key: 'injected' }], ForceUpdateEnabled: false });
  expect(group.amiParameterName).toBe('/aws/service/bottlerocket/aws-k8s-1.36/x86_64/latest/image_version');
});
