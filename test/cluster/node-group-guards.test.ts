import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Aspects, CfnParameter, CfnResource, NestedStack, Stack, Tags } from 'aws-cdk-lib/core';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import { AmiTracking, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking, UpgradeGuard } from '../../src';
import type { GuardedNodeGroup } from '../../src/engine/change/resource-properties';

const GUARD = 'Custom::EksUpgradeGuard';
const PINNED = AmiTracking.pinned('1.36.2-20261104');

interface Situation {
  readonly options?: ManagedNodeGroupOptions;
  /** What is done to the app besides. */
  readonly change?: (stack: Stack, group: eks.Nodegroup) => void;
}

/** The node group of a small app as its guard is told of it. */
function guarded({ options, change }: Situation = {}): GuardedNodeGroup {
  const stack = newStack();
  const group = upgradableCluster(stack).addManagedNodeGroup('Workers', { amiTracking: PINNED, labels: { b: '1', a: '2' }, ...options });
  change?.(stack, group);
  const [told] = theOnly(resourcesOf(stack), GUARD).Properties.NodeGroups;
  return told;
}

/** The names of the properties of which the guard is told that they change. */
function changed(before: GuardedNodeGroup, after: GuardedNodeGroup): string[] {
  return Object.keys({ ...before.Digests, ...after.Digests }).filter((name) => before.Digests[name] !== after.Digests[name]);
}

function resourceOf(group: eks.Nodegroup): CfnResource {
  return group.node.defaultChild as CfnResource;
}

describe('the guard is told', () => {
  test('of each node group its logical ID and its pair of versions', () => {
    expect(guarded()).toMatchObject({ LogicalId: expect.stringMatching(/^ClusterNodegroupWorkers/), Version: '1.36', ReleaseVersion: '1.36.2-20261104' });
    expect(guarded()).not.toHaveProperty('Name');
    expect(guarded({ options: { nodegroupName: 'workers' } })).toMatchObject({ Name: 'workers' });
  });

  test('of a release that CloudFormation finds, as it stands in the template', () => {
    expect(guarded({ options: { amiTracking: AmiTracking.recommendedAtDeployment() } }).ReleaseVersion).toEqual({ Ref: expect.stringContaining('SsmParameterValue') });
  });

  test('of versions by a parameter of the template, but not by what may be deployed after it', () => {
    const byParameter = guarded({
      change: (stack, group) => {
        (resourceOf(group) as unknown as { version: string }).version = new CfnParameter(stack, 'Version').valueAsString;
      },
    });
    expect(byParameter.Version).toEqual({ Ref: 'Version' });
    const byResource = guarded({
      change: (stack, group) => {
        const source = new CfnResource(stack, 'Source', { type: 'Custom::Versions' });
        (resourceOf(group) as unknown as { version: string }).version = source.getAtt('Version').toString();
      },
    });
    expect(byResource).not.toHaveProperty('Version');
  });

  test('in an order that the code does not decide', () => {
    const ids = (...names: string[]) => {
      const stack = newStack();
      const cluster = upgradableCluster(stack);
      names.forEach((name) => cluster.addManagedNodeGroup(name, { amiTracking: PINNED }));
      return theOnly(resourcesOf(stack), GUARD).Properties.NodeGroups.map(({ LogicalId }: GuardedNodeGroup) => LogicalId);
    };
    expect(ids('B', 'A')).toEqual(ids('A', 'B'));
  });
});

describe('of the other properties the guard is told', () => {
  test.each<[string, string[], Situation]>([
    ['a size', ['ScalingConfig'], { options: { maxSize: 7 } }],
    ['a label', ['Labels'], { options: { labels: { a: '2', b: '2' } } }],
    ['a tag of the app', ['Tags'], { change: (stack) => Tags.of(stack.node.root).add('sha', '1a2b3c') }],
    ['an escape hatch', ['UpdateConfig'], { change: (_, group) => resourceOf(group).addPropertyOverride('UpdateConfig.MaxUnavailable', 3) }],
    ['an Aspect', ['CapacityType'], {
      change: (stack) => Aspects.of(stack).add({
        visit: (node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EKS::Nodegroup' && node.addPropertyOverride('CapacityType', 'SPOT'),
      }),
    }],
  ])('what %s changes', (_, properties, situation) => {
    expect(changed(guarded(), guarded(situation))).toEqual(properties);
  });

  test('nothing when only the code is arranged otherwise', () => {
    expect(changed(guarded(), guarded({ options: { labels: { a: '2', b: '1' } } }))).toEqual([]);
  });

  test('nothing of a version', () => {
    expect(changed(guarded(), guarded({ options: { amiTracking: AmiTracking.pinned('1.36.2-20261111') } }))).toEqual([]);
  });

  describe('what a launch template of the app holds', () => {
    const withTemplate = (diskSize: number, version: (template: ec2.CfnLaunchTemplate) => string) => {
      const stack = newStack();
      const cluster = upgradableCluster(stack);
      const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { blockDeviceMappings: [{ ebs: { volumeSize: diskSize } }] } });
      cluster.addManagedNodeGroup('Workers', { amiTracking: PINNED, launchTemplateSpec: { id: template.ref, version: version(template) } });
      return theOnly(resourcesOf(stack), GUARD).Properties.NodeGroups[0] as GuardedNodeGroup;
    };

    test('where the node group follows it', () => {
      const follows = (template: ec2.CfnLaunchTemplate) => template.attrLatestVersionNumber;
      expect(changed(withTemplate(20, follows), withTemplate(50, follows))).toEqual(['LaunchTemplate']);
    });

    test.each<[string, (template: ec2.CfnLaunchTemplate) => string]>([
      ['a literal', () => '3'], ['the default one', (template) => template.attrDefaultVersionNumber],
    ])('but not where its version is %s', (_, version) => {
      expect(changed(withTemplate(20, version), withTemplate(50, version))).toEqual([]);
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
      NodeGroups: Object.keys(groups).map((LogicalId) => ({ LogicalId, Version: '1.36', ReleaseVersion: '1.36.2-20261104' })),
    });
    expect(guard.Properties).not.toHaveProperty('TargetVersion');
    Object.values(groups).forEach(({ DependsOn }) => expect(DependsOn).toContain(guard.logicalId));
    expect(theOnly(resourcesOf(stack), GUARD).Properties.NodeGroups).toEqual([]);
    expect(stack.dependencies).toEqual([]);
  });

  test('have none where the cluster has none', () => {
    expect(ofType(resourcesOf(apart(UpgradeGuard.disabled()).nodes), GUARD)).toEqual({});
  });

  test('nested below the cluster\'s stack have theirs there', () => {
    const stack = newStack();
    const cluster = upgradableCluster(stack);
    const nested = new NestedStack(stack, 'Nested');
    new ManagedNodeGroupWithAmiTracking(nested, 'Workers', { cluster, amiTracking: PINNED });
    expect(theOnly(resourcesOf(nested), GUARD).Properties.NodeGroups).toHaveLength(1);
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
    Object.values(ofType(resources, 'AWS::EKS::Cluster')).forEach(({ DependsOn }) => expect(DependsOn).toEqual(expect.arrayContaining(guards)));
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

test('the guard follows what escape hatches make of the support type', () => {
  const stack = newStack();
  const resource = upgradableCluster(stack).node.defaultChild as CfnResource;
  resource.addPropertyOverride('UpgradePolicy', { SupportType: 'STANDARD' });
  expect(theOnly(resourcesOf(stack), GUARD).Properties).toMatchObject({ TargetVersion: '1.36', SupportType: 'STANDARD' });
});
