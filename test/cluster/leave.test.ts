import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { newStack, ofType, Resources, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import {
  AddOnConflictPolicy, AddOnVersion, AmiTracking, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster,
} from '../../src';
import { importedVpc, instanceTypes } from '../node-group/_fixtures';

/* The steps of docs/leave.md */

describe('leaving this library', () => {
  const DNS = 'v1.13.2-eksbuild.1';

  function pinned(): Resources {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [ManagedAddOn.coreDns({ version: AddOnVersion.pinned(DNS) })] });
    cluster.addManagedNodeGroup('Workers', {
      eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, instanceTypes: instanceTypes('m7i.large'), amiTracking: AmiTracking.pinned('1.36.2-20260714'),
    });
    return resourcesOf(stack);
  }

  function exchanged(): Resources {
    const stack = newStack();
    const cluster = new eks.Cluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of('1.36'),
      vpc: importedVpc(stack, 'ClusterVpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
    });
    const workers = cluster.addNodegroupCapacity('Workers', {
      amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
      instanceTypes: instanceTypes('m7i.large'),
      releaseVersion: '1.36.2-20260714',
      forceUpdate: false,
    });
    (workers.node.defaultChild as CfnResource).addPropertyOverride('Version', '1.36');
    const coreDns = new eks.Addon(cluster, 'AddOnCoredns', { cluster, addonName: 'coredns', addonVersion: DNS, preserveOnDelete: true });
    (coreDns.node.defaultChild as CfnResource).addPropertyOverride('ResolveConflicts', 'PRESERVE');
    return resourcesOf(stack);
  }

  test('pinned first, the resolver of versions is gone', () => {
    expect(ofType(pinned(), 'Custom::EksAddOnVersions')).toEqual({});
  });

  test('then the classes exchanged, only guard and function are destroyed, and nothing changes', () => {
    const [before, after] = [pinned(), exchanged()];
    const destroyed = Object.keys(before).filter((id) => !(id in after));
    expect(destroyed.map((id) => before[id].Type).sort()).toEqual(
      ['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::EksUpgradeGuard']);
    const properties = (resources: Resources) => Object.fromEntries(Object.keys(after).map((id) => [id, resources[id]?.Properties]));
    expect(properties(after)).toEqual(properties(before));
  });

  test('what is left out leaves its software behind where nodes and DNS need it', () => {
    const stack = newStack();
    upgradableCluster(stack, {
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.podIdentityAgent(), ManagedAddOn.coreDns()],
    });
    expect(
      Object.values(ofType(resourcesOf(stack), 'AWS::EKS::Addon')).map(({ Properties }) => Properties.PreserveOnDelete),
    ).toEqual([true, true, true, true]);
  });
});

describe('moving CoreDNS to the stack of the nodes', () => {
  function world(add: (cluster: UpgradableCluster, nodes: Stack) => void): { stack: Stack; nodes: Stack; cluster: UpgradableCluster } {
    const stack = newStack();
    const nodes = newStack({ app: stack.node.root as App, id: 'Nodes' });
    const cluster = upgradableCluster(stack);
    new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster });
    add(cluster, nodes);
    return { stack, nodes, cluster };
  }

  test('it leaves its software behind in the first stack, which is deployed before the other takes it over', () => {
    const before = world((cluster) => {
      cluster.addManagedNodeGroup('Here');
      cluster.addManagedAddOn(ManagedAddOn.coreDns());
    });
    expect(theOnly(resourcesOf(before.stack), 'AWS::EKS::Addon').Properties.PreserveOnDelete).toBe(true);

    const conflictPolicy = AddOnConflictPolicy.OVERWRITE;
    const after = world((cluster, nodes) => cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope: nodes, conflictPolicy })));
    expect(ofType(resourcesOf(after.stack), 'AWS::EKS::Addon')).toEqual({});
    expect(theOnly(resourcesOf(after.nodes), 'AWS::EKS::Addon').Properties).toMatchObject({
      AddonName: 'coredns', ResolveConflicts: 'OVERWRITE',
    });
    expect(after.nodes.dependencies).toEqual([after.stack]);
    const logicalIdOf = ({ stack, cluster }: typeof before) => stack.resolve((cluster.node.defaultChild as CfnCluster).logicalId);
    expect(logicalIdOf(after)).toBe(logicalIdOf(before));
  });
});
