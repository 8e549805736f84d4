import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib/core';
import { awsEksCluster, CLUSTER, GUARD, instance, NODE_GROUP } from './_aws-eks';
import { KubectlV36Layer, newStack, ofType, Resources, resourcesOf, saidOn, theOnly, upgradableCluster, warningsOn } from './_fixtures';
import { DependencyGraph } from './dependency-graph';
import { AddOnVersion, AmiTracking, ClusterUpgrades, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradeGuard } from '../../src';
import { says as saysOfCluster, warnings as warningsOfCluster } from '../../src/cluster/messages';
import { CLUSTER_METADATA_TYPE } from '../../src/engine/declaration/metadata';
import { says as saysOfVersions } from '../../src/engine/kubernetes/messages';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { clusterIn, importedVpc } from '../node-group/_fixtures';

const ADD_ON = 'AWS::EKS::Addon';
const VERSIONS = 'Custom::EksAddOnVersions';
const PINNED = { amiTracking: AmiTracking.pinned('1.36.2-20261104') };

interface Made {
  readonly stack: Stack;
  readonly upgrades: ClusterUpgrades;
  /** What stands for the cluster in the app. */
  readonly path: string;
}

type Props = Pick<Parameters<typeof ClusterUpgrades.ofAwsEks>[2], 'managedAddOns' | 'upgradeGuard'> & { nodes?: string };

const v1 = (version?: string) => version === undefined ? undefined : eksv1.KubernetesVersion.of(version);
const v2 = (version?: string) => version === undefined ? undefined : eks.KubernetesVersion.of(version);

const OWNED: Record<string, (props?: Props) => Made> = {
  'a cluster of aws-eks': ({ nodes, ...props } = {}) => {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster: awsEksCluster(stack), nodeKubernetesVersion: v1(nodes), ...props,
    });
    return { stack, upgrades, path: 'Stack/Cluster' };
  },
  'a cluster of aws-eks-v2': ({ nodes, ...props } = {}) => {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', {
      cluster: clusterIn(stack, '1.36'), nodeKubernetesVersion: v2(nodes), ...props,
    });
    return { stack, upgrades, path: 'Stack/Cluster' };
  },
};

const ELSEWHERE: Record<string, (props?: Props, version?: string) => Made> = {
  'a cluster imported with aws-eks': ({ nodes, ...props } = {}, version = '1.36') => {
    const stack = newStack();
    const cluster = eksv1.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'prod', vpc: importedVpc(stack, 'Vpc') });
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster, version: v1(version), nodeKubernetesVersion: v1(nodes), ...props,
    });
    return { stack, upgrades, path: 'Stack/Upgrades' };
  },
  'a cluster imported with aws-eks-v2': ({ nodes, ...props } = {}, version = '1.36') => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'prod', vpc: importedVpc(stack, 'Vpc') });
    const upgrades = ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', {
      cluster, version: v2(version), nodeKubernetesVersion: v2(nodes), ...props,
    });
    return { stack, upgrades, path: 'Stack/Upgrades' };
  },
  'a cluster by its name': ({ nodes, ...props } = {}, version = '1.36') => {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName: 'prod', version: v2(version)!, vpc: importedVpc(stack, 'Vpc'), nodeKubernetesVersion: v2(nodes), ...props,
    });
    return { stack, upgrades, path: 'Stack/Upgrades' };
  },
};

const ALL = { ...OWNED, ...ELSEWHERE };

const addOns = () => [ManagedAddOn.coreDns(), ManagedAddOn.vpcCni(), ManagedAddOn.podIdentityAgent()];

function addOnNamed(resources: Resources, name: string): string {
  return Object.keys(ofType(resources, ADD_ON)).find((id) => resources[id].Properties.AddonName === name)!;
}

function metadataOf({ stack, path }: Made): unknown {
  const { node } = stack.node.root.node.findAll().find((construct) => construct.node.path === path)!;
  return node.metadata.find(({ type }) => type === CLUSTER_METADATA_TYPE)?.data;
}

