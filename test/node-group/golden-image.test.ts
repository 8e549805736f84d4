import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Stack, Tags } from 'aws-cdk-lib/core';
import { contextKey, ENV, errorsOn, importedCluster, instanceTypes, lookedUp, propertiesOf, warningsOn, World } from './_fixtures';
import { goldenImage, IMAGE, JOIN, launchTemplateIn, PARAMETER } from './_golden';
import {
  AmiArchitecture, AmiFamily, AmiTracking, EksAmiType, GoldenImage, ManagedNodeGroupWithAmiTracking, NodeLaunchOptions,
} from '../../src';
import { IMAGE_ID } from '../../src/engine/ami/image-id';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { says as saysOfTracking } from '../../src/tracking/messages';

const CIDR: NodeLaunchOptions = { serviceCidr: '10.100.0.0/16' };
const world = (version?: string) => new World({ context: lookedUp(IMAGE, PARAMETER), version });
const golden = (nodeLaunch: NodeLaunchOptions = {}) => ({ goldenImage: goldenImage(), nodeLaunch: { ...CIDR, ...nodeLaunch } });

describe('the node group', () => {
  test('has neither AMI type, version nor release, and follows the latest version of the launch template', () => {
    const group = world().group({ ...golden(), instanceTypes: instanceTypes('m7i.large') });

    const properties = propertiesOf(group);
    expect(properties).not.toHaveProperty('AmiType');
    expect(properties).not.toHaveProperty('Version');
    expect(properties).not.toHaveProperty('ReleaseVersion');
    expect(properties).toMatchObject({
      InstanceTypes: ['m7i.large'],
      ForceUpdateEnabled: false,
      LaunchTemplate: {
        Id: { Ref: expect.stringMatching(/^GroupLaunchTemplate/) },
        Version: { 'Fn::GetAtt': [expect.stringMatching(/^GroupLaunchTemplate/), 'LatestVersionNumber'] },
      },
    });
  });

  test('tells image, minor and parameter', () => {
    const group = world().group(golden());

    expect(group).toMatchObject({ imageId: IMAGE, releaseVersion: IMAGE, kubernetesVersion: '1.36', amiParameterName: PARAMETER });
    expect(group.releaseNotesUrl).toBeUndefined();
    expect(warningsOn(group)).toEqual([]);
    expect(errorsOn(group)).toEqual([]);
  });

  test('with an AMI of EKS has no image', () => {
    expect(new World().group().imageId).toBeUndefined();
  });

  test('leaves the metadata of a tracked node group', () => {
    const group = world().group(golden());
    const [{ data }] = (group.node.root as App).synth().getStackArtifact('Stack').findMetadataByType('cdk-eks-upgrades:node-group');

    expect(data).toMatchObject({
      tracking: 'golden-image', amiType: 'CUSTOM', kubernetesVersion: '1.36', releaseVersion: IMAGE, parameterName: PARAMETER, contextKey: contextKey(PARAMETER),
    });
  });
});

