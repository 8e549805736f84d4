import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnParameter, CfnResource, NestedStack, Stack } from 'aws-cdk-lib/core';
import { AddOnVersion, ClusterUpgrades, ManagedAddOn, TrackedAddOnChoice, UpgradableClusterProps } from '../../src';
import { ADD_ON_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { ADD_ON_VARIABLE } from '../../src/engine/eks/add-on-look-up';
import { sentence } from '../../src/engine/messages/sentence';
import { says } from '../../src/tracking/messages';
import { NO_STAGING, newStack, ofType, resourcesOf, theOnly, upgradableCluster } from '../cluster/_fixtures';

const KEY = 'cdk-eks-upgrades:add-on:account=111122223333:addOn=coredns:choice=recommended:cluster=prod:kubernetesVersion=1.36:region=us-west-2';
const OF_1_35 = KEY.replace('1.36', '1.35');
const VERSION = 'v1.12.4-eksbuild.1';

function tracked(context: Record<string, unknown> = {}, props: Partial<UpgradableClusterProps> = {}, version = AddOnVersion.tracked()) {
  const stack = newStack({ context });
  const cluster = upgradableCluster(stack, { clusterName: 'prod', ...props });
  const addon = cluster.addManagedAddOn(ManagedAddOn.coreDns({ version, neededByNodes: true }));
  return { stack, addon, app: stack.node.root as App };
}

const trackedVpcCni = () => [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })];

function errorsIn(stack: Stack): string[] {
  return Annotations.fromStack(stack).findError('*', Match.anyValue()).map(({ entry }) => String(entry.data));
}

afterEach(() => { delete process.env[ADD_ON_VARIABLE]; });

test('the template holds the version of the context, and resolves nothing at deployment', () => {
  const { stack } = tracked({ [KEY]: { version: VERSION, seen: { 'v1.13.2-eksbuild.3': '2026-11-01' } } });
  const resources = resourcesOf(stack);
  expect(theOnly(resources, 'AWS::EKS::Addon').Properties.AddonVersion).toBe(VERSION);
  expect(ofType(resources, 'Custom::EksAddOnVersions')).toEqual({});
  expect(errorsIn(stack)).toEqual([]);
});

test.each<[string, Partial<UpgradableClusterProps>, AddOnVersion, string]>([
  ['the choice', {}, AddOnVersion.tracked({ choice: TrackedAddOnChoice.LATEST }), KEY.replace('recommended', 'latest')],
  ['the Kubernetes version', { version: eks.KubernetesVersion.of('1.35') }, AddOnVersion.tracked(), OF_1_35],
  [
    'the construct path of a cluster without a name', { clusterName: undefined }, AddOnVersion.tracked(),
    KEY.replace('=prod', '=Stack/Cluster'),
  ],
])('%s has an entry of its own', (_, props, version, key) => {
  expect(errorsIn(tracked({ [key]: { version: VERSION } }, props, version).stack)).toEqual([]);
  expect(errorsIn(tracked({ [KEY]: { version: VERSION } }, props, version).stack)).toHaveLength(1);
});

test('tools find the entry in the metadata', () => {
  const { stack, addon } = tracked({ [KEY]: { version: VERSION } });
  const { data } = addon.node.metadata.find(({ type }) => type === ADD_ON_METADATA_TYPE)!;
  expect(stack.resolve(data)).toMatchObject({
    policy: 'tracked',
    version: VERSION,
    tracked: {
      contextKey: KEY, choice: 'recommended', kubernetesVersion: '1.36', cluster: 'prod', live: { clusterName: 'prod' },
    },
  });
});

