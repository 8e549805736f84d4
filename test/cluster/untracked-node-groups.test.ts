/**
 * Node groups that do not move with their cluster, and a hold of nodes that holds none.
 */
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Annotations, App, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KubectlV36Layer, newStack, resourcesOf, saidOn, theOnly, upgradableCluster, warningsOn } from './_fixtures';
import {
  AddOnVersion, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster, UpgradableClusterProps,
} from '../../src';
import { notes, warnings } from '../../src/cluster/messages';
import { acknowledgeable } from '../diagnostics/_said';
import { clusterIn, importedVpc } from '../node-group/_fixtures';
import { goldenImage, IMAGE, JOIN } from '../node-group/_golden';

const UNTRACKED = acknowledgeable(warnings.nodeGroupUntracked({ isDefault: false }));
const DEFAULT_CAPACITY = acknowledgeable(warnings.nodeGroupUntracked({ isDefault: true }));
const OF_RESOURCE = acknowledgeable(warnings['nodeGroupUntracked:ofResource']({}));
const PINNED = { releaseVersion: '1.36.2-20260714' };

const untracked = (construct: Construct) => warningsOn(construct).filter((text) => text.includes('nodeGroupUntracked'));
const version = (minor: string) => eks.KubernetesVersion.of(minor);

const ofCluster = ({ clusterName }: UpgradableCluster) => ({ clusterName, nodeRole: 'role', subnets: [] });

function ofAwsEks(stack: Stack, props: Partial<eksv1.ClusterProps> = {}): eksv1.Cluster {
  return new eksv1.Cluster(stack, 'Cluster', {
    version: eksv1.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'), kubectlLayer: new KubectlV36Layer(stack, 'Kubectl'), ...props,
  });
}