describe('the image', () => {
  test('is looked up, and stands as a dummy in the first pass', () => {
    const it = new World();
    it.group(golden());

    expect(launchTemplateIn(it.stack).ImageId).toBe(`dummy-value-for-${PARAMETER}`);
    expect(it.app.synth().manifest.missing).toMatchObject([{ key: contextKey(PARAMETER), provider: 'ssm' }]);
  });

  test.each([
    ['a launch template that is made', () => ({})],
    ['a launch template of the app', (it: World) => {
      const template = new ec2.CfnLaunchTemplate(it.stack, 'Own', { launchTemplateData: {} });
      return { nodeLaunch: undefined, launchTemplateSpec: { id: template.ref, version: template.attrLatestVersionNumber } };
    }],
  ])('that stands as a dummy in %s is let through by the CDK, though that takes findings of its template check for errors', (_, props) => {
    const it = new World({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    it.group({ ...golden(), ...props(it) });

    expect(it.app.synth().manifest.missing).toMatchObject([{ key: contextKey(PARAMETER) }]);
  });

  test('may be pinned', () => {
    const it = new World();
    const image = GoldenImage.pinned(IMAGE, { family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.35') });
    const group = it.group({ goldenImage: image, nodeLaunch: CIDR });

    expect(launchTemplateIn(it.stack).ImageId).toBe(IMAGE);
    expect(group).toMatchObject({ kubernetesVersion: '1.35', amiParameterName: undefined });
  });

  test('is an error on the node group when it cannot be read, with parameter, place and remedy', () => {
    const it = new World({ context: lookedUp({ $providerError: 'SSM parameter not available' }, PARAMETER) });

    const [error] = errorsOn(it.group(golden()));

    expect(error).toContain(
      `SSM parameter '${PARAMETER}' with the golden image could not be read in account 111122223333, region us-west-2: SSM parameter not available`,
    );
    expect(error).toContain('[cdk-eks-upgrades:imageLookupFailed]');
  });

  test.each([
    '1.36.2-20260714', 'ami-0123', 'ami-0123456789ABCDEF0', '',
  ])('is an error on the node group when the parameter holds %p', (value) => {
    const [error] = errorsOn(new World({ context: lookedUp(value, PARAMETER) }).group(golden()));

    expect(error).toContain(`SSM parameter '${PARAMETER}' holds '${value}', which is not the ID of an image`);
    expect(error).toContain(`cdk context --reset "${contextKey(PARAMETER)}"`);
  });

  test('is an error in one line without control characters, whatever the parameter holds', () => {
    const [error] = errorsOn(new World({ context: lookedUp('\u001b[2Jami\n::error::tea', PARAMETER) }).group(golden()));
    expect(error).toContain(`SSM parameter '${PARAMETER}' holds '[2Jami ::error::tea', which is not the ID of an image`);
  });

  test('needs a stack that says where it is', () => {
    expect(() => new World({ env: null }).group(golden()))
      .toThrow(
        sentence(saysOfTracking.lookUpWithoutEnvironment({ what: 'a golden image', stackName: 'Stack', missing: ['account', 'region'], otherwise: 'name the image with GoldenImage.pinned()' })),
      );
  });

  test.each(['ami-0123', 'ami-0123456789abcdef01', 'i-0123456789abcdef0'])('fails for %s, which is no ID', (id) => {
    expect(() => GoldenImage.pinned(id, { family: AmiFamily.BOTTLEROCKET })).toThrow(
      sentence(saysOfTracking.notAnImage({ imageId: id, form: IMAGE_ID })),
    );
  });

  test('fails for what is no parameter', () => {
    expect(() => goldenImage({}, 'a b')).toThrow(
      sentence(saysOfTracking.notAParameter({ parameterName: 'a b', example: '/golden/eks/1.36/al2023/x86_64/image_id' })),
    );
  });
});

describe('the Kubernetes minor', () => {
  test('by the parameter must be what is declared', () => {
    expect(() => goldenImage({ kubernetesVersion: eks.KubernetesVersion.of('1.35') }))
      .toThrow(
        sentence(saysOfTracking.declaredOtherwise({ option: 'kubernetesVersion', declared: '1.35', named: '1.36' })),
      );
    expect(() => world().group({ ...golden(), kubernetesVersion: eks.KubernetesVersion.of('1.35') }))
      .toThrow(sentence(saysOfNodeGroup.versionOfImage({ wanted: '1.35', ofImage: '1.36' })));
  });

  test('must not lead the cluster, nor lag behind it beyond the skew', () => {
    expect(() => world('1.35').group(golden())).toThrow(
      sentence(saysOfNodeGroup.newerThanCluster({ prop: 'kubernetesVersion', nodes: '1.36', controlPlane: '1.35' })),
    );
    expect(() => world('1.36').group({ goldenImage: goldenImage({}, '/golden/1.32/image_id'), nodeLaunch: CIDR }))
      .toThrow(
        sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'kubernetesVersion', nodes: '1.32', skew: 3, controlPlane: '1.36', oldest: '1.33' })),
      );
  });

  test('that nobody tells is a warning that says how to', () => {
    const group = world().group({ goldenImage: goldenImage({}, '/golden/nodes'), nodeLaunch: CIDR });

    expect(warningsOn(group)).toEqual(['cdk-eks-upgrades:imageVersionUnknown']);
    expect(group.kubernetesVersion).toBe('1.36');
  });

  test('may be told by the node group', () => {
    const group = world().group({
      goldenImage: goldenImage({}, '/golden/nodes'), nodeLaunch: CIDR, kubernetesVersion: eks.KubernetesVersion.of('1.34'),
    });

    expect(warningsOn(group)).toEqual([]);
    expect(group.kubernetesVersion).toBe('1.34');
  });
});

describe('fails with options that are for the AMIs of EKS', () => {
  test.each([
    ['amiType', { amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD }, 'AL2023_x86_64_STANDARD'],
    ['eksAmiType', { eksAmiType: EksAmiType.BOTTLEROCKET_ARM_64 }, 'BOTTLEROCKET_ARM_64'],
    ['amiTracking', { amiTracking: AmiTracking.recommended() }, 'recommended'],
    ['releaseVersion', { releaseVersion: '1.36.2-20260714' }, '1.36.2-20260714'],
  ])('%s', (name, props, value) => {
    expect(() => world().group({ ...golden(), ...props })).toThrow(sentence(saysOfNodeGroup.besideGoldenImage({ prop: name, value })));
  });

  test('and with what EKS does not take with a launch template', () => {
    expect(() => world().group({ ...golden(), diskSize: 50 })).toThrow(sentence(saysOfNodeGroup.diskSize({ diskSize: 50, isOwn: false })));
    const remoteAccess = { sshKeyName: 'key' };
    expect(() => world().group({ ...golden(), remoteAccess })).toThrow(sentence(saysOfNodeGroup.remoteAccess({ isOwn: false })));
    const launchTemplateSpec = { id: 'lt-0123456789abcdef0', version: '3' };
    expect(() => world().group({ goldenImage: goldenImage(), launchTemplateSpec, remoteAccess }))
      .toThrow(sentence(saysOfNodeGroup.remoteAccess({ isOwn: true })));
  });

  test('and with launch options without an image', () => {
    expect(() => world().group({ nodeLaunch: CIDR })).toThrow(sentence(saysOfNodeGroup.nodeLaunchWithoutImage({})));
  });
});

describe('the architecture', () => {
  test('is that of the parameter, or declared, and fits the instance types', () => {
    expect(() => world().group({ ...golden(), instanceTypes: instanceTypes('m7g.large') }))
      .toThrow(
        sentence(saysOfNodeGroup.imageOfOtherArchitecture({ architecture: 'x86_64', instanceType: 'm7g.large', architectureOfInstance: 'arm64' })),
      );
    expect(() => goldenImage({ architecture: AmiArchitecture.ARM_64 })).toThrow(
      sentence(saysOfTracking.declaredOtherwise({ option: 'architecture', declared: 'arm64', named: 'x86_64' })),
    );
    expect(() => world().group({
      ...golden(), instanceTypes: instanceTypes('m7i.large', 'm7g.large'),
    })).toThrow(
      sentence(saysOfNodeGroup.mixedArchitectures({ instanceTypes: 'm7i.large (x86_64), m7g.large (arm64)' })),
    );
  });

  test('is not judged while nobody tells it', () => {
    expect(() => world().group({
      goldenImage: goldenImage({}, '/golden/1.36/nodes'), nodeLaunch: CIDR, instanceTypes: instanceTypes('m7g.large'),
    })).not.toThrow();
  });

  test('Windows has instance types of its own', () => {
    const image = goldenImage({ family: AmiFamily.WINDOWS }, '/golden/1.36/windows');
    expect(() => world().group({ goldenImage: image, instanceTypes: instanceTypes('m4.large') })).toThrow(sentence(saysOfNodeGroup.noWindowsImageOnInstance({ instanceType: 'm4.large' })));
  });
});

describe('the launch template that is made', () => {
  test('requires tokens for metadata and lets pods read them', () => {
    const it = world();
    it.group(golden());
    expect(launchTemplateIn(it.stack)).toMatchObject({
      ImageId: IMAGE, MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    });
  });

  test('holds what is asked for', () => {
    const it = world();
    it.group(golden({
      metadataHopLimit: 1,
      metadataTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL,
      blockDevices: [
        {
          deviceName: '/dev/xvda',
          volume: ec2.BlockDeviceVolume.ebs(80, { encrypted: true, volumeType: ec2.EbsDeviceVolumeType.GP3, throughput: 250 }),
        },
        { deviceName: '/dev/xvdb', volume: ec2.BlockDeviceVolume.ephemeral(0) },
        { deviceName: '/dev/xvdc', volume: ec2.BlockDeviceVolume.ebs(1), mappingEnabled: false },
      ],
      keyPair: ec2.KeyPair.fromKeyPairName(it.stack, 'Key', 'ops'),
      instanceTags: { team: 'platform', cost: '42' },
    }));

    const tags = [{ Key: 'cost', Value: '42' }, { Key: 'team', Value: 'platform' }];
    expect(launchTemplateIn(it.stack)).toMatchObject({
      MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [
        {
          DeviceName: '/dev/xvda', Ebs: { VolumeSize: 80, Encrypted: true, VolumeType: 'gp3', Throughput: 250, DeleteOnTermination: true },
        },
        { DeviceName: '/dev/xvdb', VirtualName: 'ephemeral0' },
        { DeviceName: '/dev/xvdc', NoDevice: '' },
      ],
      KeyName: 'ops',
      TagSpecifications: [{ ResourceType: 'instance', Tags: tags }, { ResourceType: 'volume', Tags: tags }],
    });
  });

  test('has no security groups, so that EKS adds that of the cluster; with others it has both', () => {
    const [plain, own] = [world(), world()];
    plain.group(golden());
    own.group(golden({ securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(own.stack, 'Own', 'sg-0123456789abcdef0')] }));

    expect(launchTemplateIn(plain.stack)).not.toHaveProperty('SecurityGroupIds');
    expect(launchTemplateIn(own.stack).SecurityGroupIds)
      .toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Cluster/), 'ClusterSecurityGroupId'] }, 'sg-0123456789abcdef0']);
  });

  test('fails where the security group of the cluster is not known', () => {
    const it = world();
    const cluster = importedCluster(it.stack);
    const own = ec2.SecurityGroup.fromSecurityGroupId(it.stack, 'Own', 'sg-0123456789abcdef0');
    expect(() => it.group({ cluster, goldenImage: goldenImage(), nodeLaunch: { ...JOIN, securityGroups: [own] } }))
      .toThrow(sentence(saysOfNodeGroup.clusterSecurityGroupUnknown({})));
  });

  test('does not change with the tags of the app, which would roll the nodes', () => {
    const [plain, tagged] = [world(), world()];
    [plain, tagged].forEach((it) => it.group(golden()));
    Tags.of(tagged.app).add('commit', 'abc');

    expect(launchTemplateIn(tagged.stack)).toEqual(launchTemplateIn(plain.stack));
  });

  test.each([0, 65, 1.5])('fails with %p hops', (metadataHopLimit) => {
    expect(() => world().group(golden({ metadataHopLimit }))).toThrow(`nodeLaunch.metadataHopLimit is ${metadataHopLimit}`);
  });
});

