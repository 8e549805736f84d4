import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { awsEksCluster, CLUSTER, GUARD, instance, MANIFEST, NODE_GROUP } from './_aws-eks';
import { ENV, NO_STAGING, Resources } from './_fixtures';
import {
  AddOnVersion, AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradeGuard,
} from '../../src';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { says as saysOfTracking } from '../../src/tracking/messages';

/** A node group, as both modules take it, and what its nodes run. */
interface Group {
  readonly id: string;
  /** Whether it is made by `addNodegroupCapacity()`, or by itself. */
  readonly byCluster: boolean;
  readonly ami: { readonly apiName: string; readonly instanceType: string; readonly release: (version: string) => string };
  readonly version: string;
  readonly options: Pick<eks.NodegroupOptions, 'minSize' | 'maxSize' | 'nodegroupName' | 'labels' | 'tags' | 'diskSize' | 'maxUnavailablePercentage'>;
  readonly ownRole: boolean;
  readonly spot: boolean;
  readonly launchTemplate: boolean;
}

/** What else lives in the cluster, and is none of our business. */
type Neighbour = 'fargate profile' | 'auto scaling group' | 'bottlerocket group' | 'manifest' | 'masters role' | 'mapped user' | 'load balancer controller' | 'service account';

interface Situation {
  readonly version: string;
  readonly flags: Record<string, boolean>;
  readonly props: Partial<eksv1.ClusterProps>;
  readonly groups: readonly Group[];
  readonly neighbours: readonly Neighbour[];
}

const amazonLinux = (version: string) => `${version}.2-20260311`;

const AMIS: readonly Group['ami'][] = [
  { apiName: 'AL2023_x86_64_STANDARD', instanceType: 'm7i.large', release: amazonLinux },
  { apiName: 'AL2023_ARM_64_STANDARD', instanceType: 'm7g.large', release: amazonLinux },
  { apiName: 'BOTTLEROCKET_x86_64', instanceType: 'm7i.large', release: () => '1.34.0-18d04e52' },
  { apiName: 'WINDOWS_CORE_2022_x86_64', instanceType: 'm7i.large', release: (version) => `${version}-2026.04.18` },
];

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);

const group = (version: string): fc.Arbitrary<Group> => fc.record({
  id: word.map((text) => text[0].toUpperCase() + text.slice(1)),
  byCluster: fc.boolean(),
  ami: fc.constantFrom(...AMIS),
  version: fc.constantFrom(version, version, `1.${Number(version.split('.')[1]) - 1}`),
  options: fc.record({
    minSize: fc.constantFrom(1, 2),
    maxSize: fc.constantFrom(3, 5),
    nodegroupName: word,
    labels: fc.dictionary(word, word, { maxKeys: 2 }),
    tags: fc.dictionary(word, word, { maxKeys: 2 }),
    maxUnavailablePercentage: fc.constantFrom(25, 50),
  }, { requiredKeys: [] }),
  ownRole: fc.boolean(),
  spot: fc.boolean(),
  launchTemplate: fc.boolean(),
});

const situation: fc.Arbitrary<Situation> = fc.constantFrom('1.34', '1.35', '1.36').chain((version) => fc.record({
  version: fc.constant(version),
  flags: fc.record({
    '@aws-cdk/aws-eks:defaultToAL2023': fc.boolean(),
    '@aws-cdk/aws-eks:useNativeOidcProvider': fc.boolean(),
    '@aws-cdk/aws-eks:nodegroupNameAttribute': fc.boolean(),
  }),
  props: fc.record({
    clusterName: word,
    authenticationMode: fc.constantFrom(...Object.values(eksv1.AuthenticationMode)),
    ipFamily: fc.constantFrom(...Object.values(eksv1.IpFamily)),
    endpointAccess: fc.constantFrom(eksv1.EndpointAccess.PRIVATE, eksv1.EndpointAccess.PUBLIC),
    tags: fc.dictionary(word, word, { maxKeys: 2 }),
  }, { requiredKeys: [] }),
  groups: fc.uniqueArray(group(version), { selector: ({ id }) => id, minLength: 1, maxLength: 3 }),
  neighbours: fc.subarray<Neighbour>([
    'fargate profile', 'auto scaling group', 'bottlerocket group', 'manifest', 'masters role', 'mapped user', 'load balancer controller', 'service account',
  ]),
}));

/** Entries of the ConfigMap cannot be made where access entries alone decide. */
function fits({ props: { authenticationMode }, neighbours }: Situation): boolean {
  return authenticationMode !== eksv1.AuthenticationMode.API
    || !neighbours.some((neighbour) => ['auto scaling group', 'bottlerocket group', 'mapped user'].includes(neighbour));
}

