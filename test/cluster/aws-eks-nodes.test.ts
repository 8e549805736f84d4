/**
 * What nodes of clusters need beside a node group: a mapping in `aws-auth`, a device plugin, CoreDNS that finds a place.
 */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { awsEksCluster, instance } from './_aws-eks';
import { ENV, newStack, NO_STAGING, upgradableCluster, warningsOn } from './_fixtures';
import {
  AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking,
} from '../../src';
import { says as saysOfCluster, warnings as warningsOfCluster } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { acknowledgeable } from '../diagnostics/_said';

const WINDOWS: ManagedNodeGroupOptions = {
  eksAmiType: EksAmiType.WINDOWS_CORE_2022_X86_64, amiTracking: AmiTracking.pinned('1.36-2026.11.12'),
};

describe('Windows nodes of aws-eks', () => {
  function warningsWith(props: Partial<eksv1.ClusterProps>, options: ManagedNodeGroupOptions): string[] {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack, props) });
    return warningsOn(upgrades.addManagedNodeGroup('Windows', options));
  }

  test('are warned of, with the lines to add', () => {
    expect(warningsWith({}, WINDOWS)).toEqual([expect.stringMatching(
      /add cluster\.awsAuth\.addRoleMapping\(group\.role, \{ username: 'system:node:\{\{EC2PrivateDNSName\}\}', groups: \['system:bootstrappers', 'system:nodes', 'eks:kube-proxy-windows'\] \}\).*\[ack: cdk-eks-upgrades:windowsAwsAuth\]/)]);
  });

  test('are not, where access entries let them in; Linux nodes never', () => {
    expect(warningsWith({ authenticationMode: eksv1.AuthenticationMode.API_AND_CONFIG_MAP }, WINDOWS)).toEqual([]);
    expect(warningsWith({ authenticationMode: eksv1.AuthenticationMode.API }, WINDOWS)).toEqual([]);
    expect(warningsWith({}, { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD })).toEqual([]);
  });
});

describe('a node group in another stack than its cluster of aws-eks', () => {
  function inAnotherStack(role: (cluster: Stack) => iam.IRole | undefined, props: Partial<eksv1.ClusterProps> = {}) {
    const app = new App({ context: NO_STAGING });
    const [clusterStack, nodes] = ['Cluster', 'Nodes'].map((id) => new Stack(app, id, { env: ENV }));
    const upgrades = ClusterUpgrades.ofAwsEks(clusterStack, 'Upgrades', { cluster: awsEksCluster(clusterStack, props) });
    return () => new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster: upgrades.cluster, nodeRole: role(clusterStack) });
  }

  test('fails with a role of its own, and says where the role has to be', () => {
    expect(inAnotherStack(() => undefined)).toThrow(
      `${sentence(saysOfCluster.nodeRoleInAnotherStack({ cluster: 'Cluster/Cluster' }))} [Nodes/Workers]`,
    );
  });

  test('takes a role of the stack of the cluster, or any where access entries alone decide', () => {
    expect(inAnotherStack(
      (stack) => new iam.Role(stack, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    )).not.toThrow();
    expect(inAnotherStack(() => undefined, { authenticationMode: eksv1.AuthenticationMode.API })).not.toThrow();
  });
});

test('a cluster of aws-eks that is given in place of one of aws-eks-v2 is refused, with the way that keeps its node groups', () => {
  const stack = newStack();
  const cluster = awsEksCluster(stack) as unknown as eks.ICluster; // as without a type check
  expect(
    () => new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster, kubernetesVersion: eks.KubernetesVersion.of('1.36') }),
  ).toThrow(
    `${sentence(saysOfNodeGroup.clusterOfAwsEks({ cluster: 'Stack/Cluster' }))} [Stack/Workers]`,
  );
});

describe('nodes with Neuron devices, on a cluster without kubectl', () => {
  test.each([
    'inf2.xlarge', 'trn1.2xlarge', 'trn2.48xlarge',
  ])('%s: the node group is made, with a warning that nothing installs the device plugin', (type) => {
    const cluster = upgradableCluster(newStack());
    const group = cluster.addManagedNodeGroup('Neuron', { instanceTypes: [new ec2.InstanceType(type)] });
    expect(group.node.path).toBe('Stack/Cluster/NodegroupNeuron');
    expect(warningsOn(cluster)).toEqual([expect.stringMatching(new RegExp(
      `device plugin that ${type} need.*give the cluster kubectlProviderOptions.*\\[ack: cdk-eks-upgrades:neuronDevicePluginMissing\\]`,
    ))]);
  });

  test('others are not warned of', () => {
    const cluster = upgradableCluster(newStack());
    cluster.addManagedNodeGroup('Workers', { instanceTypes: [instance('m7i.large')] });
    expect(warningsOn(cluster)).toEqual([]);
  });
});

describe('CoreDNS on a cluster where only Fargate runs pods of kube-system', () => {
  function warningsWith(addOn: ManagedAddOn, { namespace = 'kube-system', nodes = false } = {}): string[] {
    const stack = newStack();
    const cluster = upgradableCluster(stack, { managedAddOns: [addOn] });
    new eks.FargateProfile(stack, 'Profile', { cluster, selectors: [{ namespace }] });
    if (nodes) cluster.addManagedNodeGroup('Workers');
    return warningsOn(cluster);
  }

  test('is warned of without its compute type', () => {
    expect(warningsWith(ManagedAddOn.coreDns())).toEqual([
      acknowledgeable(warningsOfCluster.coreDnsOnFargate({})),
    ]);
  });

  test('is not with it, with nodes, where Fargate takes other pods only, and where CoreDNS is not managed', () => {
    expect(warningsWith(ManagedAddOn.coreDns({ configurationValues: { computeType: 'Fargate' } }))).toEqual([]);
    expect(warningsWith(ManagedAddOn.coreDns(), { nodes: true })).toEqual([]);
    expect(warningsWith(ManagedAddOn.coreDns(), { namespace: 'batch' })).toEqual([]);
    expect(warningsWith(ManagedAddOn.kubeProxy())).toEqual([]);
  });
});