describe.each(Object.entries(ALL))('for %s', (_, make) => {
  test('node groups follow its version', () => {
    const { stack, upgrades } = make();
    upgrades.addManagedNodeGroup('Workers', PINNED);

    expect(theOnly(resourcesOf(stack), NODE_GROUP).Properties).toMatchObject({
      Version: '1.36', ReleaseVersion: '1.36.2-20261104', ForceUpdateEnabled: false,
    });
    expect(upgrades.kubernetesVersion).toBe('1.36');
  });

  test('node groups can be held back, and it is said', () => {
    const made = make({ nodes: '1.35' });
    const group = made.upgrades.addManagedNodeGroup('Workers', { amiTracking: AmiTracking.pinned('1.35.2-20261104') });

    expect(group.kubernetesVersion).toBe('1.35');
    expect(made.stack.node.root.node.findAll().filter(({ node }) => node.path === made.path)
      .flatMap((construct) => saidOn(construct as Stack, 'info')).join()).toContain(
      'node groups are held at Kubernetes 1.35, 1 minor behind',
    );
  });

  test('node groups made by themselves belong to it, too', () => {
    const { stack, upgrades, path } = make({ managedAddOns: [ManagedAddOn.vpcCni()] });
    const group = new ManagedNodeGroupWithAmiTracking(stack, 'Gpu', { cluster: upgrades.cluster, ...PINNED });

    expect(DependencyGraph.of(stack).waits(group, stack.node.findChild('Upgrades').node.findChild('AddOnVpcCni'))).toBe(true);
    expect(group.node.metadata.find(({ type }) => type === 'cdk-eks-upgrades:node-group')!.data).toMatchObject({ cluster: path });
  });

  test('add-ons that nodes need come before nodes, others after them', () => {
    const { stack, upgrades } = make({ managedAddOns: addOns() });
    const group = theOnlyId(() => upgrades.addManagedNodeGroup('Workers', PINNED), stack);
    const resources = resourcesOf(stack);

    expect(resources[group].DependsOn).toEqual(
      expect.arrayContaining(['vpc-cni', 'eks-pod-identity-agent'].map((name) => addOnNamed(resources, name))),
    );
    expect(resources[addOnNamed(resources, 'coredns')].DependsOn).toContain(group);
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
    expect(theOnly(resources, VERSIONS).Properties).toMatchObject({ KubernetesVersion: '1.36' });
  });

  test('the guard judges add-ons and node groups, and can be left out', () => {
    const judged = (add: (upgrades: ReturnType<typeof make>['upgrades']) => void) => {
      const { stack, upgrades } = make({ managedAddOns: addOns() });
      add(upgrades);
      return theOnly(resourcesOf(stack), GUARD).Properties.Judged;
    };
    expect(new Set([
      judged(() => {}),
      judged((upgrades) => upgrades.addManagedNodeGroup('Workers', PINNED)),
      judged((upgrades) => upgrades.addManagedAddOn(ManagedAddOn.of('metrics-server'))),
    ]).size).toBe(3);

    const unguarded = make({ upgradeGuard: UpgradeGuard.disabled() });
    unguarded.upgrades.addManagedNodeGroup('Workers', PINNED);
    expect(ofType(resourcesOf(unguarded.stack), GUARD)).toEqual({});
  });

  test('node groups in another stack have a guard there', () => {
    const { stack, upgrades } = make();
    const nodes = newStack({ app: stack.node.root as never, id: 'Nodes' });
    const cluster = upgrades.cluster;
    const role = iam.Role.fromRoleName(stack, 'NodeRole', 'nodes');
    const group = new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster, nodeRole: role, ...PINNED });

    const resources = resourcesOf(nodes);
    const guard = theOnly(resources, GUARD);
    expect(resources[nodes.resolve((group.node.defaultChild as CfnResource).logicalId)].DependsOn).toContain(guard.logicalId);
  });

  test('fails for an add-on that is added twice', () => {
    const { upgrades } = make({ managedAddOns: [ManagedAddOn.coreDns()] });
    expect(() => upgrades.addManagedAddOn(ManagedAddOn.coreDns())).toThrow(`${sentence(saysOfCluster.addOnTwice({ name: 'coredns' }))} [Stack/Upgrades]`);
  });

  test('fails for nodes that lead the control plane, or lag too far behind', () => {
    expect(() => make({ nodes: '1.37' })).toThrow(
      sentence(saysOfNodeGroup.newerThanCluster({ prop: 'nodeKubernetesVersion', nodes: '1.37', controlPlane: '1.36' })),
    );
    expect(() => make({ nodes: '1.32' })).toThrow(
      sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'nodeKubernetesVersion', nodes: '1.32', skew: 3, controlPlane: '1.36', oldest: '1.33' })),
    );
    expect(() => make().upgrades.addManagedNodeGroup('Workers', { kubernetesVersion: eks.KubernetesVersion.of('1.37') }))
      .toThrow(
        sentence(saysOfNodeGroup.newerThanCluster({ prop: 'kubernetesVersion', nodes: '1.37', controlPlane: '1.36' })),
      );
  });
});

