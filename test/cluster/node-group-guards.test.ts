import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, Aspects, CfnCondition, CfnMapping, CfnParameter, CfnResource, Fn, NestedStack, Stack, Tags } from 'aws-cdk-lib/core';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { KubectlV36Layer, newStack, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import { DependencyGraph } from './dependency-graph';
import {
  AmiFamily, AmiTracking, ClusterUpgrades, EksAmiType, GoldenImage, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking,
  UpgradableCluster, UpgradeGuard,
} from '../../src';
import { warnings } from '../../src/cluster/messages';
import { acknowledgeable } from '../diagnostics/_said';

const GUARD = 'Custom::EksUpgradeGuard';

/** The lowest CDK that is supported has strong references only. */
const CROSS_STACK_REFERENCES = 'DEFAULT_CROSS_STACK_REFERENCES' in cxapi ? ['strong', 'both', 'weak'] : ['strong'];
const PINNED = AmiTracking.pinned('1.36.2-20261104');

interface Situation {
  readonly options?: ManagedNodeGroupOptions;
  readonly id?: string;
  /** What is done to the app besides. */
  readonly change?: (stack: Stack, group: eks.Nodegroup) => void;
}

/** What calls the guard of a small app. */
function guarded({ options, id = 'Workers', change }: Situation = {}): { readonly Judged: string; readonly Values: unknown } {
  const stack = newStack();
  const group = upgradableCluster(stack).addManagedNodeGroup(id, { amiTracking: PINNED, labels: { b: '1', a: '2' }, ...options });
  change?.(stack, group);
  const { Judged, Values } = theOnly(resourcesOf(stack), GUARD).Properties;
  return { Judged, Values };
}

/** Of a construct in a nested stack, too, which has no artifact of its own. */
function lateWarnings({ node }: eks.Nodegroup): string[] {
  return node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)).filter(
    (text) => text.includes('guardedAfterControlPlane'),
  );
}

function resourceOf(group: eks.Nodegroup): CfnResource {
  return group.node.defaultChild as CfnResource;
}

