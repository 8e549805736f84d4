import type { CfnAddon, CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { awsEksCluster } from './_aws-eks';
import { newStack, ofType, Resources, resourcesOf, theOnly, upgradableCluster } from './_fixtures';
import {
  AddOnConflictPolicy, AddOnVersion, AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking,
  UpgradableCluster,
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

describe('leaving with add-ons and upgrades of all kinds', () => {
  const [DNS, AGENT, EBS] = ['v1.13.2-eksbuild.1', 'v1.3.8-eksbuild.2', 'v1.50.1-eksbuild.1'];
  const RELEASE = '1.36.2-20260714';
  const managedAddOns = () => [
    ManagedAddOn.coreDns({ version: AddOnVersion.pinned(DNS) }),
    ManagedAddOn.podIdentityAgent({ version: AddOnVersion.pinned(AGENT) }),
    ManagedAddOn.ebsCsiDriver({ version: AddOnVersion.pinned(EBS) }),
  ];
  const tracked = () => ({
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, instanceTypes: instanceTypes('m7i.large'), amiTracking: AmiTracking.pinned(RELEASE),
  });
  const plain = () => ({
    amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD, instanceTypes: instanceTypes('m7i.large'), releaseVersion: RELEASE, forceUpdate: false,
  });
  const resourceOf = <T extends CfnResource>({ node }: Construct | eks.IAddon) => node.defaultChild as T;
  const versioned = (group: Construct) => resourceOf(group).addPropertyOverride('Version', '1.36');

  function plainAgent(addOn: eks.IAddon): void {
    const agent = resourceOf<CfnAddon>(addOn);
    agent.addonVersion = AGENT;
    agent.preserveOnDelete = true;
    agent.resolveConflicts = 'PRESERVE';
  }

  function plainAddOns(scope: Construct, cluster: eks.ICluster): void {
    const coreDns = new eks.Addon(scope, 'AddOnCoredns', { cluster, addonName: 'coredns', addonVersion: DNS, preserveOnDelete: true });
    resourceOf(coreDns).addPropertyOverride('ResolveConflicts', 'PRESERVE');
    const ebs = new eks.Addon(scope, 'AddOnAwsEbsCsiDriver', { cluster, addonName: 'aws-ebs-csi-driver', addonVersion: EBS });
    const role = new iam.Role(ebs, 'Role', {
      assumedBy: new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com')),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEBSCSIDriverPolicy')],
    });
    const driver = resourceOf<CfnAddon>(ebs);
    driver.resolveConflicts = 'PRESERVE';
    driver.podIdentityAssociations = [{ serviceAccount: 'ebs-csi-controller-sa', roleArn: role.roleArn }];
  }

  const ofAwsEksV2 = (stack: Stack) => new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.of('1.36'),
    vpc: importedVpc(stack, 'ClusterVpc'),
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });

  test.each<[string, (stack: Stack) => void, (stack: Stack) => void]>([
    ['UpgradableCluster', (stack) => {
      upgradableCluster(stack, { managedAddOns: managedAddOns() }).addManagedNodeGroup('Workers', tracked());
    }, (stack) => {
      const cluster = ofAwsEksV2(stack);
      versioned(cluster.addNodegroupCapacity('Workers', plain()));
      plainAgent(cluster.eksPodIdentityAgent!);
      plainAddOns(cluster, cluster);
    }],
    ['ClusterUpgrades.ofAwsEksV2()', (stack) => {
      const upgrades = ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster: ofAwsEksV2(stack), managedAddOns: managedAddOns() });
      upgrades.addManagedNodeGroup('Workers', tracked());
    }, (stack) => {
      const cluster = ofAwsEksV2(stack);
      versioned(cluster.addNodegroupCapacity('Workers', plain()));
      plainAgent(cluster.eksPodIdentityAgent!);
      plainAddOns(new Construct(stack, 'Upgrades'), cluster);
    }],
    ['ClusterUpgrades.ofAwsEks()', (stack) => {
      const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack), managedAddOns: managedAddOns() });
      upgrades.addManagedNodeGroup('Workers', tracked());
    }, (stack) => {
      const cluster = awsEksCluster(stack);
      versioned(cluster.addNodegroupCapacity('Workers', plain() as object));
      plainAgent(cluster.eksPodIdentityAgent as unknown as eks.IAddon);
      plainAddOns(new Construct(stack, 'Upgrades'), cluster as unknown as eks.ICluster);
    }],
    ['ClusterUpgrades.ofImported()', (stack) => {
      ClusterUpgrades.ofImported(stack, 'Upgrades', {
        clusterName: 'prod', version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'), managedAddOns: managedAddOns(),
      }).addManagedNodeGroup('Workers', tracked());
    }, (stack) => {
      const upgrades = new Construct(stack, 'Upgrades');
      const cluster = eks.Cluster.fromClusterAttributes(upgrades, 'Cluster', { clusterName: 'prod', vpc: importedVpc(stack, 'Vpc') });
      versioned(new eks.Nodegroup(upgrades, 'NodegroupWorkers', { cluster, ...plain() }));
      plainAgent(new eks.Addon(upgrades, 'AddOnEksPodIdentityAgent', { cluster, addonName: 'eks-pod-identity-agent' }));
      plainAddOns(upgrades, cluster);
    }],
  ])('of %s, only guard and function are destroyed, and nothing changes', (_, before, after) => {
    const [old, now] = [before, after].map((write) => {
      const stack = newStack();
      write(stack);
      return resourcesOf(stack);
    });
    const destroyed = Object.keys(old).filter((id) => !(id in now)).map((id) => old[id].Type);
    expect(destroyed.filter((type) => !['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup'].includes(type)))
      .toEqual(['Custom::EksUpgradeGuard']);
    expect(destroyed.filter((type) => type === 'AWS::IAM::Role')).toHaveLength(1);
    const seen = (resources: Resources) => Object.fromEntries(Object.keys(now).map((id) => [
      id, { Type: resources[id]?.Type, Properties: resources[id]?.Properties, path: resources[id]?.Metadata?.['aws:cdk:path'] },
    ]));
    expect(seen(now)).toEqual(seen(old));
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
