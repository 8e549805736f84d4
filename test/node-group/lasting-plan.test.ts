/**
 * What escape hatches, Aspects and later statements make of a node group and its launch template: a contradiction is refused when the
 * app is synthesised, and all else is let through.
 */
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Aspects, CfnParameter, Fn, Lazy, NestedStack, Stack, Tags } from 'aws-cdk-lib/core';
import { clusterIn, ENV, instanceTypes, World } from './_fixtures';
import { goldenImage, IMAGE } from './_golden';
import {
  AmiFamily, AmiTracking, EksAmiType, GoldenImage, ManagedNodeGroupWithAmiTracking, ManagedNodeGroupWithAmiTrackingProps, WarmPoolState,
} from '../../src';
import { Said } from '../../src/engine/messages/message';
import { sentence } from '../../src/engine/messages/sentence';
import { says, warnings } from '../../src/node-group/messages';
import { newStack, resourcesOf, upgradableCluster, warningsOn } from '../cluster/_fixtures';
import { acknowledgeable } from '../diagnostics/_said';

const RELEASE = '1.36.2-20260714';
const PINNED: Partial<ManagedNodeGroupWithAmiTrackingProps> = { amiTracking: AmiTracking.pinned(RELEASE) };
const GOLDEN: Partial<ManagedNodeGroupWithAmiTrackingProps> = {
  goldenImage: GoldenImage.pinned(IMAGE, { family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36') }),
};
const OTHER_IMAGE = 'ami-0123456789abcdef9';

type Change = (resource: CfnNodegroup, world: World) => void;

/** The properties of a node group that is changed after it was made. */
function changed(props: Partial<ManagedNodeGroupWithAmiTrackingProps>, change: Change): () => Record<string, any> {
  return () => {
    const world = new World();
    const group = world.group(props);
    change(group.node.defaultChild as CfnNodegroup, world);
    const [{ Properties }] = Object.values(Template.fromStack(world.stack).findResources('AWS::EKS::Nodegroup'));
    return Properties;
  };
}

const at = (said: Said) => `${sentence(said)} [Stack/Group]`;
const otherwise = (property: string, rendered: string, planned: string, prop: string) =>
  at(says.renderedOtherwise({ property, rendered, planned, prop }));

describe('a node group with the AMIs of EKS', () => {
  const AMI_TYPE = 'WINDOWS_CORE_2025_x86_64';
  const standard = (rendered: string) => otherwise('AmiType', rendered, 'AL2023_x86_64_STANDARD', 'eksAmiType');
  const version = (rendered: string) => otherwise('Version', rendered, '1.36', 'kubernetesVersion, or as the version of its cluster');
  const release = (rendered: string) =>
    otherwise('ReleaseVersion', rendered, RELEASE, "amiTracking, as in AmiTracking.pinned('1.36.2-20260714')");

  test.each<[string, Change, string]>([
    ['an AMI type by an override', (it) => it.addPropertyOverride('AmiType', AMI_TYPE), standard(AMI_TYPE)],
    ['an AMI type by the property', (it) => { it.amiType = AMI_TYPE; }, standard(AMI_TYPE)],
    [
      'an AMI type by an Aspect',
      (it) => Aspects.of(it).add({ visit: () => it.addPropertyOverride('AmiType', AMI_TYPE) }), standard(AMI_TYPE),
    ],
    [
      'an AMI type that only the deployment knows',
      (it, { stack }) => it.addPropertyOverride('AmiType', new CfnParameter(stack, 'Type').valueAsString), standard('{"Ref":"Type"}'),
    ],
    ['a version', (it) => it.addPropertyOverride('Version', '1.35'), version('1.35')],
    ['a version by the property', (it) => { it.version = '1.35'; }, version('1.35')],
    ['no version', (it) => it.addPropertyDeletionOverride('Version'), version('nothing')],
    ['a release', (it) => it.addPropertyOverride('ReleaseVersion', '1.36.3-20260801'), release('1.36.3-20260801')],
    ['no release', (it) => { it.releaseVersion = undefined; }, release('nothing')],
    [
      'a version with its release', (it) => {
        it.version = '1.35';
        it.releaseVersion = '1.35.4-20260714';
      }, release('1.35.4-20260714'),
    ],
    [
      'instance types of another architecture', (it) => { it.instanceTypes = ['m7g.large']; },
      at(says.otherArchitecture({
        amiType: 'AL2023_x86_64_STANDARD', architecture: 'x86_64', instanceType: 'm7g.large', architectureOfInstance: 'arm64',
      })),
    ],
    [
      'instance types of two architectures', (it) => it.addPropertyOverride('InstanceTypes', ['m7i.large', 'm7g.large']),
      at(says.mixedArchitectures({ instanceTypes: 'm7i.large (x86_64), m7g.large (arm64)' })),
    ],
  ])('fails with %s from an escape hatch', (_, change, message) => {
    expect(changed({ ...PINNED, instanceTypes: instanceTypes('m7i.large') }, change)).toThrow(message);
  });

  test('fails without the AMI type that it was made for', () => {
    const bottlerocket = { eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, releaseVersion: '1.34.0-18d04e52' };
    expect(changed(bottlerocket, (it) => it.addPropertyDeletionOverride('AmiType')))
      .toThrow(otherwise('AmiType', 'AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64', 'eksAmiType'));
  });

  test.each<[string, Change]>([
    ['the AMI type that EKS would choose anyway', (it) => it.addPropertyOverride('AmiType', 'AL2023_x86_64_STANDARD')],
    ['version and release as they are', (it) => {
      it.addPropertyOverride('Version', '1.36');
      it.releaseVersion = RELEASE;
    }],
    ['other properties', (it) => it.addPropertyOverride('CapacityType', 'SPOT')],
    ['instance types that fit', (it) => it.addPropertyOverride('InstanceTypes', ['m7i.xlarge'])],
    ['instance types that only the deployment knows', (it, { stack }) => {
      it.addPropertyOverride('InstanceTypes', [Fn.conditionIf('Large', 'm7i.xlarge', 'm7i.large'), new CfnParameter(stack, 'Type').valueAsString]);
    }],
    ['a list of instance types that only the deployment knows', (it, { stack }) => {
      it.addPropertyOverride('InstanceTypes', new CfnParameter(stack, 'Types', { type: 'CommaDelimitedList' }).valueAsList);
    }],
  ])('passes with %s', (_, change) => {
    expect(changed({ ...PINNED, warmPool: { poolState: WarmPoolState.STOPPED } }, change)).not.toThrow();
  });

  test.each<[string, Partial<ManagedNodeGroupWithAmiTrackingProps>]>([
    ['nothing looked up yet', {}],
    ['a release that CloudFormation finds', { amiTracking: AmiTracking.recommendedAtDeployment() }],
    ['its own older version', { kubernetesVersion: eks.KubernetesVersion.of('1.35'), releaseVersion: '1.35.4-20260714' }],
    ['an AMI type of the CDK', { amiType: eks.NodegroupAmiType.BOTTLEROCKET_ARM_64, releaseVersion: '1.34.0-18d04e52' }],
    ['derived AMI types', { ...PINNED, instanceTypes: instanceTypes('m7g.large') }],
    ['a golden image', GOLDEN],
    ['a golden image that is not looked up yet', { goldenImage: goldenImage() }],
  ])('passes as it was made, with %s', (_, { goldenImage: image, ...props }) => {
    const nodeLaunch = image && { serviceCidr: '10.100.0.0/16' };
    expect(changed({ ...props, goldenImage: image, nodeLaunch }, () => undefined)).not.toThrow();
  });

  test('passes with parameters of the template for AMI type, version and release, in another stack than its cluster', () => {
    const world = new World();
    const nodes = new Stack(world.app, 'Nodes', { env: ENV });
    const parameter = (id: string, stack = nodes) => new CfnParameter(stack, id).valueAsString;
    new ManagedNodeGroupWithAmiTracking(nodes, 'Group', {
      cluster: world.cluster,
      amiType: parameter('Type') as eks.NodegroupAmiType,
      kubernetesVersion: eks.KubernetesVersion.of(parameter('Minor', world.stack)),
      releaseVersion: parameter('Release'),
    });
    expect(() => Template.fromStack(nodes)).not.toThrow();
  });

  test('is warned of drivers that instance types from an escape hatch lack', () => {
    const world = new World();
    const group = world.group({ ...PINNED, instanceTypes: instanceTypes('m7i.large') });
    (group.node.defaultChild as CfnNodegroup).instanceTypes = ['g5.xlarge'];
    expect(warningsOn(group)).toEqual([acknowledgeable(warnings.acceleratorMismatch({
      amiType: 'AL2023_x86_64_STANDARD', drivers: 'no drivers for NVIDIA', instanceType: 'g5.xlarge', accelerator: 'NVIDIA',
    }))]);
  });

  test('is warned of drivers that instance types from an escape hatch have no use for', () => {
    const world = new World();
    const group = world.group({ ...PINNED, eksAmiType: EksAmiType.AL2023_X86_64_NVIDIA, instanceTypes: instanceTypes('g5.xlarge') });
    (group.node.defaultChild as CfnNodegroup).instanceTypes = ['m7i.large'];
    expect(warningsOn(group)).toEqual([acknowledgeable(warnings.acceleratorMismatch({
      amiType: 'AL2023_x86_64_NVIDIA', drivers: 'drivers for NVIDIA', instanceType: 'm7i.large', accelerator: 'no accelerator',
    }))]);
  });
});

describe('a launch template of the app', () => {
  const REFUSED = at(says.imageInLaunchTemplate({ id: 'Group', scope: 'Stack' }));

  type When = (template: ec2.CfnLaunchTemplate, group: () => CfnNodegroup) => void;

  function withTemplate(when: When, props: Partial<ManagedNodeGroupWithAmiTrackingProps> = PINNED): () => World {
    return () => {
      const world = new World();
      const template = new ec2.LaunchTemplate(world.stack, 'Own');
      when(template.node.defaultChild as ec2.CfnLaunchTemplate, () => world.group({
        ...props, launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
      }).node.defaultChild as CfnNodegroup);
      Template.fromStack(world.stack);
      return world;
    };
  }

  test.each<[string, When]>([
    ['by an override before', (template, group) => {
      template.addPropertyOverride('LaunchTemplateData.ImageId', IMAGE);
      group();
    }],
    ['by an override after', (template, group) => {
      group();
      template.addPropertyOverride('LaunchTemplateData.ImageId', IMAGE);
    }],
    ['by its data after', (template, group) => {
      group();
      template.launchTemplateData = { imageId: IMAGE };
    }],
    ['by data that are asked for at the end', (template, group) => {
      template.launchTemplateData = Lazy.any({ produce: () => ({ imageId: IMAGE }) });
      group();
    }],
    ['in another one that the node group is given later', (template, group) => {
      const other = new ec2.CfnLaunchTemplate(template, 'Other', { launchTemplateData: { imageId: IMAGE } });
      group().launchTemplate = { id: other.ref, version: other.attrLatestVersionNumber };
    }],
    ['in another one by an override', (template, group) => {
      const other = new ec2.CfnLaunchTemplate(template, 'Other', { launchTemplateData: { imageId: IMAGE } });
      group().addPropertyOverride('LaunchTemplate', { Id: other.ref, Version: other.attrLatestVersionNumber });
    }],
  ])('fails with an image of its own %s', (_, when) => {
    expect(withTemplate(when)).toThrow(REFUSED);
  });

  test.each<[string, (stack: Stack) => { readonly ofTemplate: Stack; readonly ofGroup: Stack }]>([
    ['the group is nested', (stack) => ({ ofTemplate: stack, ofGroup: new NestedStack(stack, 'Inner') })],
    ['the template is nested', (stack) => ({ ofTemplate: new NestedStack(stack, 'Inner'), ofGroup: stack })],
    ['the template is in another stack', (stack) => ({ ofTemplate: newStack({ app: stack.node.root as App, id: 'Other' }), ofGroup: stack })],
  ])('fails with an image of its own where %s', (_, stacksIn) => {
    const world = new World();
    const { ofTemplate, ofGroup } = stacksIn(world.stack);
    const template = new ec2.LaunchTemplate(ofTemplate, 'Own');
    new ManagedNodeGroupWithAmiTracking(ofGroup, 'Group', {
      cluster: world.cluster, ...PINNED, launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber },
    });
    expect(() => Template.fromStack(world.stack)).not.toThrow();

    const again = new World();
    const stacks = stacksIn(again.stack);
    const other = new ec2.LaunchTemplate(stacks.ofTemplate, 'Own');
    new ManagedNodeGroupWithAmiTracking(stacks.ofGroup, 'Group', {
      cluster: again.cluster, ...PINNED, launchTemplateSpec: { id: other.launchTemplateId!, version: other.latestVersionNumber },
    });
    (other.node.defaultChild as ec2.CfnLaunchTemplate).addPropertyOverride('LaunchTemplateData.ImageId', IMAGE);
    expect(() => Template.fromStack(again.stack)).toThrow(sentence(says.imageInLaunchTemplate({ id: 'Group', scope: stacks.ofGroup.node.path })));
  });

  test('of another app, from which version and release were taken away for its image, is to be told as a golden image', () => {
    const taken = changed({ ...PINNED, launchTemplateSpec: { id: 'lt-0123456789abcdef0', version: '3' } }, (it) => {
      it.addPropertyDeletionOverride('Version');
      it.addPropertyDeletionOverride('ReleaseVersion');
    });
    expect(taken).toThrow(REFUSED);
    expect(taken).not.toThrow('ReleaseVersion is rendered');
  });

  test('passes with a rollout where a condition chooses whether there is one', () => {
    expect(withTemplate((template, group) => {
      const chosen = { Id: template.ref, Version: template.attrLatestVersionNumber };
      group().addPropertyOverride('LaunchTemplate', { 'Fn::If': ['Chosen', chosen, { Ref: 'AWS::NoValue' }] });
    }, { ...PINNED, rollout: 'ca-2028' })).not.toThrow();
  });

  test('fails with an instance type of another architecture, by an override', () => {
    const arm: When = (template, group) => {
      group();
      template.addPropertyOverride('LaunchTemplateData.InstanceType', 'm7g.large');
    };
    const values = { instanceType: 'm7g.large', architectureOfInstance: 'arm64', architecture: 'x86_64' };
    expect(withTemplate(arm)).toThrow(at(says.otherArchitecture({ amiType: 'AL2023_x86_64_STANDARD', ...values })));
    expect(withTemplate(arm, { eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD, releaseVersion: RELEASE })).not.toThrow();
  });

  test('passes with data that come later and name no image, and with a template of another app by an override', () => {
    expect(withTemplate((template, group) => {
      group();
      template.launchTemplateData = { ebsOptimized: true };
    })).not.toThrow();
    expect(withTemplate((template, group) => {
      template.addPropertyOverride('LaunchTemplateData.ImageId', IMAGE);
      group().addPropertyOverride('LaunchTemplate', { Id: 'lt-0123456789abcdef0', Version: '3' });
    })).not.toThrow();
  });

  test('still fails at once where the image or the instance type is a prop, and looks through a rollout', () => {
    const world = new World();
    const template = new ec2.CfnLaunchTemplate(world.stack, 'Own', { launchTemplateData: { instanceType: 'm7g.large' } });
    const launchTemplateSpec = { id: template.ref, version: template.attrLatestVersionNumber };
    const add = (id: string, props: Partial<ManagedNodeGroupWithAmiTrackingProps>) =>
      new ManagedNodeGroupWithAmiTracking(world.stack, id, {
        cluster: world.cluster, releaseVersion: RELEASE, launchTemplateSpec, ...props,
      });
    add('Arm', { eksAmiType: EksAmiType.AL2023_ARM_64_STANDARD, rollout: 'ca-2028' });
    expect(() => add('X86', { rollout: 'ca-2028' })).toThrow('m7g.large');
  });

  test.each<[string, When]>([
    ['its version is fixed later', (_, group) => group().addPropertyOverride('LaunchTemplate.Version', '1')],
    ['its version turns out to be fixed', (template, group) => {
      group().launchTemplate = { id: template.ref, version: Lazy.string({ produce: () => '1' }) };
    }],
  ])('fails with a rollout where %s', (_, when) => {
    expect(withTemplate(when, { ...PINNED, rollout: 'ca-2028' })).toThrow(at(says.rolloutOfFixedVersion({ rollout: 'ca-2028' })));
  });

  test('a version that is asked for at the end may be the latest', () => {
    const world = new World();
    const template = new ec2.CfnLaunchTemplate(world.stack, 'Own', { launchTemplateData: {} });
    const produce = jest.fn(() => template.attrLatestVersionNumber);
    world.group({ ...PINNED, rollout: 'ca-2028', launchTemplateSpec: { id: template.ref, version: Lazy.string({ produce }) } });
    expect(produce).not.toHaveBeenCalled();
    expect(() => Template.fromStack(world.stack)).not.toThrow();
  });
});

describe('a node group with a golden image', () => {
  const LAUNCH = { ...GOLDEN, nodeLaunch: { serviceCidr: '10.100.0.0/16' } };

  test.each<[string, Change, string]>([
    ['a version', (it) => { it.version = '1.36'; }, at(says.besideGoldenImage({ prop: 'Version', value: '1.36' }))],
    [
      'a release by an override', (it) => it.addPropertyOverride('ReleaseVersion', RELEASE),
      at(says.besideGoldenImage({ prop: 'ReleaseVersion', value: RELEASE })),
    ],
    [
      'an AMI type', (it) => it.addPropertyOverride('AmiType', 'AL2023_x86_64_STANDARD'),
      at(says.besideGoldenImage({ prop: 'AmiType', value: 'AL2023_x86_64_STANDARD' })),
    ],
    [
      'another image',
      (it) => (it.node.scope!.node.findChild('LaunchTemplate') as ec2.CfnLaunchTemplate).addPropertyOverride('LaunchTemplateData.ImageId', OTHER_IMAGE),
      otherwise('LaunchTemplateData.ImageId', OTHER_IMAGE, IMAGE, 'goldenImage'),
    ],
  ])('fails with %s from an escape hatch', (_, change, message) => {
    expect(changed(LAUNCH, change)).toThrow(message);
  });

  test('fails with instance types on which its image does not run', () => {
    const arm = GoldenImage.pinned(IMAGE, {
      family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36'), architecture: EksAmiType.AL2023_ARM_64_STANDARD.architecture,
    });
    const props = { ...LAUNCH, goldenImage: arm, instanceTypes: instanceTypes('m7g.large') };
    expect(changed(props, (it) => { it.instanceTypes = ['m7i.large']; })).toThrow(at(says.imageOfOtherArchitecture({
      architecture: 'arm64', instanceType: 'm7i.large', architectureOfInstance: 'x86_64',
    })));
    expect(changed(props, (it) => { it.instanceTypes = ['c7g.large']; })).not.toThrow();
  });

  test('shares its launch template with others of the same image, whether or not they say CUSTOM', () => {
    const world = new World();
    const template = new ec2.LaunchTemplate(world.stack, 'Own');
    const launchTemplateSpec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    for (const id of ['One', 'Two']) {
      const group = new ManagedNodeGroupWithAmiTracking(world.stack, id, { cluster: world.cluster, ...GOLDEN, launchTemplateSpec });
      (group.node.defaultChild as CfnNodegroup).addPropertyOverride('AmiType', 'CUSTOM');
    }
    expect(() => Template.fromStack(world.stack)).not.toThrow();
  });

  test('of another node group shares no launch template with one that got its version by an escape hatch', () => {
    const world = new World();
    const template = new ec2.LaunchTemplate(world.stack, 'Own');
    const launchTemplateSpec = { id: template.launchTemplateId!, version: template.latestVersionNumber };
    world.group({ ...GOLDEN, launchTemplateSpec });
    const plain = new eks.Nodegroup(world.stack, 'Plain', { cluster: world.cluster, launchTemplateSpec });
    expect(() => Template.fromStack(world.stack)).not.toThrow();
    const other = new World();
    const shared = new ec2.LaunchTemplate(other.stack, 'Own');
    const spec = { id: shared.launchTemplateId!, version: shared.latestVersionNumber };
    other.group({ ...GOLDEN, launchTemplateSpec: spec });
    (new eks.Nodegroup(other.stack, plain.node.id, { cluster: other.cluster, launchTemplateSpec: spec }).node.defaultChild as CfnNodegroup)
      .addPropertyOverride('Version', '1.36');
    expect(() => Template.fromStack(other.stack)).toThrow(
      sentence(says.sharesTemplateWithImage({ nodeGroup: 'Stack/Plain', template: 'Stack/Own/Resource', other: 'Stack/Group' })),
    );
  });
});

describe('what the app adds to a launch template after the node group stays in it', () => {
  type Group = (stack: Stack, cluster: eks.Cluster, launchTemplateSpec: eks.LaunchTemplateSpec) => void;

  const tracked = (props: Partial<ManagedNodeGroupWithAmiTrackingProps>): Group => (stack, cluster, launchTemplateSpec) => {
    new ManagedNodeGroupWithAmiTracking(stack, 'Group', { cluster, launchTemplateSpec, ...props });
  };

  /** The launch template of an app that goes on to change what it has given to a node group. */
  function launchTemplate(group: Group, machineImage?: ec2.IMachineImage): Record<string, any> {
    const stack = new Stack(new App(), 'Stack', { env: ENV });
    const cluster = clusterIn(stack, '1.36');
    const [userData, commands] = [new ec2.MultipartUserData(), ec2.UserData.forLinux()];
    userData.addUserDataPart(commands);
    const { vpc } = cluster;
    const template = new ec2.LaunchTemplate(stack, 'Own', {
      userData, machineImage, securityGroup: new ec2.SecurityGroup(stack, 'First', { vpc }), instanceType: new ec2.InstanceType('m7i.large'),
    });
    Tags.of(template).add('Owner', 'platform');
    group(stack, cluster, { id: template.launchTemplateId!, version: template.latestVersionNumber });
    commands.addCommands('harden');
    template.connections.addSecurityGroup(new ec2.SecurityGroup(stack, 'Second', { vpc }));
    Tags.of(stack).add('CostCenter', '42');
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
    expect(JSON.stringify(Properties.LaunchTemplateData.UserData)).toContain('"#!/bin/bash\\nharden"');
    expect(Properties.LaunchTemplateData.SecurityGroupIds).toHaveLength(2);
    return Properties;
  }

  const l2: Group = (scope, cluster, launchTemplateSpec) => { new eks.Nodegroup(scope, 'Group', { cluster, launchTemplateSpec }); };

  test.each<[string, Group]>([
    ['a tracked one', tracked(PINNED)],
    ['one with an AMI type', tracked({ ...PINNED, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD })],
    ['one whose release is looked up', tracked({})],
    ['one with a bake and a guard', (stack, _, launchTemplateSpec) => {
      upgradableCluster(stack, { id: 'Own2' }).addManagedNodeGroup('Workers', { ...PINNED, launchTemplateSpec });
    }],
  ])('of %s', (_, group) => {
    expect(JSON.stringify(launchTemplate(group))).toBe(JSON.stringify(launchTemplate(l2)));
  });

  test('of one with a golden image', () => {
    const image = ec2.MachineImage.genericLinux({ 'us-west-2': IMAGE });
    expect(JSON.stringify(launchTemplate(tracked(GOLDEN), image))).toBe(JSON.stringify(launchTemplate(l2, image)));
  });

  test('of one that is rolled on purpose, beside the tag', () => {
    const { LaunchTemplateData: { TagSpecifications: [volumes, instances], ...data } } = launchTemplate(tracked({ ...PINNED, rollout: 'ca-2028' }));
    const { LaunchTemplateData: { TagSpecifications: [plainInstances, plainVolumes], ...plain } } = launchTemplate(l2);
    expect(data).toEqual(plain);
    expect(volumes).toEqual(plainVolumes);
    expect(instances.Tags).toEqual([...plainInstances.Tags, { Key: 'cdk-eks-upgrades:rollout', Value: 'ca-2028' }]);
  });

  test('and a cluster whose service range a golden image asks for keeps what is added to it', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { serviceIpv4Cidr: '172.20.0.0/16' });
    const logging = [{ type: 'api' }];
    const resource = cluster.node.defaultChild as unknown as { logging: unknown };
    resource.logging = Lazy.any({ produce: () => ({ clusterLogging: { enabledTypes: logging } }) });
    cluster.addManagedNodeGroup('Workers', GOLDEN);
    logging.push({ type: 'audit' });
    const [{ Properties }] = Object.values(resourcesOf(stack)).filter(({ Type }) => Type === 'AWS::EKS::Cluster');
    expect(Properties.Logging.ClusterLogging.EnabledTypes).toEqual([{ Type: 'api' }, { Type: 'audit' }]);
  });
});