describe('the guard is called', () => {
  test.each<[string, Situation]>([
    ['another release', { options: { amiTracking: AmiTracking.pinned('1.36.2-20261111') } }],
    ['a size', { options: { maxSize: 7 } }],
    ['a label', { options: { labels: { a: '2', b: '2' } } }],
    ['a tag of the app', { change: (stack) => Tags.of(stack.node.root).add('sha', '1a2b3c') }],
    ['a tag of the stack', { change: (stack) => stack.tags.setTag('sha', '1a2b3c') }],
    ['an escape hatch', { change: (_, group) => resourceOf(group).addPropertyOverride('UpdateConfig.MaxUnavailable', 3) }],
    ['an Aspect', {
      change: (stack) => Aspects.of(stack).add({
        visit: (node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EKS::Nodegroup' && node.addPropertyOverride('CapacityType', 'SPOT'),
      }),
    }],
    [
      'a launch template by override',
      { change: (_, group) => resourceOf(group).addPropertyOverride('LaunchTemplate', { Id: 'lt-1', Version: '1' }) },
    ],
    ['a node group of the plain L2', { change: (stack, group) => new eks.Nodegroup(stack, 'Plain', { cluster: group.cluster }) }],
    [
      'an add-on of the plain L2',
      { change: (stack, group) => new eks.Addon(stack, 'Plain', { cluster: group.cluster, addonName: 'coredns' }) },
    ],
    [
      'a property of the cluster',
      { change: (_, group) => (group.cluster.node.defaultChild as CfnResource).addPropertyOverride('BootstrapSelfManagedAddons', true) },
    ],
  ])('for %s', (_, situation) => {
    expect(guarded(situation).Judged).not.toBe(guarded().Judged);
    expect(guarded(situation).Judged).toMatch(/^1\.36\/[0-9a-f]{24}$/);
  });

  test('for what a launch template holds', () => {
    const withTemplate = (volumeSize: number) => guarded({
      change: (stack, group) => {
        const template = new ec2.CfnLaunchTemplate(stack, 'Template', {
          launchTemplateData: { blockDeviceMappings: [{ ebs: { volumeSize } }] },
        });
        resourceOf(group).addPropertyOverride('LaunchTemplate', { Id: template.ref, Version: template.attrLatestVersionNumber });
      },
    }).Judged;
    expect(withTemplate(20)).not.toBe(withTemplate(50));
    expect(withTemplate(20)).toBe(withTemplate(20));
  });

  const AL2023 = { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD };
  const BOTTLEROCKET = { eksAmiType: EksAmiType.BOTTLEROCKET_X86_64, amiTracking: AmiTracking.pinned('1.62.0-c68e9a6b') };

  /** What calls the guard where a small app has two node groups. */
  function withTwo(groups: Readonly<Record<string, ManagedNodeGroupOptions>>, change: Situation['change'] = () => {}): string {
    return guarded({
      change: (stack, workers) => {
        const cluster = workers.cluster as UpgradableCluster;
        Object.entries(groups).forEach(([id, options]) =>
          change(stack, cluster.addManagedNodeGroup(id, { amiTracking: PINNED, ...options })));
      },
    }).Judged;
  }

  test('for two node groups that exchange what they are', () => {
    expect(withTwo({ A: AL2023, B: BOTTLEROCKET })).not.toBe(withTwo({ A: BOTTLEROCKET, B: AL2023 }));
    expect(withTwo({ A: { maxSize: 3 }, B: { maxSize: 4 } })).not.toBe(withTwo({ A: { maxSize: 4 }, B: { maxSize: 3 } }));
    expect(withTwo({ A: AL2023, B: BOTTLEROCKET })).toBe(withTwo({ Renamed: AL2023, B: BOTTLEROCKET }));
  });

  test('for two launch templates that exchange what they hold', () => {
    const with2 = (sizes: Readonly<Record<string, number>>) => withTwo({ A: {}, B: {} }, (stack, group) => {
      const template = new ec2.CfnLaunchTemplate(stack, `Template${group.node.id}`, {
        launchTemplateData: { blockDeviceMappings: [{ ebs: { volumeSize: sizes[group.node.id.slice(-1)] } }] },
      });
      resourceOf(group).addPropertyOverride('LaunchTemplate', { Id: template.ref, Version: template.attrLatestVersionNumber });
    });
    expect(with2({ A: 20, B: 50 })).not.toBe(with2({ A: 50, B: 20 }));
  });

  test('for other subnets of a node group, those of the cluster too, and for two groups that exchange them', () => {
    const inSubnets = (...indices: readonly number[]) => guarded({
      change: (_, workers) => indices.forEach((index, position) => {
        const { cluster } = workers as unknown as { cluster: UpgradableCluster };
        const subnets = [cluster.vpc.privateSubnets[index]];
        cluster.addManagedNodeGroup(`In${position}`, { amiTracking: PINNED, subnets: { subnets } });
      }),
    });
    expect(inSubnets(0)).not.toEqual(inSubnets(1));
    expect(inSubnets(0, 1)).not.toEqual(inSubnets(1, 0));
    expect(inSubnets(0, 1)).toEqual(inSubnets(0, 1));
  });

  test.each<[string, (stack: Stack) => string]>([
    ['from a group that is made before', (stack) => new ec2.CfnSecurityGroup(stack, 'Other', { groupDescription: 'other' }).attrGroupId],
    ['from one that waits for the cluster', (stack) => {
      const { clusterSecurityGroupId } = stack.node.findChild('Cluster') as eks.Cluster;
      return new ec2.CfnSecurityGroup(stack, 'Other', { groupDescription: clusterSecurityGroupId }).attrGroupId;
    }],
  ])('for SSH access %s, which a node group keeps for life', (_, other) => {
    const withAccess = (source: (stack: Stack) => string) => guarded({
      change: (stack, group) => {
        const one = new ec2.CfnSecurityGroup(stack, 'One', { groupDescription: 'one' }).attrGroupId;
        const another = other(stack);
        resourceOf(group).addPropertyOverride('RemoteAccess', { Ec2SshKey: 'key', SourceSecurityGroups: [source === other ? another : one] });
      },
    });
    expect(withAccess(other)).not.toEqual(withAccess(() => ''));
  });

  test('for what a launch template refers to', () => {
    const withGroup = (id: string) => guarded({
      change: (stack, group) => {
        const [one, other] = ['One', 'Other'].map((name) => new ec2.CfnSecurityGroup(stack, name, { groupDescription: name }));
        const template = new ec2.CfnLaunchTemplate(stack, 'Template', {
          launchTemplateData: { securityGroupIds: [(id === 'One' ? one : other).attrGroupId] },
        });
        resourceOf(group).addPropertyOverride('LaunchTemplate', { Id: template.ref, Version: template.attrLatestVersionNumber });
      },
    }).Judged;
    expect(withGroup('One')).not.toBe(withGroup('Other'));
  });

  test.each(['RoleName', 'Path'])('for another %s of the role of a node group, which CloudFormation creates anew then', (property) => {
    const withRole = (value: string) => guarded({
      change: (_, group) => (group.node.findChild('NodeGroupRole').node.defaultChild as CfnResource).addPropertyOverride(property, value),
    }).Judged;
    expect(withRole('/one/')).not.toBe(withRole('/other/'));
    const given = (value: string) => guarded({
      change: (_, group) => Object.assign(group.node.findChild('NodeGroupRole').node.defaultChild as CfnResource, {
        [property[0].toLowerCase() + property.slice(1)]: value,
      }),
    }).Judged;
    expect(given('/one/')).not.toBe(given('/other/'));
    expect(given('/one/')).toBe(withRole('/one/'));
  });

  test('for the value of a parameter', () => {
    const byParameter = guarded({
      change: (stack, group) => (
        resourceOf(group) as unknown as { capacityType: string }
      ).capacityType = new CfnParameter(stack, 'Capacity').valueAsString,
    });
    expect(JSON.stringify(byParameter.Values)).toContain('{"Ref":"Capacity"}');
  });

  test('for the value of a parameter in a text', () => {
    const inText = guarded({
      change: (stack, group) => {
        new CfnParameter(stack, 'Stage');
        resourceOf(group).addPropertyOverride('NodegroupName', Fn.sub('${Stage}-workers'));
      },
    });
    expect(JSON.stringify(inText.Values)).toContain('{"Ref":"Stage"}');
  });

  test.each<[string, (group: eks.Nodegroup, condition: CfnCondition) => void]>([
    ['a node group depends', (group, condition) => { resourceOf(group).cfnOptions.condition = condition; }],
    ['a node group depends by override', (group, { logicalId }) => resourceOf(group).addOverride('Condition', logicalId)],
    ['a property depends', (group, { logicalId }) =>
      resourceOf(group).addPropertyOverride('InstanceTypes', [Fn.conditionIf(logicalId, 'm7i.large', 'm7i.xlarge')])],
    ['a launch template depends', (group, condition) => {
      const template = new ec2.CfnLaunchTemplate(group, 'Template', { launchTemplateData: {} });
      template.cfnOptions.condition = condition;
      resourceOf(group).addPropertyOverride('LaunchTemplate', { Id: template.ref, Version: '1' });
    }],
  ])('for the parameters of a condition, and for the condition, on which %s', (_, use) => {
    const withCondition = (stage: string) => guarded({
      change: (stack, group) => {
        const parameter = new CfnParameter(stack, 'Stage').valueAsString;
        const isStage = new CfnCondition(stack, 'IsStage', { expression: Fn.conditionEquals(parameter, stage) });
        use(group, new CfnCondition(stack, 'IsNot', { expression: Fn.conditionNot(isStage) }));
      },
    });
    expect(JSON.stringify(withCondition('live').Values)).toContain('{"Ref":"Stage"}');
    expect(withCondition('live').Judged).not.toBe(withCondition('test').Judged);
  });

  describe('by values that are there while conditions hold', () => {
    const NOTHING = { Ref: 'AWS::NoValue' };

    /** What the guard of an app is told, in which a parameter decides whether there is a second security group. */
    function told(
      change: (stack: Stack, group: eks.Nodegroup, more: { readonly condition: CfnCondition; readonly ssh: ec2.CfnSecurityGroup }) => void,
    ) {
      const { Values } = guarded({
        change: (stack, group) => {
          const expression = Fn.conditionEquals(new CfnParameter(stack, 'WithSsh').valueAsString, 'yes');
          const condition = new CfnCondition(stack, 'HasSsh', { expression });
          const ssh = new ec2.CfnSecurityGroup(stack, 'Ssh', { groupDescription: 'ssh' });
          change(stack, group, { condition, ssh });
        },
      });
      return Object.values(Values as object);
    }

    const access = (ssh: ec2.CfnSecurityGroup) => ({ Ec2SshKey: 'key', SourceSecurityGroups: [ssh.attrGroupId] });
    const source = { 'Fn::GetAtt': ['Ssh', 'GroupId'] };

    test.each<[string, Parameters<typeof told>[0]]>([
      ['that a conditional node group refers to', (_, group, { condition, ssh }) => {
        ssh.cfnOptions.condition = condition;
        resourceOf(group).cfnOptions.condition = condition;
        resourceOf(group).addPropertyOverride('RemoteAccess', access(ssh));
      }],
      ['that a property refers to by a choice', (_, group, { condition, ssh }) => {
        ssh.cfnOptions.condition = condition;
        resourceOf(group).addPropertyOverride('RemoteAccess', Fn.conditionIf(condition.logicalId, access(ssh), NOTHING));
      }],
      ['with its condition by override', (_, group, { condition, ssh }) => {
        ssh.addOverride('Condition', condition.logicalId);
        resourceOf(group).addPropertyOverride('RemoteAccess', Fn.conditionIf(condition.logicalId, access(ssh), NOTHING));
      }],
    ])('a resource %s', (_, change) => {
      const values = told(change);
      expect(values).toContainEqual({ 'Fn::If': ['HasSsh', source, NOTHING] });
      expect(values).not.toContainEqual(source);
      expect(values).toContainEqual({ Ref: 'WithSsh' });
    });

    test('not of a resource that is always there', () => {
      expect(told((_, group, { condition, ssh }) => {
        resourceOf(group).cfnOptions.condition = condition;
        resourceOf(group).addPropertyOverride('RemoteAccess', access(ssh));
      })).toContainEqual(source);
    });

    test('subnets that are made or given', () => {
      const values = told((stack, group, { condition }) => {
        const subnet = new ec2.CfnSubnet(stack, 'Made', { vpcId: 'vpc-1' });
        subnet.cfnOptions.condition = condition;
        resourceOf(group).addPropertyOverride('Subnets', [
          Fn.conditionIf(condition.logicalId, subnet.ref, new CfnParameter(stack, 'Given').valueAsString),
        ]);
      });
      expect(values).toContainEqual({ 'Fn::If': ['HasSsh', { Ref: 'Made' }, NOTHING] });
      expect(values).toContainEqual({ Ref: 'Given' });
      expect(values).not.toContainEqual({ Ref: 'Made' });
    });

    const elsewhere: [string, unknown][] = [
      ['an export', { 'Fn::ImportValue': 'optional' }],
      ['an output of another stack', { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'optional' } }],
      ['a parameter of Systems Manager', '{{resolve:ssm:/optional}}'],
    ];
    test.each(elsewhere)('%s, where it is chosen, and while its node group is there', (_, value) => {
      const labelled = (label: (condition: string, other: string) => unknown, isConditional = false) => told(
        (stack, group, { condition }) => {
          const other = new CfnCondition(stack, 'Other', { expression: Fn.conditionNot(condition) });
          if (isConditional) resourceOf(group).cfnOptions.condition = condition;
          resourceOf(group).addPropertyOverride('Labels', { b: label(condition.logicalId, other.logicalId) });
        },
      );
      expect(labelled(() => value)).toContainEqual(value);
      expect(labelled((condition) => Fn.conditionIf(condition, value, 'none')))
        .toContainEqual({ 'Fn::If': ['HasSsh', value, NOTHING] });
      expect(labelled((condition) => Fn.conditionIf(condition, 'none', value)))
        .toContainEqual({ 'Fn::If': ['HasSsh', NOTHING, value] });
      expect(labelled((condition, other) => Fn.conditionIf(condition, 'none', Fn.conditionIf(other, value, 'none'))))
        .toContainEqual({ 'Fn::If': ['HasSsh', NOTHING, { 'Fn::If': ['Other', value, NOTHING] }] });
      expect(labelled(() => value, true)).toContainEqual({ 'Fn::If': ['HasSsh', value, NOTHING] });
    });

    test('the same export chosen by a condition, and by its opposite', () => {
      const value = { 'Fn::ImportValue': 'optional' };
      const values = told((_, group, { condition: { logicalId } }) => resourceOf(group).addPropertyOverride('Labels', {
        b: Fn.conditionIf(logicalId, value, 'none'), c: Fn.conditionIf(logicalId, 'none', value),
      }));
      expect(values.filter((one) => JSON.stringify(one).includes('optional'))).toHaveLength(2);
    });

    test('another subnet behind the same condition', () => {
      const inSubnet = (id: string) => guarded({
        change: (stack, group) => {
          const condition = new CfnCondition(stack, 'IsMade');
          const [one, other] = ['One', 'Other'].map((name) => new ec2.CfnSubnet(stack, name, { vpcId: 'vpc-1' }));
          [one, other].forEach(({ cfnOptions }) => { cfnOptions.condition = condition; });
          const cluster = group.cluster as UpgradableCluster;
          (cluster.node.defaultChild as CfnResource).addPropertyOverride('ResourcesVpcConfig.SubnetIds', [one.ref, other.ref]);
          resourceOf(group).addPropertyOverride('Subnets', [id === 'One' ? one.ref : other.ref]);
        },
      });
      expect(inSubnet('One').Judged).not.toBe(inSubnet('Other').Judged);
      expect(inSubnet('One').Values).toEqual(inSubnet('Other').Values);
    });
  });

  test.each(CROSS_STACK_REFERENCES)('for what another stack makes, by %s references', (references) => {
    const network = newStack({ id: 'Network', context: { '@aws-cdk/core:defaultCrossStackReferences': references } });
    const vpc = new ec2.Vpc(network, 'Vpc', { maxAzs: 2 });
    const app = network.node.root as App;
    const stack = newStack({ id: 'Clusters', app });
    const cluster = upgradableCluster(stack, { vpc });
    const nodes = newStack({ id: 'Nodes', app });
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster, amiTracking: PINNED });

    const valuesIn = (where: Stack) => Object.values(theOnly(resourcesOf(where), GUARD).Properties.Values as object);
    const subnetsOfCluster = theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').Properties.ResourcesVpcConfig.SubnetIds;
    const { Subnets: subnets, ClusterName: clusterName } = theOnly(resourcesOf(nodes), 'AWS::EKS::Nodegroup').Properties;
    expect(JSON.stringify(subnets)).toContain(references === 'strong' ? 'Fn::ImportValue' : 'Fn::GetStackOutput');
    expect(valuesIn(stack)).toEqual(expect.arrayContaining(subnetsOfCluster));
    expect(valuesIn(nodes)).toEqual(expect.arrayContaining([...subnets, clusterName]));
  });

  test('for what a mapping holds', () => {
    const mapped = (instanceType: string) => guarded({
      change: (stack, group) => {
        const types = new CfnMapping(stack, 'Types', { mapping: { test: { of: 'm7i.large' }, live: { of: instanceType } } });
        resourceOf(group).addPropertyOverride('InstanceTypes', [types.findInMap(new CfnParameter(stack, 'Stage').valueAsString, 'of')]);
      },
    });
    expect(mapped('m7i.large').Judged).not.toBe(mapped('m7i.xlarge').Judged);
    expect(JSON.stringify(mapped('m7i.large').Values)).toContain('{"Ref":"Stage"}');
  });

  test('for another role of the cluster, by its value', () => {
    expect(JSON.stringify(guarded().Values)).toMatch(/\{"Fn::GetAtt":\["ClusterRole\w+","Arn"\]\}/);
  });

  test('not when only the code is arranged otherwise, or a resource has another logical ID', () => {
    expect(guarded({ options: { labels: { a: '2', b: '1' } } })).toEqual(guarded());
    expect(guarded({ id: 'Renamed' })).toEqual(guarded());
  });

  test('when a node group with a name of its own has another logical ID: no second one can be made beside it', () => {
    const named = (id: string) => guarded({ id, options: { nodegroupName: 'workers' } }).Judged;
    expect(named('Renamed')).not.toBe(named('Workers'));
  });

  const image = (id: string) => GoldenImage.pinned(id, {
    family: AmiFamily.AMAZON_LINUX_2023, kubernetesVersion: eks.KubernetesVersion.of('1.36'),
  });

  test.each<[string, ManagedNodeGroupOptions[], string[]]>([
    ['a release', ['1.36.2-20261104', '1.36.2-20261111'].map((release) => ({ amiTracking: AmiTracking.pinned(release) })), ['Judged']],
    ['a golden image', ['ami-0123456789abcde07', 'ami-0123456789abcde08'].map((id) => ({
      goldenImage: image(id), nodeLaunch: { serviceCidr: '172.20.0.0/16' },
    })), ['Judged']],
  ])('by two properties at most, each a line, however many node groups there are: %s', (_, options, expected) => {
    const [before, after] = options.map((option) => {
      const stack = newStack();
      const cluster = upgradableCluster(stack);
      Array.from({ length: 20 }, (__, number) => cluster.addManagedNodeGroup(`Workers${number}`, option));
      return theOnly(resourcesOf(stack), GUARD).Properties as Record<string, unknown>;
    });
    const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
    expect(changed).toEqual(expected);
    changed.forEach((name) => {
      expect(after[name]).toEqual(expect.any(String));
      expect(String(after[name]).length).toBeLessThan(160);
    });
  });
});