function clusterOf(stack: Stack, { version, props, neighbours }: Situation): eksv1.Cluster {
  return awsEksCluster(stack, {
    version: eksv1.KubernetesVersion.of(version),
    ...neighbours.includes('masters role') && {
      mastersRole: new iam.Role(stack, 'Masters', { assumedBy: new iam.AccountRootPrincipal() }),
    },
    ...neighbours.includes('load balancer controller') && { albController: { version: eksv1.AlbControllerVersion.V2_8_2 } },
    ...props,
  });
}

function addNeighbours(stack: Stack, cluster: eksv1.Cluster, { neighbours }: Situation): void {
  const add: Record<Neighbour, () => unknown> = {
    'fargate profile': () => cluster.addFargateProfile('Batch', { selectors: [{ namespace: 'batch' }] }),
    'auto scaling group': () => cluster.addAutoScalingGroupCapacity('SelfManaged', { instanceType: instance('m7i.large') }),
    'bottlerocket group': () => cluster.addAutoScalingGroupCapacity('Rocket', {
      instanceType: instance('m7i.large'), machineImageType: eksv1.MachineImageType.BOTTLEROCKET,
    }),
    'manifest': () => cluster.addManifest('Namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'batch' } }),
    'mapped user': () => cluster.awsAuth.addUserMapping(iam.User.fromUserName(stack, 'User', 'ada'), { groups: ['developers'] }),
    'service account': () => cluster.addServiceAccount('App'),
    'masters role': () => undefined,
    'load balancer controller': () => undefined,
  };
  neighbours.forEach((neighbour) => add[neighbour]());
}

/** The options that both modules know by the same names and values. */
function optionsOf(stack: Stack, { id, ami, options, ownRole, spot, launchTemplate }: Group) {
  return {
    ...options,
    forceUpdate: false,
    instanceTypes: [instance(ami.instanceType)],
    nodeRole: ownRole
      ? new iam.Role(stack, `${id}Role`, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })
      : undefined,
    capacityType: (spot ? 'SPOT' : undefined) as any,
    launchTemplateSpec: launchTemplate
      ? { id: new ec2.CfnLaunchTemplate(stack, `${id}Template`, { launchTemplateData: { ebsOptimized: true } }).ref }
      : undefined,
  };
}

/** The resources; those of the handlers' nested stacks are known by the hash in the address of their template. */
function synthesize(it: Situation, addGroups: (stack: Stack, cluster: eksv1.Cluster) => void): Resources {
  const app = new App({ context: { ...NO_STAGING, ...it.flags } });
  const stack = new Stack(app, 'Platform', { env: ENV });
  const cluster = clusterOf(stack, it);
  addGroups(stack, cluster);
  addNeighbours(stack, cluster, it);
  return app.synth().getStackByName('Platform').template.Resources;
}

function before(it: Situation): Resources {
  return synthesize(it, (stack, cluster) => it.groups.forEach((each) => {
    const options = { ...optionsOf(stack, each), amiType: each.ami.apiName as eksv1.NodegroupAmiType };
    if (each.byCluster) cluster.addNodegroupCapacity(each.id, options);
    else new eksv1.Nodegroup(stack, each.id, { cluster, ...options });
  }));
}

/** The same app with node groups of this library, each held at what its nodes run. */
function after(it: Situation, upgradeGuard = UpgradeGuard.enforce()): Resources {
  return synthesize(it, (stack, cluster) => {
    const upgrades = ClusterUpgrades.ofAwsEks(stack, 'Upgrades', { cluster, upgradeGuard });
    it.groups.forEach((each) => {
      const options = {
        ...optionsOf(stack, each),
        eksAmiType: EksAmiType.fromApiName(each.ami.apiName),
        kubernetesVersion: eks.KubernetesVersion.of(each.version),
        amiTracking: AmiTracking.pinned(each.ami.release(each.version)),
      };
      if (each.byCluster) upgrades.addManagedNodeGroup(each.id, options);
      else new ManagedNodeGroupWithAmiTracking(stack, each.id, { cluster: upgrades.cluster, ...options });
    });
  });
}

/** What adoption is meant to add to a node group. */
function withVersions(resources: Resources, { groups }: Situation): Resources {
  const expected = structuredClone(resources);
  for (const { id, byCluster, version, ami } of groups) {
    const prefix = byCluster ? `ClusterNodegroup${id}` : id;
    const [found] = Object.entries(expected)
      .filter(([logicalId, { Type }]) => Type === NODE_GROUP && logicalId.slice(0, -8) === prefix).map(([, resource]) => resource);
    Object.assign(found.Properties, { Version: version, ReleaseVersion: ami.release(version) });
  }
  return expected;
}

