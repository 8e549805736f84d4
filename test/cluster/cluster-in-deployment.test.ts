import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, CfnParameter, CfnResource, Duration, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { awsEksCluster, GUARD, NODE_GROUP } from './_aws-eks';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import { DependencyGraph } from './dependency-graph';
import { AmiTracking, ClusterUpgrades, ManagedAddOn, UpgradeGuard } from '../../src';
import { says, warnings } from '../../src/cluster/messages';
import { CLUSTER_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { clusterIn, importedVpc } from '../node-group/_fixtures';

/* a cluster that an app makes as a mere resource, or by another construct, and takes by its name */

const CLUSTER = 'AWS::EKS::Cluster';
const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };
const V1_36 = eks.KubernetesVersion.of('1.36');
const ROLE = 'arn:aws:iam::111122223333:role/cluster';

function raw(scope: Construct, props: Partial<eksv1.CfnClusterProps> = {}): eksv1.CfnCluster {
  return new eksv1.CfnCluster(scope, 'Raw', { version: '1.36', roleArn: ROLE, resourcesVpcConfig: { subnetIds: ['subnet-1'] }, ...props });
}

type Props = Partial<Parameters<typeof ClusterUpgrades.ofImported>[2]>;

function byName(scope: Construct, clusterName: string, props: Props = {}): ClusterUpgrades {
  return ClusterUpgrades.ofImported(scope, 'Upgrades', { clusterName, version: V1_36, vpc: importedVpc(scope, 'Vpc'), ...props });
}

function included(stack: Stack, version: unknown): string {
  const templateFile = join(mkdtempSync(join(tmpdir(), 'included-')), 'template.json');
  const Properties = { Version: version, RoleArn: ROLE, ResourcesVpcConfig: { SubnetIds: ['subnet-1'] } };
  writeFileSync(templateFile, JSON.stringify({
    Parameters: { Minor: { Type: 'String', Default: '1.36' } }, Resources: { Raw: { Type: CLUSTER, Properties } },
  }));
  return new CfnInclude(stack, 'Included', { templateFile }).getResource('Raw').ref;
}

const WAYS: Record<string, (stack: Stack) => ClusterUpgrades> = {
  'ofImported()': (stack) => byName(stack, raw(stack).ref),
  'ofAwsEksV2()': (stack) => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Import', { clusterName: raw(stack).ref, vpc: importedVpc(stack, 'Vpc') }),
  }),
  'ofAwsEks()': (stack) => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
    cluster: eksv1.Cluster.fromClusterAttributes(stack, 'Import', { clusterName: raw(stack).ref, vpc: importedVpc(stack, 'Vpc') }),
  }),
  'CfnInclude': (stack) => byName(stack, included(stack, '1.36')),
  'CfnInclude with a parameter': (stack) => byName(stack, included(stack, { Ref: 'Minor' })),
  'a resource without class': (stack) => byName(stack, new CfnResource(stack, 'Raw', { type: CLUSTER, properties: { Version: '1.36' } }).ref),
  'the L2 of aws-eks-v2': (stack) => byName(stack, clusterIn(stack, '1.36').clusterName),
};

describe.each(Object.entries(WAYS))('a cluster of the stack that is taken by its name, by %s', (_, make) => {
  const made = () => {
    const stack = newStack();
    const upgrades = make(stack);
    upgrades.addManagedAddOn(ManagedAddOn.vpcCni());
    upgrades.addManagedNodeGroup('Workers', PINNED);
    return { stack, upgrades };
  };

  test('waits for its guard, which refers to nothing of it', () => {
    const { stack } = made();
    const resources = resourcesOf(stack);
    const [cluster, guard] = [theOnly(resources, CLUSTER), theOnly(resources, GUARD)];
    expect(cluster.DependsOn).toContain(guard.logicalId);
    expect(JSON.stringify(guard.Properties)).not.toContain(`"${cluster.logicalId}"`);
    expect(Object.keys(guard.Properties)).not.toContain('Imported');
    expect(theOnly(resources, NODE_GROUP).Properties.ClusterName).toEqual({ Ref: cluster.logicalId });
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
  });

  test('is judged with its nodes', () => {
    const judged = (change: (upgrades: ClusterUpgrades) => void) => {
      const { stack, upgrades } = made();
      change(upgrades);
      return theOnly(resourcesOf(stack), GUARD).Properties.Judged;
    };
    expect(judged((upgrades) => upgrades.addManagedNodeGroup('More', PINNED))).not.toBe(judged(() => {}));
  });

  test('is found by tools: they are told its place in the template', () => {
    const { stack, upgrades } = made();
    const { logicalId } = theOnly(resourcesOf(stack), CLUSTER);
    const metadata = upgrades.node.metadata.find(({ type }) => type === CLUSTER_METADATA_TYPE)!.data;
    expect(stack.resolve(metadata)).toMatchObject({ logicalId, version: '1.36', ignoresContext: true });
  });
});