function theOnlyId(make: () => eks.Nodegroup, stack: Stack): string {
  return stack.resolve((make().node.defaultChild as CfnResource).logicalId);
}

describe.each(Object.entries(OWNED))('for %s that the app makes', (_, make) => {
  test('the guard comes before the cluster, and reads the version that it renders', () => {
    const { stack } = make({ managedAddOns: [ManagedAddOn.vpcCni()] });
    const resources = resourcesOf(stack);
    const guard = theOnly(resources, GUARD);
    const [cluster] = [CLUSTER, 'AWS::EKS::Cluster'].flatMap((type) => Object.entries(ofType(resources, type)));

    expect(cluster[1].DependsOn).toContain(guard.logicalId);
    expect(guard.Properties).toMatchObject({ Judged: expect.stringMatching(/^1\.36\//) });
    expect(guard.Properties).not.toHaveProperty('Imported');
  });

  test('node groups have the path of addNodegroupCapacity()', () => {
    expect(make().upgrades.addManagedNodeGroup('Workers', PINNED).node.path).toBe('Stack/Cluster/NodegroupWorkers');
  });

  test('tools know the cluster by its own path, version and logical ID', () => {
    const made = make();
    expect(metadataOf(made)).toMatchObject({
      version: '1.36', logicalId: expect.anything(), ignoresContext: true, guard: { mode: 'enforce' },
    });
  });

  test('an escape hatch that changes its version is found out', () => {
    const { stack } = make();
    const resource = stack.node.findAll().find((child): child is CfnResource =>
      CfnResource.isCfnResource(child) && [CLUSTER, 'AWS::EKS::Cluster'].includes(child.cfnResourceType))!;
    resource.addPropertyOverride(resource.cfnResourceType === CLUSTER ? 'Config.version' : 'Version', '1.35');
    expect(() => resourcesOf(stack)).toThrow(sentence(saysOfNodeGroup.versionRenderedOtherwise({ rendered: '1.35', version: '1.36' })));
  });

  test('fails when the cluster gets upgrades twice', () => {
    const { stack, upgrades } = make();
    const again = () => upgrades.cluster.node.id === 'Cluster' && stack.node.tryFindChild('Cluster') instanceof eksv1.Cluster
      ? ClusterUpgrades.ofAwsEks(stack, 'Again', { cluster: stack.node.findChild('Cluster') as eksv1.Cluster })
      : ClusterUpgrades.ofAwsEksV2(stack, 'Again', { cluster: upgrades.cluster });
    expect(again).toThrow(
      `${sentence(saysOfCluster.clusterHasUpgrades({ cluster: 'Stack/Cluster' }))} [Stack/Again]`,
    );
  });
});

describe.each(Object.entries(ELSEWHERE))('for %s, moved elsewhere', (_, make) => {
  test('the guard comes before node groups and add-ons, and knows what the app takes the version to be', () => {
    const { stack, upgrades } = make({ managedAddOns: addOns() });
    upgrades.addManagedNodeGroup('Workers', PINNED);
    const resources = resourcesOf(stack);
    const guard = theOnly(resources, GUARD);
    const parts = Object.values({ ...ofType(resources, NODE_GROUP), ...ofType(resources, ADD_ON) });

    expect(parts).toHaveLength(4);
    parts.forEach(({ DependsOn }) => expect(DependsOn).toContain(guard.logicalId));
    expect(guard.Properties).toMatchObject({ ClusterName: 'prod', Imported: 'true', Judged: expect.stringMatching(/^1\.36\//) });
    expect(Object.values(resources).map(({ Type }) => Type)).not.toContain('AWS::EKS::Cluster');
  });

  test('node groups in another stack have a guard there, which knows that too', () => {
    const { stack, upgrades: { cluster } } = make();
    const nodes = newStack({ app: stack.node.root as never, id: 'Nodes' });
    new ManagedNodeGroupWithAmiTracking(nodes, 'Gpu', { ...PINNED, cluster });
    expect(theOnly(resourcesOf(nodes), GUARD).Properties).toMatchObject({ Imported: 'true', Judged: expect.stringMatching(/^1\.36\//) });
  });

  test('node groups are made below the upgrades', () => {
    expect(make().upgrades.addManagedNodeGroup('Workers', PINNED).node.path).toBe('Stack/Upgrades/NodegroupWorkers');
  });

  test('tools know it by the path of the upgrades, its name and its version', () => {
    const metadata = metadataOf(make());
    expect(metadata).toMatchObject({ version: '1.36', clusterName: 'prod' });
    expect(metadata).toMatchObject({ logicalId: undefined });
  });

  test('add-ons are resolved with permissions for this cluster alone', () => {
    const { stack } = make({ managedAddOns: [ManagedAddOn.coreDns()] });
    expect(JSON.stringify(theOnly(resourcesOf(stack), 'AWS::IAM::Role').Properties)).toContain(':addon/prod/*/*');
    expect(ofType(resourcesOf(stack), 'AWS::IAM::Policy')).toEqual({});
  });

  test('its support is spoken of, and nothing that only its maker knows', () => {
    const { stack } = make({ managedAddOns: [ManagedAddOn.ebsCsiDriver()] }, '1.32');
    const said = warningsOn(stack.node.findChild('Upgrades') as ClusterUpgrades).join();
    expect(said).toContain('cdk-eks-upgrades:standardSupportEnds');
    expect(said).not.toContain('podIdentityAgentMissing');
  });

  test('fails for a malformed version', () => {
    expect(() => make({}, '1.36.2')).toThrow(sentence(saysOfVersions.notAMinor({ text: '1.36.2' })));
  });
});

describe('an imported cluster', () => {
  test('needs no VPC for add-ons', () => {
    const stack = newStack();
    ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName: 'prod', version: eks.KubernetesVersion.of('1.35'), managedAddOns: [ManagedAddOn.kubeProxy()],
    });
    expect(theOnly(resourcesOf(stack), ADD_ON).Properties).toMatchObject({ ClusterName: 'prod', AddonName: 'kube-proxy' });
  });

  test('fails for a node group when nothing is known of its VPC', () => {
    const stack = newStack();
    const imported = ClusterUpgrades.ofImported(stack, 'Upgrades', { clusterName: 'prod', version: eks.KubernetesVersion.of('1.35') });
    expect(() => imported.addManagedNodeGroup('Workers')).toThrow(`${sentence(saysOfCluster.vpcMissing({}))} [Stack/Upgrades]`);
    const cluster = eksv1.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' });
    expect(() => ClusterUpgrades.ofAwsEks(stack, 'Others', {
      cluster, version: eksv1.KubernetesVersion.of('1.35'),
    }).addManagedNodeGroup('Workers'))
      .toThrow(sentence(saysOfCluster.vpcMissing({})));
  });

  test.each([
    ['aws-eks', (stack: Stack) => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster: eksv1.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'prod' }),
    })],
    ['aws-eks-v2', (stack: Stack) => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'prod' }),
    })],
  ])('fails without a version, of %s', (_, make) => {
    expect(() => make(newStack())).toThrow(
      sentence(saysOfCluster.versionMissing({})),
    );
  });

  test('fails with a bake of a control plane that is moved elsewhere', () => {
    const stack = newStack();
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'C', { clusterName: 'prod' });
    const version = eks.KubernetesVersion.of('1.35');
    expect(() => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster, version, controlPlaneBake: { duration: Duration.minutes(5) } }))
      .toThrow(sentence(saysOfCluster.bakeOfControlPlaneElsewhere({})));
  });

  test('by a name that only the deployment knows', () => {
    const stack = newStack();
    const clusterName = new CfnParameter(stack, 'Name').valueAsString;
    const upgrades = ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName, version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(stack, 'Vpc'), managedAddOns: [ManagedAddOn.coreDns()],
    });
    upgrades.addManagedNodeGroup('Workers', PINNED);
    expect(theOnly(resourcesOf(stack), GUARD).Properties.ClusterName).toEqual({ Ref: 'Name' });
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
  });

  test('an add-on that is there already, by another construct, is found out', () => {
    const stack = newStack();
    const { cluster } = ClusterUpgrades.ofImported(stack, 'Upgrades', {
      clusterName: 'prod', version: eks.KubernetesVersion.of('1.36'), managedAddOns: [ManagedAddOn.vpcCni()],
    });
    new eks.Addon(stack, 'Old', { cluster, addonName: 'vpc-cni' });
    expect(() => resourcesOf(stack)).toThrow(
      sentence(saysOfCluster.addOnInstalledTwice({ name: 'vpc-cni', other: 'Stack/Old/Resource' })),
    );
  });
});