describe('node groups in another stack', () => {
  function apart(upgradeGuard?: UpgradeGuard) {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { upgradeGuard });
    const nodes = newStack({ id: 'Nodes', app: stack.node.root as never });
    const groups = ['A', 'B'].map((id) => new ManagedNodeGroupWithAmiTracking(nodes, id, { cluster, amiTracking: PINNED }));
    return { stack, nodes, groups };
  }

  test('have a guard there, which runs before them', () => {
    const { stack, nodes } = apart(UpgradeGuard.warnOnly({ ignore: ['node-group-health'] }));
    const resources = resourcesOf(nodes);
    const guard = theOnly(resources, GUARD);
    const groups = ofType(resources, 'AWS::EKS::Nodegroup');
    expect(guard.Properties).toMatchObject({
      Mode: 'warn',
      Ignore: ['node-group-health'],
      ClusterName: Object.values(groups)[0].Properties.ClusterName,
      Judged: expect.stringMatching(/^\?\/[0-9a-f]{24}$/),
    });
    Object.values(groups).forEach(({ DependsOn }) => expect(DependsOn).toContain(guard.logicalId));
    expect(stack.dependencies).toEqual([]);
  });

  test('have none where the cluster has none', () => {
    expect(ofType(resourcesOf(apart(UpgradeGuard.disabled()).nodes), GUARD)).toEqual({});
  });

  test('nested below the cluster\'s stack have theirs there', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    const nested = new NestedStack(stack, 'Nested');
    const workers = new ManagedNodeGroupWithAmiTracking(nested, 'Workers', { cluster, amiTracking: PINNED });
    const group = theOnly(resourcesOf(nested), 'AWS::EKS::Nodegroup');
    expect(group.DependsOn).toContain(theOnly(resourcesOf(nested), GUARD).logicalId);
    expect(lateWarnings(workers)).toEqual([acknowledgeable(warnings.guardedAfterControlPlane({}))]);
  });

  test.each<[string, (stack: Stack) => ManagedNodeGroupWithAmiTracking]>([
    ["in the cluster's stack", (stack) => upgradableCluster(stack).addManagedNodeGroup('Workers', { amiTracking: PINNED })],
    ['in another stack, which is deployed by itself', (stack) => new ManagedNodeGroupWithAmiTracking(newStack({
      app: stack.node.root as App, id: 'Nodes',
    }), 'Workers', {
      cluster: upgradableCluster(stack), amiTracking: PINNED,
    })],
    ['without a guard', (stack) => new ManagedNodeGroupWithAmiTracking(new NestedStack(stack, 'Nested'), 'Workers', {
      cluster: upgradableCluster(stack, { upgradeGuard: UpgradeGuard.disabled() }), amiTracking: PINNED,
    })],
  ])('%s, no warning says that it comes late', (_, make) => {
    expect(lateWarnings(make(newStack()))).toEqual([]);
  });
});