describe('a node group that does not move with its cluster gets a warning', () => {
  test.each<[string, (stack: Stack, cluster: UpgradableCluster) => Construct]>([
    ['of the plain L2', (stack, cluster) => new eks.Nodegroup(stack, 'Plain', { cluster })],
    ['of the plain L2 below the cluster', (_, cluster) => new eks.Nodegroup(cluster, 'NodegroupPlain', { cluster })],
    ['of the plain L2 with a release', (stack, cluster) => new eks.Nodegroup(stack, 'Plain', { cluster, ...PINNED })],
    ['of a construct that makes a resource as the L2 does', (stack, cluster) => {
      const own = new Construct(stack, 'Own');
      new CfnNodegroup(own, 'Resource', ofCluster(cluster));
      return own;
    }],
    ['with a launch template', (stack, cluster) => {
      const { launchTemplateId, latestVersionNumber } = new ec2.LaunchTemplate(stack, 'Template');
      return new eks.Nodegroup(stack, 'Plain', { cluster, launchTemplateSpec: { id: launchTemplateId!, version: latestVersionNumber } });
    }],
    ['in another stack', (stack, cluster) => new eks.Nodegroup(newStack({ id: 'Nodes', app: stack.node.root as App }), 'Plain', { cluster })],
  ])('%s', (_, make) => {
    const stack = newStack();
    expect(untracked(make(stack, upgradableCluster(stack)))).toEqual([UNTRACKED]);
  });

  test.each<[string, (stack: Stack, cluster: UpgradableCluster) => Construct]>([
    ['of a resource', (stack, cluster) => new CfnNodegroup(stack, 'L1', ofCluster(cluster))],
    ['of a resource that stands for its stack', (stack, cluster) => new CfnNodegroup(stack, 'Resource', ofCluster(cluster)).stack],
    ['of a construct that makes a resource of another ID', (stack, cluster) => new CfnNodegroup(new Construct(stack, 'Own'), 'L1', ofCluster(cluster))],
    ['of a construct whose resource has its logical ID', (stack, cluster) => {
      const own = new Construct(stack, 'Own');
      new CfnNodegroup(own, 'Default', ofCluster(cluster));
      return own;
    }],
  ])('%s, whose logical ID no tracked one has by itself', (_, make) => {
    const stack = newStack();
    expect(untracked(make(stack, upgradableCluster(stack)))).toEqual([OF_RESOURCE]);
  });

  test('of a resource, which a tracked one with all of its properties does not replace if it keeps its logical ID', () => {
    const made = (make: (stack: Stack, cluster: UpgradableCluster, nodeRole: iam.Role) => void) => {
      const stack = newStack();
      make(stack, upgradableCluster(stack), new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
      const { logicalId, Properties } = theOnly(resourcesOf(stack), 'AWS::EKS::Nodegroup');
      return { logicalId, properties: Properties };
    };
    const before = made((stack, cluster, { roleArn }) => new CfnNodegroup(stack, 'Workers', {
      clusterName: cluster.clusterName,
      nodeRole: roleArn,
      subnets: cluster.vpc.selectSubnets({ subnetType: ec2.SubnetType.PUBLIC }).subnetIds,
      amiType: 'AL2023_x86_64_STANDARD',
      instanceTypes: ['m7i.large'],
      diskSize: 50,
      scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
      forceUpdateEnabled: false,
    }));
    const after = made((stack, cluster, nodeRole) => {
      const workers = new ManagedNodeGroupWithAmiTracking(stack, 'Workers', {
        ...PINNED,
        cluster,
        nodeRole,
        subnets: { subnetType: ec2.SubnetType.PUBLIC },
        amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD,
        instanceTypes: [new ec2.InstanceType('m7i.large')],
        diskSize: 50,
        minSize: 1,
        maxSize: 3,
        desiredSize: 2,
      });
      (workers.node.defaultChild as CfnResource).overrideLogicalId('Workers');
    });
    expect(after).toEqual({ ...before, properties: { ...before.properties, Version: '1.36', ReleaseVersion: PINNED.releaseVersion } });
  });

  test('beside ClusterUpgrades of each kind', () => {
    const v2 = newStack();
    const cluster = clusterIn(v2, '1.36');
    ClusterUpgrades.ofAwsEksV2(v2, 'Upgrades', { cluster });
    expect(untracked(cluster.addNodegroupCapacity('Plain'))).toEqual([UNTRACKED]);

    const imported = newStack();
    ClusterUpgrades.ofImported(imported, 'Upgrades', { clusterName: 'prod', version: version('1.36') });
    expect(untracked(new CfnNodegroup(imported, 'L1', { clusterName: 'prod', nodeRole: 'role', subnets: [] }))).toEqual([OF_RESOURCE]);

    const v1 = newStack();
    const older = ofAwsEks(v1, { defaultCapacity: 0 });
    ClusterUpgrades.ofAwsEks(v1, 'Upgrades', { cluster: older });
    expect(untracked(older.addNodegroupCapacity('Plain'))).toEqual([UNTRACKED]);
  });

  test('that is the default capacity, and how to keep its place', () => {
    const v1 = newStack();
    const older = ofAwsEks(v1);
    ClusterUpgrades.ofAwsEks(v1, 'Upgrades', { cluster: older });
    expect(untracked(older.defaultNodegroup!)).toEqual([DEFAULT_CAPACITY]);

    const v2 = newStack();
    const cluster = new eks.Cluster(v2, 'Cluster', {
      version: version('1.36'), vpc: importedVpc(v2, 'Vpc'), defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    });
    ClusterUpgrades.ofAwsEksV2(v2, 'Upgrades', { cluster });
    expect(untracked(cluster.defaultNodegroup!)).toEqual([DEFAULT_CAPACITY]);
  });

  test('which can be acknowledged', () => {
    const stack = newStack();
    const plain = new eks.Nodegroup(stack, 'Plain', { cluster: upgradableCluster(stack) });
    Annotations.of(plain).acknowledgeWarning('cdk-eks-upgrades:nodeGroupUntracked');
    expect(untracked(plain)).toEqual([]);
  });

  test('which is acknowledged for a whole stack', () => {
    const stack = newStack();
    const plain = new eks.Nodegroup(stack, 'Plain', { cluster: upgradableCluster(stack) });
    Annotations.of(stack).acknowledgeWarning('cdk-eks-upgrades:nodeGroupUntracked');
    expect(untracked(plain)).toEqual([]);
  });
});

describe('nothing is said of a node group', () => {
  test.each<[string, (stack: Stack, cluster: UpgradableCluster) => Construct]>([
    ['that is tracked', (_, cluster) => cluster.addManagedNodeGroup('Workers', PINNED)],
    ['that is tracked by itself', (stack, cluster) => new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster, ...PINNED })],
    ['of addNodegroupCapacity()', (_, cluster) => cluster.addNodegroupCapacity('Workers', PINNED)],
    ['with a golden image', (_, cluster) => cluster.addManagedNodeGroup('Workers', { goldenImage: goldenImage(), nodeLaunch: JOIN })],
    ['with a golden image in a launch template of another app', (_, cluster) => cluster.addManagedNodeGroup('Workers', {
      goldenImage: goldenImage(), launchTemplateSpec: { id: 'lt-0123456789abcdef0', version: '3' },
    })],
    ['of the plain L2 that is given a version', (stack, cluster) => {
      const group = new eks.Nodegroup(stack, 'Plain', { cluster, ...PINNED });
      (group.node.defaultChild as CfnResource).addPropertyOverride('Version', '1.36');
      return group;
    }],
    ['of the plain L2 with an image of its own', (stack, cluster) => {
      const machineImage = ec2.MachineImage.genericLinux({ 'us-west-2': IMAGE });
      const { launchTemplateId, latestVersionNumber } = new ec2.LaunchTemplate(stack, 'Template', { machineImage });
      return new eks.Nodegroup(stack, 'Plain', { cluster, launchTemplateSpec: { id: launchTemplateId!, version: latestVersionNumber } });
    }],
    ['of another cluster', (stack) => new eks.Nodegroup(stack, 'Plain', { cluster: clusterIn(stack, '1.36', 'Another') })],
  ])('%s', (_, make) => {
    const stack = newStack();
    expect(untracked(make(stack, upgradableCluster(stack)))).toEqual([]);
  });

  test('of a cluster that nothing of this library upgrades', () => {
    expect(untracked(clusterIn(newStack(), '1.36').addNodegroupCapacity('Plain'))).toEqual([]);
  });

  test('that is the default capacity of an UpgradableCluster', () => {
    const cluster = upgradableCluster(newStack(), { defaultCapacity: 2 });
    expect(untracked(cluster.defaultNodegroup!)).toEqual([]);
  });
});