test('adoption adds versions to node groups, and nothing else changes: no logical ID, no ConfigMap, nothing beside them', () => {
  fc.assert(fc.property(situation.filter(fits), (it) => {
    expect(after(it, UpgradeGuard.disabled())).toEqual(withVersions(before(it), it));
  }), { numRuns: 20 });
});

test('the guard comes before the cluster, and changes nothing of it', () => {
  fc.assert(fc.property(situation.filter(fits), (it) => {
    const [theirs, resources] = [withVersions(before(it), it), after(it)];
    const added = Object.keys(resources).filter((id) => !(id in theirs));

    expect(added.map((id) => resources[id].Type).sort()).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', GUARD]);
    const guard = added.find((id) => resources[id].Type === GUARD)!;
    for (const [id, resource] of Object.entries(theirs)) {
      const { DependsOn: waits = [], ...rest } = resources[id];
      const { DependsOn: waited = [], ...same } = resource;
      expect(rest).toEqual(same);
      expect([...waits].sort()).toEqual(resource.Type === CLUSTER ? [...waited, guard].sort() : [...waited].sort());
    }
    expect(resources[guard].Properties).toMatchObject({ Judged: expect.stringMatching(new RegExp(`^${it.version}/`)) });
  }), { numRuns: 10 });
});

/** An app with one node group, by the cluster. */
const ONE: Situation = {
  version: '1.36',
  flags: {},
  props: {},
  groups: [
    { id: 'Workers', byCluster: true, ami: AMIS[0], version: '1.36', options: {}, ownRole: false, spot: false, launchTemplate: false },
  ],
  neighbours: [],
};

const configMapsIn = (resources: Resources) => Object.values(resources).filter(({ Type, Properties }) => Type === MANIFEST
  && JSON.stringify(Properties).includes('aws-auth'));

test('the default capacity is adopted under its name, written out', () => {
  const old = synthesize({ ...ONE, version: '1.35', props: { defaultCapacity: 3 } }, () => undefined);
  const now = synthesize({ ...ONE, version: '1.35' }, (stack, cluster) => ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
    cluster, upgradeGuard: UpgradeGuard.disabled(),
  })
    .addManagedNodeGroup('DefaultCapacity', {
      instanceTypes: [instance('m5.large')],
      minSize: 3,
      forceUpdate: true,
      eksAmiType: EksAmiType.AL2_X86_64,
      kubernetesVersion: eks.KubernetesVersion.of('1.32'),
      amiTracking: AmiTracking.pinned('1.32.9-20251120'),
    }));
  const [id] = Object.keys(old).filter((logicalId) => old[logicalId].Type === NODE_GROUP);
  Object.assign(old[id].Properties, { Version: '1.32', ReleaseVersion: '1.32.9-20251120' });

  expect(now).toEqual(old);
});

test('ClusterUpgrades is left as docs/leave.md says: nothing changes but that the guard goes', () => {
  const pinned = { addonVersion: 'v1.13.2-eksbuild.1', preserveOnDelete: true };
  const now = synthesize(ONE, (stack, cluster) => {
    const coreDns = ManagedAddOn.coreDns({ version: AddOnVersion.pinned(pinned.addonVersion) });
    ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
      cluster, upgradeGuard: UpgradeGuard.disabled(), managedAddOns: [coreDns],
    }).addManagedNodeGroup('Workers', {
      instanceTypes: [instance('m7i.large')], eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, releaseVersion: '1.36.2-20260311',
    });
  });
  const left = synthesize(ONE, (stack, cluster) => {
    const workers = cluster.addNodegroupCapacity('Workers', {
      instanceTypes: [instance('m7i.large')], amiType: eksv1.NodegroupAmiType.AL2023_X86_64_STANDARD, releaseVersion: '1.36.2-20260311', forceUpdate: false,
    });
    (workers.node.defaultChild as CfnResource).addPropertyOverride('Version', '1.36');
    const coreDns = new eksv1.Addon(new Construct(stack, 'Upgrades'), 'AddOnCoredns', { cluster, addonName: 'coredns', ...pinned });
    (coreDns.node.defaultChild as CfnResource).addPropertyOverride('ResolveConflicts', 'PRESERVE');
    coreDns.node.addDependency(workers.node.defaultChild!);
  });

  expect(left).toEqual(now);
});