describe('a launch template of the app', () => {
  const own = (it: World, data: ec2.CfnLaunchTemplate.LaunchTemplateDataProperty = {}) =>
    new ec2.CfnLaunchTemplate(it.stack, 'Own', { launchTemplateData: { userData: 'dXNlcg==', imageId: 'ami-0000000000000000a', ...data } });
  const spec = (template: ec2.CfnLaunchTemplate) => ({ id: template.ref, version: template.attrLatestVersionNumber });

  test('gets the image, and keeps the rest', () => {
    const it = world();
    const template = own(it, { metadataOptions: { httpPutResponseHopLimit: 3 } });
    const group = it.group({ goldenImage: goldenImage(), launchTemplateSpec: spec(template) });

    expect(launchTemplateIn(it.stack)).toEqual({ UserData: 'dXNlcg==', ImageId: IMAGE, MetadataOptions: { HttpPutResponseHopLimit: 3 } });
    expect(propertiesOf(group).LaunchTemplate).toEqual({ Id: { Ref: 'Own' }, Version: { 'Fn::GetAtt': ['Own', 'LatestVersionNumber'] } });
    Template.fromStack(it.stack).resourceCountIs('AWS::EC2::LaunchTemplate', 1);
  });

  test('of the CDK, too', () => {
    const it = world();
    const template = new ec2.LaunchTemplate(it.stack, 'Own', {
      httpPutResponseHopLimit: 2, machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-0000000000000000a' }),
    });
    it.group({ goldenImage: goldenImage(), launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber } });

    expect(launchTemplateIn(it.stack)).toMatchObject({ ImageId: IMAGE, MetadataOptions: { HttpPutResponseHopLimit: 2 } });
  });

  test('is not for launch options as well', () => {
    const it = world();
    expect(() => it.group({ ...golden(), launchTemplateSpec: spec(own(it)) })).toThrow(sentence(saysOfNodeGroup.twoLaunchTemplates({})));
  });

  test.each([
    ['a fixed version', () => '3', "'3'"],
    ['no version', () => undefined, 'missing'],
    ['the default version', (template: ec2.CfnLaunchTemplate) => template.attrDefaultVersionNumber, 'the default version'],
  ])('fails by %s, which a new image would never reach', (_, version, named) => {
    const it = world();
    const template = own(it);
    expect(() => it.group({ goldenImage: goldenImage(), launchTemplateSpec: { id: template.ref, version: version(template) } }))
      .toThrow(sentence(saysOfNodeGroup.fixedTemplateVersion({ version: named })));
  });

  test('may be shared with the same image, and with no other', () => {
    const it = world();
    const template = own(it);
    const add = (id: string, image: GoldenImage) => new ManagedNodeGroupWithAmiTracking(it.stack, id, {
      cluster: it.cluster, goldenImage: image, launchTemplateSpec: spec(template),
    });
    add('One', goldenImage());

    expect(() => add('Two', goldenImage())).not.toThrow();
    expect(() => add('Three', GoldenImage.pinned(
      'ami-0123456789abcdef9', { family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36') },
    )))
      .toThrow(
        sentence(saysOfNodeGroup.twoImages({ template: 'Stack/Own', imageId: IMAGE, nodeGroup: 'Stack/One' })),
      );
  });

  test('shared with a node group that has an AMI of EKS is refused when the tree is finished', () => {
    const it = world();
    const template = own(it, { imageId: undefined });
    new ManagedNodeGroupWithAmiTracking(it.stack, 'Plain', {
      cluster: it.cluster, launchTemplateSpec: spec(template), amiTracking: AmiTracking.pinned('1.36.2-20260714'),
    });
    it.group({ goldenImage: goldenImage(), launchTemplateSpec: spec(template) });

    expect(() => it.app.synth()).toThrow(
      "node group 'Stack/Plain' shares launch template 'Stack/Own' with 'Stack/Group', which sets a golden image in it",
    );
  });

  test('of another app is only judged', () => {
    const it = world();
    const group = it.group({ goldenImage: goldenImage(), launchTemplateSpec: { id: 'lt-0123456789abcdef0', version: '7' } });

    expect(propertiesOf(group).LaunchTemplate).toEqual({ Id: 'lt-0123456789abcdef0', Version: '7' });
    expect(warningsOn(group)).toEqual(['cdk-eks-upgrades:imageNotSet']);
    Template.fromStack(it.stack).resourceCountIs('AWS::EC2::LaunchTemplate', 0);
  });

  test('brings the user data of families that this library does not know', () => {
    const it = world();
    const image = goldenImage({ family: AmiFamily.OTHER });
    expect(() => it.group({ goldenImage: image })).toThrow(sentence(saysOfNodeGroup.unknownFamily({ family: 'OTHER' })));
    expect(() => it.group({ goldenImage: image, launchTemplateSpec: spec(own(it)) })).not.toThrow();
  });
});

