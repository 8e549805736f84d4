/**
 * What nodes of clusters need beside a node group: a mapping in `aws-auth`, a device plugin, CoreDNS that finds a place.
 */
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { awsEksCluster, CLUSTER, instance } from './_aws-eks';
import { ENV, newStack, NO_STAGING, upgradableCluster, warningsOn } from './_fixtures';
import {
  AmiFamily, AmiTracking, ClusterUpgrades, EksAmiType, GoldenImage, ManagedAddOn, ManagedNodeGroupOptions, ManagedNodeGroupWithAmiTracking,
} from '../../src';
import { says as saysOfCluster, warnings as warningsOfCluster } from '../../src/cluster/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { acknowledgeable } from '../diagnostics/_said';
import { importedVpc } from '../node-group/_fixtures';
import { JOIN, launchTemplateIn, userDataIn } from '../node-group/_golden';

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

describe('a golden image on a cluster of aws-eks', () => {
  const golden = (family: AmiFamily): ManagedNodeGroupOptions => ({
    goldenImage: GoldenImage.pinned('ami-0123456789abcdef0', { family, kubernetesVersion: eks.KubernetesVersion.of('1.36') }),
  });
  const ofCluster = (stack: Stack, cluster: eksv1.ICluster) => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
    cluster, ...cluster instanceof eksv1.Cluster ? {} : { version: eks.KubernetesVersion.of('1.36') },
  });
  const IPV6 = { ipFamily: eksv1.IpFamily.IP_V6 };

  test('gets the security group of the cluster beside others', () => {
    const stack = newStack();
    const own = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-0123456789abcdef0');
    const cluster = awsEksCluster(stack, { serviceIpv4Cidr: '172.20.0.0/16' });
    ofCluster(stack, cluster).addManagedNodeGroup('Workers', { ...golden(AmiFamily.AMAZON_LINUX_2023), nodeLaunch: { securityGroups: [own] } });
    expect(launchTemplateIn(stack).SecurityGroupIds).toEqual([stack.resolve(cluster.clusterSecurityGroupId), 'sg-0123456789abcdef0']);
  });

  test('gets that of an imported cluster, if it is imported with it', () => {
    const withOwn = (clusterSecurityGroupId?: string) => () => {
      const stack = newStack();
      const own = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Own', 'sg-0123456789abcdef0');
      const cluster = eksv1.Cluster.fromClusterAttributes(stack, 'Cluster', {
        clusterName: 'prod', vpc: importedVpc(stack, 'Vpc'), clusterSecurityGroupId,
      });
      ofCluster(stack, cluster).addManagedNodeGroup('Workers', {
        ...golden(AmiFamily.AMAZON_LINUX_2023), nodeLaunch: { ...JOIN, securityGroups: [own] },
      });
      return launchTemplateIn(stack).SecurityGroupIds;
    };
    expect(withOwn('sg-00000000000000001')()).toEqual(['sg-00000000000000001', 'sg-0123456789abcdef0']);
    expect(withOwn()).toThrow(sentence(saysOfNodeGroup.clusterSecurityGroupUnknown({})));
  });

  test('takes the range of services from the cluster, also where it is an override', () => {
    const userDataOf = (change: (cluster: eksv1.Cluster) => void, serviceIpv4Cidr?: string) => {
      const stack = newStack();
      const cluster = awsEksCluster(stack, { serviceIpv4Cidr });
      change(cluster);
      ofCluster(stack, cluster).addManagedNodeGroup('Workers', golden(AmiFamily.AMAZON_LINUX_2023));
      return userDataIn(stack);
    };
    expect(userDataOf(() => undefined, '172.20.0.0/16')).toContain('cidr: "172.20.0.0/16"');
    expect(userDataOf((cluster) => (cluster.node.findAll().find(
      (child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType === CLUSTER,
    )!).addPropertyOverride('Config.kubernetesNetworkConfig', { serviceIpv4Cidr: '10.100.0.0/16' }))).toContain('cidr: "10.100.0.0/16"');
  });

  test('fails on an IPv6 cluster whose range nobody knows, and says how to see that', () => {
    const stack = newStack();
    const upgrades = ofCluster(stack, awsEksCluster(stack, IPV6));
    expect(() => upgrades.addManagedNodeGroup('Workers', golden(AmiFamily.AMAZON_LINUX_2023))).toThrow(
      sentence(saysOfNodeGroup.serviceIpv6CidrMissing({})),
    );
  });

  test('joins an IPv6 cluster with the range it is told, and a Bottlerocket one without', () => {
    const userDataOf = (options: ManagedNodeGroupOptions) => {
      const stack = newStack();
      ofCluster(stack, awsEksCluster(stack, IPV6)).addManagedNodeGroup('Workers', options);
      return userDataIn(stack);
    };
    const nodeLaunch = { serviceCidr: 'fd30:1:2::/108' };
    expect(userDataOf({ ...golden(AmiFamily.AMAZON_LINUX_2023), nodeLaunch })).toContain('cidr: "fd30:1:2::/108"');
    expect(userDataOf(golden(AmiFamily.BOTTLEROCKET))).not.toContain('cluster-dns-ip');
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