describe('a cluster of aws-eks', () => {
  test('tells its version, and takes the same one', () => {
    const stack = newStack();
    const version = eksv1.KubernetesVersion.of('1.36');
    expect(
      ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack, { version }), version }).kubernetesVersion,
    ).toBe('1.36');
  });

  test('fails with another version than it is given', () => {
    const stack = newStack();
    expect(() => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster: awsEksCluster(stack), version: eksv1.KubernetesVersion.of('1.35'),
    }))
      .toThrow(
        `${sentence(saysOfCluster.versionDiffers({ version: '1.35', construct: 'Stack/Cluster', kubernetesVersion: '1.36' }))} [Stack/Upgrades]`,
      );
  });

  test('fails in another stack, where the cluster cannot wait for the guard', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    const other = newStack({ app: stack.node.root as never, id: 'Other' });
    expect(() => ClusterUpgrades.ofAwsEks(other, 'Upgrades', { cluster })).toThrow(sentence(saysOfCluster.clusterInAnotherStack({ cluster: 'Stack/Cluster' })));
    expect(() => ClusterUpgrades.ofAwsEks(new NestedStack(stack, 'Nested'), 'Upgrades', { cluster })).toThrow(sentence(saysOfCluster.clusterInAnotherStack({ cluster: 'Stack/Cluster' })));
  });

  test('with its own name, nothing that waits for it needs permissions by reference', () => {
    const stack = newStack();
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster: awsEksCluster(stack, { clusterName: 'prod' }), managedAddOns: [ManagedAddOn.coreDns()],
    });
    expect(Object.keys(ofType(resourcesOf(stack), 'AWS::IAM::Policy')).filter((id) => id.startsWith('CdkEksUpgradesHandler'))).toEqual([]);
    expect(stack.node.findChild('Cluster').node.metadata).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ clusterName: 'prod' }) }),
    );
  });

  test('the Pod Identity agent is the one that its service accounts look for', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster, managedAddOns: [ManagedAddOn.podIdentityAgent({ version: AddOnVersion.pinned('v1.3.4-eksbuild.1') })],
    });
    cluster.addServiceAccount('App', { identityType: eksv1.IdentityType.POD_IDENTITY });
    expect(theOnly(resourcesOf(stack), ADD_ON).Properties).toMatchObject({
      AddonName: 'eks-pod-identity-agent', AddonVersion: 'v1.3.4-eksbuild.1',
    });
  });

  test('no cycle goes through the nested stacks of its handlers, whatever waits for it', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: {} });
    template.node.addDependency(cluster);
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, managedAddOns: [...addOns(), ManagedAddOn.ebsCsiDriver()] });
    const launchTemplateSpec = { id: template.ref };
    const group = new ManagedNodeGroupWithAmiTracking(stack, 'Workers', { cluster: upgrades.cluster, ...PINNED, launchTemplateSpec });
    const chart = new eksv1.HelmChart(stack, 'Chart', { cluster, chart: 'chart' });
    chart.node.addDependency(upgrades, cluster);

    const graph = DependencyGraph.of(stack);
    expect(graph.findCycle()).toBeUndefined();
    expect(graph.waits(chart.node.findChild('Resource'), group)).toBe(true);
    expect(graph.waits(chart.node.findChild('Resource'), upgrades.node.findChild('AddOnCoredns'))).toBe(true);
  });

  test('its load balancer controller waits for node groups, as with the old ones, but for none of a later stack', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack, {
      albController: { version: eksv1.AlbControllerVersion.V2_8_2 }, authenticationMode: eksv1.AuthenticationMode.API,
    });
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster });
    const group = upgrades.addManagedNodeGroup('Workers', PINNED);
    new ManagedNodeGroupWithAmiTracking(
      newStack({ app: stack.node.root as never, id: 'Nodes' }), 'Workers', { cluster: upgrades.cluster, ...PINNED },
    );

    const graph = DependencyGraph.of(stack);
    expect(graph.waits(cluster.albController!.node.findChild('Resource').node.findChild('Resource'), group)).toBe(true);
    expect(graph.findCycle()).toBeUndefined();
  });

  test('CoreDNS waits for the Fargate profile that takes its pods, made before or after, and not for others', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    const early = cluster.addFargateProfile('Early', { selectors: [{ namespace: 'kube-*' }] });
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, managedAddOns: [ManagedAddOn.coreDns()] });
    const late = cluster.addFargateProfile('Late', { selectors: [{ namespace: 'kube-system' }] });
    const batch = cluster.addFargateProfile('Batch', { selectors: [{ namespace: 'batch' }] });
    const graph = DependencyGraph.of(stack);
    const coreDns = upgrades.node.findChild('AddOnCoredns');
    const resource = (profile: eksv1.FargateProfile) => profile.node.findChild('Resource');

    expect([early, late, batch].map((profile) => graph.waits(coreDns, resource(profile)))).toEqual([true, true, false]);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['a namespace that only the deployment knows', (stack) => new CfnParameter(stack, 'Namespace').valueAsString],
    ['a namespace of which it knows a part', (stack) => `kube-${new CfnParameter(stack, 'Namespace').valueAsString}`],
    ['a namespace that is no pattern', () => 'kube-system('],
  ])('CoreDNS does not wait for a Fargate profile with %s', (_, namespace) => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, managedAddOns: [ManagedAddOn.coreDns()] });
    const profile = cluster.addFargateProfile('Profile', { selectors: [{ namespace: namespace(stack) }] });
    expect(DependencyGraph.of(stack).waits(upgrades.node.findChild('AddOnCoredns'), profile.node.findChild('Resource'))).toBe(false);
  });

  test('Neuron instances get their device plugin, as from addNodegroupCapacity()', () => {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack) });
    upgrades.addManagedNodeGroup('Neuron', { instanceTypes: [instance('inf2.xlarge')], ...PINNED });
    expect(JSON.stringify(ofType(resourcesOf(stack), 'Custom::AWSCDK-EKS-KubernetesResource'))).toContain('neuron-device-plugin');
  });

  test('its role mapping fails for a role of another stack, as it did with the old node groups', () => {
    const stack = newStack();
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster: awsEksCluster(stack) });
    const nodes = newStack({ app: stack.node.root as never, id: 'Nodes' });
    expect(() => new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster: upgrades.cluster, ...PINNED }))
      .toThrow(sentence(saysOfCluster.nodeRoleInAnotherStack({ cluster: 'Stack/Cluster' })));
  });

  test('a kubectl layer that is too far away is spoken of', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack, {
      version: eksv1.KubernetesVersion.of('1.34'), kubectlLayer: new KubectlV36Layer(stack, 'Layer'),
    });
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster });
    expect(warningsOn(cluster).join()).toContain(sentence(warningsOfCluster.kubectlLayerSkew({ kubectl: '1.36', version: '1.34', minor: 34 })));
  });

  test('a new control plane can be watched before nodes and add-ons move', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack);
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, controlPlaneBake: { duration: Duration.minutes(30) } });
    const group = upgrades.addManagedNodeGroup('Workers', PINNED);
    const bake = theOnly(resourcesOf(stack), 'Custom::EksBake');
    expect(bake.Properties.Subject).toMatchObject({ Version: '1.36' });
    expect(resourcesOf(stack)[stack.resolve((group.node.defaultChild as CfnResource).logicalId)].DependsOn).toContain(bake.logicalId);
    expect(DependencyGraph.of(stack).findCycle()).toBeUndefined();
  });

  test('fails when CoreDNS waits for nodes that come with another stack', () => {
    const stack = newStack();
    const cluster = awsEksCluster(stack, { authenticationMode: eksv1.AuthenticationMode.API });
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, managedAddOns: [ManagedAddOn.coreDns()] });
    new ManagedNodeGroupWithAmiTracking(
      newStack({ app: stack.node.root as never, id: 'Nodes' }), 'Workers', { cluster: upgrades.cluster, ...PINNED },
    );
    expect(() => resourcesOf(stack)).toThrow(sentence(saysOfCluster.addOnWithoutNodes({ name: 'coredns', stack: 'Nodes' })));
  });
});