test('the guard judges the version that its resource has', () => {
  const stack = newStack();
  byName(stack, raw(stack).ref);
  expect(theOnly(resourcesOf(stack), GUARD).Properties.Judged).toMatch(/^1\.36\//);
});

test('a version that is a parameter of the template is judged in the deployment', () => {
  const stack = newStack();
  const { kubernetesVersion } = byName(stack, raw(stack, { version: new CfnParameter(stack, 'Minor').valueAsString }).ref);
  const { Judged, Values } = theOnly(resourcesOf(stack), GUARD).Properties;
  expect([kubernetesVersion, Judged]).toEqual(['1.36', expect.stringMatching(/^\?\//)]);
  expect(Object.values(Values)).toContainEqual({ Ref: 'Minor' });
});

test('its control plane can be baked and forced, and its name narrows permissions', () => {
  const stack = newStack();
  const cluster = eks.Cluster.fromClusterAttributes(stack, 'Import', { clusterName: raw(stack, { name: 'prod' }).ref });
  ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', {
    cluster, controlPlaneBake: { duration: Duration.minutes(5) }, upgradeGuard: UpgradeGuard.enforce({ force: true, ignore: ['upgrade-insights'] }),
  });
  const resources = resourcesOf(stack);
  expect(theOnly(resources, CLUSTER).Properties.Force).toBe(true);
  expect(theOnly(resources, 'Custom::EksBake').DependsOn).toBeDefined();
  expect(JSON.stringify(ofType(resources, 'AWS::IAM::Role'))).toContain(':cluster/prod"');
});

describe('fails', () => {
  const refused = (act: (stack: Stack) => unknown) => {
    const stack = newStack();
    return expect(() => {
      act(stack);
      resourcesOf(stack);
    });
  };

  test('where its resource is given another version, at once or later', () => {
    refused((stack) => byName(stack, raw(stack).ref, { version: eks.KubernetesVersion.of('1.35') }))
      .toThrow(`${sentence(says.versionDiffers({ version: '1.35', construct: 'Stack/Raw', kubernetesVersion: '1.36' }))} [Stack/Upgrades]`);
    refused((stack) => {
      const resource = raw(stack);
      byName(stack, resource.ref);
      resource.version = '1.37';
    }).toThrow(sentence(saysOfNodeGroup.versionRenderedOtherwise({ rendered: '1.37', version: '1.36' })));
  });

  test('a second time in its stack, or beside an UpgradableCluster: all would wait for each other', () => {
    refused((stack) => {
      const { ref } = raw(stack);
      byName(stack, ref);
      ClusterUpgrades.ofImported(stack, 'Others', { clusterName: ref, version: V1_36 });
    }).toThrow(`${sentence(says.clusterHasUpgrades({ cluster: 'Stack/Raw' }))} [Stack/Others]`);
    refused((stack) => byName(stack, upgradableCluster(stack).clusterName)).toThrow(sentence(says.clusterHasUpgrades({ cluster: 'Stack/Cluster' })));
  });
});

describe('one that moves in the same deployment without waiting for a guard is warned of:', () => {
  const warnedOf = (act: (stack: Stack) => ClusterUpgrades) => {
    const stack = newStack();
    const upgrades = act(stack);
    resourcesOf(stack);
    return upgrades.node.metadata.map(({ data }) => data).filter((data) => String(data).includes('clusterUnguarded'));
  };
  const named = (stack: Stack, props: Props = {}) => {
    raw(stack, { name: 'prod' });
    return byName(stack, 'prod', props);
  };

  test.each<[string, (stack: Stack) => ClusterUpgrades, 'clusterUnguarded' | 'clusterUnguarded:elsewhere', string]>([
    ['both have their name as a text', (stack) => named(stack), 'clusterUnguarded', 'Stack/Raw'],
    ['both have their name as a text, the cluster later', (stack) => {
      const upgrades = byName(stack, 'prod');
      raw(stack, { name: 'prod' });
      return upgrades;
    }, 'clusterUnguarded', 'Stack/Raw'],
    ['it is in a stack nested below', (stack) => byName(stack, raw(new NestedStack(stack, 'Nested')).ref), 'clusterUnguarded:elsewhere', 'Stack/Nested/Raw'],
    ['it is in the stack around', (stack) => byName(new NestedStack(stack, 'Nested'), raw(stack).ref), 'clusterUnguarded:elsewhere', 'Stack/Raw'],
    [
      'it is made with aws-eks, of which its own module knows more', (stack) => byName(stack, awsEksCluster(stack).clusterName),
      'clusterUnguarded:elsewhere', 'Stack/Cluster',
    ],
  ])('%s', (_, act, reason, cluster) => {
    expect(warnedOf(act)).toEqual([expect.stringContaining(sentence(warnings[reason]({ cluster })))]);
  });

  test('but not without a guard, nor where something else guards it, in whatever order', () => {
    expect(warnedOf((stack) => named(stack, { upgradeGuard: UpgradeGuard.disabled() }))).toEqual([]);
    expect(warnedOf((stack) => {
      const { ref } = raw(stack, { name: 'prod' });
      const parts = byName(new NestedStack(stack, 'Parts'), ref);
      byName(stack, ref);
      return parts;
    })).toEqual([]);
    expect(warnedOf((stack) => {
      byName(stack, raw(stack, { name: 'prod' }).ref);
      return byName(new NestedStack(stack, 'Parts'), 'prod');
    })).toEqual([]);
  });
});

test('node groups of another resource may be deployed later, as where nobody had seen the cluster', () => {
  const stack = newStack();
  const { ref } = raw(stack);
  byName(stack, ref).addManagedAddOn(ManagedAddOn.coreDns());
  new eksv1.CfnNodegroup(newStack({ id: 'Nodes', app: stack.node.root as App }), 'Workers', { clusterName: ref, nodeRole: ROLE, subnets: ['subnet-1'] });
  expect(() => resourcesOf(stack)).not.toThrow();
});

describe('stays an imported one', () => {
  const isImported = (make: (stack: Stack) => Stack) => {
    const { Imported } = theOnly(resourcesOf(make(newStack())), GUARD).Properties;
    return Imported === 'true';
  };
  const with_ = (act: (stack: Stack) => void) => (stack: Stack) => {
    act(stack);
    return stack;
  };

  test.each<[string, (stack: Stack) => Stack]>([
    ['whose resource is in a stack that is deployed before', (stack) => {
      const other = newStack({ id: 'Other', app: stack.node.root as App });
      byName(other, raw(stack).ref);
      return other;
    }],
    ['whose resource has no version, which the app then does not move', with_((stack) => byName(stack, raw(stack, { version: undefined }).ref))],
    ['whose name is that of a cluster in another stack', (stack) => {
      raw(newStack({ id: 'Other', app: stack.node.root as App }), { name: 'prod' });
      byName(stack, 'prod');
      return stack;
    }],
    ['whose name begins as that of another', with_((stack) => byName(stack, `${raw(stack).ref}-green`, { version: eks.KubernetesVersion.of('1.35') }))],
    ['whose name is a parameter', with_((stack) => byName(stack, new CfnParameter(stack, 'Name').valueAsString))],
    ['that is guarded in a nested stack', with_((stack) => byName(stack, upgradableCluster(new NestedStack(stack, 'Nested')).clusterName))],
    ['that is guarded in a nested stack, by a name as text', with_((stack) => {
      upgradableCluster(new NestedStack(stack, 'Nested'), { clusterName: 'prod' });
      byName(stack, 'prod');
    })],
  ])('one %s', (_, make) => {
    expect(isImported(make)).toBe(true);
  });
});