describe('taints', () => {
  const taints = [{ key: 'dedicated', value: 'gpu', effect: eks.TaintEffect.NO_SCHEDULE }];

  test('come after the nodes have joined, unless their user data has them, too', () => {
    expect(warningsOn(world().group({ ...golden(), taints }))).toEqual(['cdk-eks-upgrades:taintsAfterJoining']);
    expect(warningsOn(
      world().group({ ...golden({ kubeletFlags: ['--register-with-taints=dedicated=gpu:NoSchedule'] }), taints }),
    )).toEqual([]);
  });
});

test('Windows nodes need a group that EKS does not give them', () => {
  const image = goldenImage({ family: AmiFamily.WINDOWS }, '/golden/1.36/windows');
  expect(warningsOn(world().group({ goldenImage: image }))).toEqual(['cdk-eks-upgrades:windowsImageAccess']);
});

test('an image of one stack is looked up where the node group is', () => {
  const it = world();
  const other = new Stack(it.app, 'Other', { env: { ...ENV, region: 'eu-west-1' } });
  expect(() => it.group({ ...golden(), cluster: importedCluster(other), nodeLaunch: JOIN }, other)).not.toThrow();
  expect(it.app.synth().manifest.missing).toMatchObject([{ key: contextKey(PARAMETER).replace('us-west-2', 'eu-west-1') }]);
});

test('fails for the version 1.3 of an image, which YAML makes of 1.30', () => {
  const kubernetesVersion = eks.KubernetesVersion.of('1.3');
  expect(() => goldenImage({ kubernetesVersion }, '/golden/image')).toThrow(sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 })));
  expect(() => new World().group({ goldenImage: goldenImage({}, '/golden/image'), kubernetesVersion })).toThrow(sentence(saysOfVersions.numberOfYaml({ text: '1.3', first: '1.10', minor: 3 })));
});