test.each<[string, (stack: Stack) => eks.ICluster]>([
  ['of the app', (stack) => clusterIn(stack, '1.36')],
  ['that is imported', (stack) => eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod', vpc: importedVpc(stack, 'Vpc') })],
])('fails after a node group of a cluster %s, whose version and place are decided already', (_, clusterOf) => {
  const stack = newStack();
  const cluster = clusterOf(stack);
  const kubernetesVersion = eks.KubernetesVersion.of('1.36');
  ['Workers', 'More'].forEach((id) => new ManagedNodeGroupWithAmiTracking(stack, id, { cluster, kubernetesVersion }));
  expect(() => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster, version: kubernetesVersion })).toThrow(
    `${sentence(saysOfCluster.nodeGroupBefore({ nodeGroup: 'Stack/Workers' }))} [Stack/Upgrades]`);
});

test('fails for an UpgradableCluster, which moves its parts itself', () => {
  const stack = newStack();
  expect(() => ClusterUpgrades.ofAwsEksV2(stack, 'Upgrades', { cluster: upgradableCluster(stack) })).toThrow(sentence(saysOfCluster.clusterHasUpgrades({ cluster: 'Stack/Cluster' })));
});

describe('a cluster of the other module, which only types tell', () => {
  const refused = (module: string, method: string) =>
    `${sentence(saysOfCluster.clusterOfOtherModule({ cluster: 'Stack/Cluster', module, method }))} [Stack/Upgrades]`;

  test.each([undefined, '1.36'])('is refused with the method for it, version given: %s', (version) => {
    const [one, other] = [newStack(), newStack()];
    const given = clusterIn(one, '1.36') as unknown as eksv1.ICluster;
    expect(() => ClusterUpgrades.ofAwsEks(one, 'Upgrades', { cluster: given, version: v1(version) })).toThrow(refused('aws-eks-v2', 'ofAwsEksV2'));
    const older = awsEksCluster(other) as unknown as eks.ICluster;
    expect(() => ClusterUpgrades.ofAwsEksV2(other, 'Upgrades', { cluster: older, version: v2(version) })).toThrow(refused('aws-eks', 'ofAwsEks'));
  });
});