describe('nodeKubernetesVersion', () => {
  const OLDER = { nodeKubernetesVersion: version('1.35') };
  const NOTE = [acknowledgeable(notes.nodesNotHeld({ nodes: '1.35' }))];
  const noted = (construct: Construct) => saidOn(construct, 'info').filter((text) => text.includes('nodesNotHeld'));
  const on = (props: Partial<UpgradableClusterProps>, change: (cluster: UpgradableCluster) => void = () => undefined) => {
    const cluster = upgradableCluster(newStack(), { ...OLDER, ...props });
    change(cluster);
    return noted(cluster);
  };

  test.each<[string, Partial<UpgradableClusterProps>, ((cluster: UpgradableCluster) => void)?]>([
    ['without node groups', {}],
    ['with add-ons that move with the control plane', {
      managedAddOns: [ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy({ version: AddOnVersion.recommended() })],
    }],
    ['with node groups of the plain L2 only', {}, (cluster) => new eks.Nodegroup(cluster.stack, 'Plain', { cluster })],
    ['with self-managed nodes', {}, (cluster) => cluster.addAutoScalingGroupCapacity('Nodes', {
      instanceType: new ec2.InstanceType('m7i.large'),
      machineImageType: eks.MachineImageType.BOTTLEROCKET,
      updatePolicy: autoscaling.UpdatePolicy.rollingUpdate(),
    })],
  ])('holds nothing %s, and a note says so', (_, ...given) => {
    expect(on(...given)).toEqual(NOTE);
  });

  test.each<[string, Partial<UpgradableClusterProps>, ((cluster: UpgradableCluster) => void)?]>([
    ['a node group', {}, (cluster) => cluster.addManagedNodeGroup('Workers')],
    ['a node group with a version of its own', {}, (cluster) => cluster.addManagedNodeGroup('Workers', { kubernetesVersion: version('1.36') })],
    ['a node group in another stack', {}, (cluster) => {
      const nodes = newStack({ id: 'Nodes', app: cluster.node.root as App });
      new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster });
    }],
    ['kube-proxy', { managedAddOns: [ManagedAddOn.kubeProxy()] }],
    ['Auto Mode, which EKS rolls', { defaultCapacityType: eks.DefaultCapacityType.AUTOMODE, defaultCapacity: undefined }],
    ['the version of the cluster', { nodeKubernetesVersion: version('1.36') }],
    ['none', { nodeKubernetesVersion: undefined }],
  ])('gets no such note with %s', (_, ...given) => {
    expect(on(...given)).toEqual([]);
  });

  test('gets no such note as a token', () => {
    const stack = newStack();
    const nodeKubernetesVersion = version(new CfnParameter(stack, 'Nodes').valueAsString);
    expect(noted(upgradableCluster(stack, { nodeKubernetesVersion }))).toEqual([]);
  });

  test('of ClusterUpgrades gets it as well', () => {
    const stack = newStack();
    const cluster = clusterIn(stack, '1.36');
    ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster, ...OLDER });
    expect(noted(cluster)).toEqual(NOTE);
  });
});