describe('all guards of a stack run before all clusters of it', () => {
  test('in whatever order they are made, a cluster without a guard included', () => {
    const stack = newStack();
    ['Blue', 'Green'].forEach((id) => upgradableCluster(stack, { id }));
    upgradableCluster(stack, { id: 'Bare', upgradeGuard: UpgradeGuard.disabled() });
    const resources = resourcesOf(stack);
    const guards = Object.keys(ofType(resources, GUARD));
    expect(guards).toHaveLength(2);
    Object.values(ofType(resources, 'AWS::EKS::Cluster')).forEach(
      ({ DependsOn }) => expect(DependsOn).toEqual(expect.arrayContaining(guards)),
    );
  });

  describe('without a cycle where node groups are in the stack around that of their cluster', () => {
    const groupAround = (cluster: eks.ICluster, stack: Stack) =>
      new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster, amiTracking: PINNED });

    test.each<[string, (nested: Stack, stack: Stack) => void]>([
      ['an UpgradableCluster', (nested, stack) => groupAround(upgradableCluster(nested), stack)],
      ['one with a name of its own', (nested, stack) => groupAround(upgradableCluster(nested, { clusterName: 'inner' }), stack)],
      ['one of aws-eks', (nested, stack) => {
        const cluster = new eksv1.Cluster(nested, 'Old', {
          version: eksv1.KubernetesVersion.of('1.36'),
          defaultCapacity: 0,
          kubectlLayer: new KubectlV36Layer(nested, 'Kubectl'),
          authenticationMode: eksv1.AuthenticationMode.API,
        });
        groupAround(ClusterUpgrades.ofAwsEks(nested, 'Upgrades', { cluster }).cluster, stack);
      }],
      ['one that is taken by its name', (nested, stack) => {
        const { clusterName } = upgradableCluster(nested);
        ClusterUpgrades.ofImported(stack, 'Upgrades', { clusterName, version: eks.KubernetesVersion.of('1.36') });
      }],
    ])('%s', (_, make) => {
      const another = (stack: Stack) => upgradableCluster(stack, { id: 'Another' });
      for (const isBefore of [true, false]) {
        for (const depth of [1, 2]) {
          const stack = newStack();
          let nested = stack;
          for (let level = 0; level < depth; level++) nested = new NestedStack(nested, `Nested${level}`);
          if (isBefore) another(stack);
          make(nested, stack);
          if (!isBefore) another(stack);
          expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
        }
      }
    });

    test('the guard may still look at its own cluster only, and waits for that permission', () => {
      const stack = newStack();
      groupAround(upgradableCluster(new NestedStack(stack, 'Nested')), stack);
      const resources = resourcesOf(stack);
      const [[policyId, policy]] = Object.entries(ofType(resources, 'AWS::IAM::Policy')).filter(([id]) => id.includes('NodeGroupGuard'));
      const role = Object.values(ofType(resources, 'AWS::IAM::Role')).find(({ Properties }) => Properties.Policies);
      const output = { 'Fn::GetAtt': [expect.stringContaining('Nested'), expect.stringContaining('Outputs')] };

      expect(theOnly(resources, GUARD).DependsOn).toContain(policyId);
      const arns = policy.Properties.PolicyDocument.Statement.flatMap(({ Resource }: { Resource: unknown }) => Resource);
      arns.forEach((arn: any) => expect(arn['Fn::Join'][1]).toContainEqual(output));
      expect(JSON.stringify(role)).not.toMatch(/:(cluster|nodegroup|addon)\//);
    });

    test('elsewhere the permissions are one document', () => {
      const stack = newStack();
      const cluster = upgradableCluster(stack);
      const nodes = newStack({ id: 'Nodes', app: stack.node.root as App });
      groupAround(cluster, nodes);
      const nested = new NestedStack(stack, 'Nested');
      groupAround(cluster, nested);
      [nodes, nested].forEach((each) => expect(ofType(resourcesOf(each), 'AWS::IAM::Policy')).toEqual({}));
    });
  });

  test('before nested stacks with clusters, too', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    upgradableCluster(nested, { id: 'Inner' });
    upgradableCluster(stack, { id: 'Outer' });
    const resources = resourcesOf(stack);
    expect(theOnly(resources, 'AWS::CloudFormation::Stack').DependsOn).toContain(theOnly(resources, GUARD).logicalId);
  });
});