describe('the role of nodes in the ConfigMap', () => {
  test('is mapped where it is the only entry', () => {
    const [configMap] = configMapsIn(after(ONE));

    expect(JSON.stringify(configMap.Properties)).toContain('system:node:{{EC2PrivateDNSName}}');
    expect(JSON.stringify(configMap.Properties)).toMatch(/ClusterNodegroupWorkersNodeGroupRole\w{8}/);
    expect(configMap).toEqual(configMapsIn(before(ONE))[0]);
  });

  test('is mapped beside access entries, and not where these alone decide', () => {
    const inMode = (authenticationMode: eksv1.AuthenticationMode) => configMapsIn(after({ ...ONE, props: { authenticationMode } }));

    expect(inMode(eksv1.AuthenticationMode.API_AND_CONFIG_MAP)).toHaveLength(1);
    expect(inMode(eksv1.AuthenticationMode.CONFIG_MAP)).toHaveLength(1);
    expect(inMode(eksv1.AuthenticationMode.API)).toEqual([]);
  });

  test('is lost by a node group that is exchanged without ClusterUpgrades, which is why there is one', () => {
    const exchanged = synthesize(ONE, (stack, cluster) => new ManagedNodeGroupWithAmiTracking(cluster, 'NodegroupWorkers', {
      cluster: eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: cluster.clusterName, vpc: cluster.vpc }),
      kubernetesVersion: eks.KubernetesVersion.of('1.36'),
      amiTracking: AmiTracking.pinned('1.36.2-20260311'),
    }));

    expect(Object.keys(exchanged)).toEqual(expect.arrayContaining(Object.keys(before(ONE)).filter((id) => /Nodegroup/.test(id))));
    expect(configMapsIn(exchanged)).toEqual([]);
  });
});

describe('adoption fails to be one', () => {
  const changedBy = (edit: Partial<Group>) => {
    const [old, now] = [before(ONE), after({ ...ONE, groups: [{ ...ONE.groups[0], ...edit }] })];
    return Object.keys(old).filter((id) => JSON.stringify(old[id].Properties) !== JSON.stringify(now[id]?.Properties))
      .map((id) => `${id.slice(0, -8)}: ${now[id] ? 'changed' : 'gone'}`);
  };

  test.each<[string, Partial<Group>, string[]]>([
    [
      'under another ID', { id: 'Nodes' },
      ['ClusterNodegroupWorkersNodeGroupRole: gone', 'ClusterNodegroupWorkers: gone', 'ClusterAwsAuthmanifest: changed'],
    ],
    [
      'by itself', { byCluster: false },
      ['ClusterNodegroupWorkersNodeGroupRole: gone', 'ClusterNodegroupWorkers: gone', 'ClusterAwsAuthmanifest: changed'],
    ],
    [
      'with a role of its own', { ownRole: true },
      ['ClusterNodegroupWorkersNodeGroupRole: gone', 'ClusterNodegroupWorkers: changed', 'ClusterAwsAuthmanifest: changed'],
    ],
  ])('%s', (_, edit, changes) => {
    expect(changedBy(edit)).toEqual(changes);
  });

  test('in another order, which changes the text of the ConfigMap', () => {
    const two = [ONE.groups[0], { ...ONE.groups[0], id: 'Others' }];
    const [old, now] = [before({ ...ONE, groups: two }), after({ ...ONE, groups: [...two].reverse() })];

    expect(configMapsIn(now)).not.toEqual(configMapsIn(old));
  });

  test('with a release of another minor', () => {
    expect(() => after({ ...ONE, groups: [{ ...ONE.groups[0], ami: { ...AMIS[0], release: () => '1.34.2-20260311' } }] }))
      .toThrow(
        sentence(saysOfTracking.releaseOfOtherVersion({ releaseVersion: '1.34.2-20260311', minor: '1.34', kubernetesVersion: '1.36' })),
      );
  });

  test('with nodes that lead the control plane', () => {
    expect(() => after({ ...ONE, version: '1.35' })).toThrow(
      sentence(saysOfNodeGroup.newerThanCluster({ prop: 'kubernetesVersion', nodes: '1.36', controlPlane: '1.35' })),
    );
  });

  test('with nodes that lag too far behind it', () => {
    expect(() => after({ ...ONE, groups: [{ ...ONE.groups[0], version: '1.32' }] })).toThrow(
      sentence(saysOfNodeGroup.tooFarBehindCluster({ prop: 'kubernetesVersion', nodes: '1.32', skew: 3, controlPlane: '1.36', oldest: '1.33' })),
    );
  });

  test('with an image of its own in the launch template', () => {
    expect(() => synthesize(ONE, (stack, cluster) => ClusterUpgrades.ofAwsEks(
      stack, 'Upgrades', { cluster },
    ).addManagedNodeGroup('Workers', {
      launchTemplateSpec: {
        id: new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-0123456789abcdef0' } }).ref,
      },
    }))).toThrow(
      sentence(saysOfNodeGroup.imageInLaunchTemplate({ id: 'NodegroupWorkers', scope: 'Platform/Cluster' })),
    );
  });
});