test('and in it the logical ID of a cluster whose name CloudFormation makes up, though it is overridden later', () => {
  const { stack, addon } = tracked({}, { clusterName: undefined });
  const cluster = stack.node.findChild('Cluster').node.findAll()
    .find((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::EKS::Cluster');
  cluster!.overrideLogicalId('Renamed');
  const { data } = addon.node.metadata.find(({ type }) => type === ADD_ON_METADATA_TYPE)!;
  expect(stack.resolve(data).tracked.live).toEqual({ stackName: 'Stack', logicalId: 'Renamed' });
});

describe('what is not in the context yet', () => {
  test('is an error that names the command where there is no plugin', () => {
    const { stack, app } = tracked();
    expect(errorsIn(stack)).toEqual([
      expect.stringMatching(
        /^the version of add-on coredns for Kubernetes 1\.36 is not in cdk\.context\.json yet: look it up with: npx cdk-eks-upgrades refresh --add-ons --only Stack\/Cluster\/AddOnCoredns .*\[cdk-eks-upgrades:addOnVersionMissing\]$/,
      ),
    ]);
    expect(app.synth().manifest.missing).toBeUndefined();
  });

  test('is an error whose command a shell takes, whatever the construct is called', () => {
    const { stack } = tracked({}, { id: 'My Cluster' } as object);
    expect(errorsIn(stack)).toEqual([expect.stringContaining(' --only "Stack/My Cluster/AddOnCoredns" (or ')]);
  });

  test('is asked of the plugin, with what was tracked for the minor before', () => {
    process.env[ADD_ON_VARIABLE] = 'on';
    const { stack, app } = tracked({ [OF_1_35.replace('recommended', 'latest')]: { version: VERSION } });
    expect(errorsIn(stack)).toEqual([]);
    expect(app.synth().manifest.missing).toEqual([{
      key: KEY,
      provider: 'plugin',
      props: {
        pluginName: 'cdk-eks-upgrades-add-on',
        account: '111122223333',
        region: 'us-west-2',
        cluster: 'prod',
        kubernetesVersion: '1.36',
        addOn: 'coredns',
        choice: 'recommended',
        before: VERSION,
        live: { clusterName: 'prod' },
        lookupRoleArn: 'arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-west-2',
      },
    }]);
    expect(theOnly(resourcesOf(stack), 'AWS::EKS::Addon').Properties.AddonVersion).toBe('dummy-value-for-add-on-coredns');
  });

  test('of a cluster whose name CloudFormation makes up, the plugin is told stack and logical ID', () => {
    process.env[ADD_ON_VARIABLE] = 'on';
    const [{ props }] = tracked({}, { clusterName: undefined }).app.synth().manifest.missing!;
    expect(props).toMatchObject({ live: { stackName: 'Stack', logicalId: expect.stringMatching(/^Cluster/) } });
  });

  test.each<[string, (stack: Stack, clusterName: string) => void]>([
    ['a cluster of this app', (stack, clusterName) => upgradableCluster(stack, { clusterName, managedAddOns: trackedVpcCni() })],
    ['an imported cluster', (stack, clusterName) => ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName, version: eks.KubernetesVersion.of('1.36'), managedAddOns: trackedVpcCni(),
    })],
    ['a cluster of which a part of the name is looked up', (stack, clusterName) => upgradableCluster(stack, {
      clusterName: `${clusterName}-blue`, managedAddOns: trackedVpcCni(),
    })],
  ])('waits for the name of %s that is itself looked up', (_, build) => {
    for (const isThere of [true, false]) {
      if (isThere) process.env[ADD_ON_VARIABLE] = 'on';
      else delete process.env[ADD_ON_VARIABLE];
      const stack = newStack({ context: NO_STAGING });
      build(stack, StringParameter.valueFromLookup(stack, '/platform/eks/name'));
      expect(errorsIn(stack)).toEqual([]);
      expect((stack.node.root as App).synth().manifest.missing).toMatchObject([{ provider: 'ssm' }]);
      expect(theOnly(resourcesOf(stack), 'AWS::EKS::Addon').Properties.AddonVersion).toBe('dummy-value-for-add-on-vpc-cni');
    }
  });

  test('in a nested stack, the stack around it asks', () => {
    process.env[ADD_ON_VARIABLE] = 'on';
    const stack = newStack({ context: NO_STAGING });
    upgradableCluster(new NestedStack(stack, 'Nested'), { managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })] });
    expect((stack.node.root as App).synth().manifest.missing).toMatchObject([
      { props: { addOn: 'vpc-cni', cluster: 'Stack/Nested/Cluster', live: {} } },
    ]);
  });

  test('a failure of the look-up is an error with what was said', () => {
    const { stack } = tracked({ [KEY]: { $providerError: 'eks:DescribeAddonVersions failed: denied' } });
    expect(errorsIn(stack)).toEqual([
      expect.stringMatching(/could not be looked up: eks:DescribeAddonVersions failed: denied; .*addOnVersionLookupFailed\]$/),
    ]);
  });

  test.each([
    ['v1.12.4-eksbuild.1'], [{}], [null], [{ version: 'latest' }], [{ version: 12 }],
  ])('an entry that is %j is an error that names it', (value) => {
    const { stack } = tracked({ [KEY]: value });
    expect(errorsIn(stack)).toEqual([expect.stringContaining(`cdk context --reset "${KEY}"`)]);
  });
});

describe('fails', () => {
  test('in a stack without account and Region', () => {
    const stack = newStack({ env: null });
    expect(() => upgradableCluster(stack, { managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })] }))
      .toThrow(
        sentence(says.addOnWithoutEnvironment({ name: 'vpc-cni', stackName: 'Stack', missing: ['account', 'region'] })),
      );
  });

  test('with a Kubernetes version that is a token', () => {
    const stack = newStack();
    const version = eks.KubernetesVersion.of(new CfnParameter(stack, 'Version').valueAsString);
    expect(() => upgradableCluster(stack, { version, managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })] }))
      .toThrow(sentence(says.versionOfClusterIsToken({ name: 'vpc-cni' })));
  });
});

test('beside others, only the others are resolved at deployment', () => {
  const { stack } = tracked({ [KEY]: { version: VERSION } }, { managedAddOns: [ManagedAddOn.vpcCni()] });
  const { AddOns } = theOnly(resourcesOf(stack), 'Custom::EksAddOnVersions').Properties;
  expect(AddOns.map(({ Name }: { Name: string }) => Name)).toEqual(['vpc-cni']);
  Template.fromStack(stack);
});
