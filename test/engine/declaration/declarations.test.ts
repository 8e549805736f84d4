import { obeysContext } from '../../../src/engine/declaration/cluster-declaration';
import { declarationsIn, MetadataEntry, releasesIn } from '../../../src/engine/declaration/declarations';
import {
  ADD_ON_METADATA_TYPE, BAKE_METADATA_TYPE, CLUSTER_METADATA_TYPE, NODE_GROUP_METADATA_TYPE,
} from '../../../src/engine/declaration/metadata';

const stack = { stackName: 'Prod', account: '111122223333', region: 'us-west-2' };
const guard = { mode: 'warn', ignore: ['free-addresses'], maxInsightAgeMinutes: 30 };

const cluster: MetadataEntry = {
  path: 'Prod/Cluster', stack, type: CLUSTER_METADATA_TYPE, data: { logicalId: 'Cluster', version: '1.36', guard },
};
const workers: MetadataEntry = {
  path: 'Prod/Cluster/NodegroupWorkers',
  stack,
  type: NODE_GROUP_METADATA_TYPE,
  data: {
    cluster: 'Prod/Cluster',
    clusterName: { Ref: 'Cluster' },
    logicalId: 'Workers',
    tracking: 'recommended',
    amiType: 'AL2023_x86_64_STANDARD',
    kubernetesVersion: '1.36',
    releaseVersion: 'dummy-value-for-/aws/service/eks',
    contextKey: 'ssm:…',
    upgradeAfter: ['Prod/Canary'],
  },
};
const coreDns: MetadataEntry = {
  path: 'Nodes/AddOn',
  stack: { ...stack, stackName: 'Nodes' },
  type: ADD_ON_METADATA_TYPE,
  data: {
    cluster: 'Prod/Cluster', logicalId: 'AddOn', name: 'coredns', policy: 'pinned', version: 'v1.12.4-eksbuild.1', neededByNodes: true,
  },
};

const bake: MetadataEntry = {
  path: 'Prod/Cluster/NodegroupWorkers/Bake',
  stack,
  type: BAKE_METADATA_TYPE,
  data: { cluster: 'Prod/Cluster', logicalId: 'Bake', bakes: 'Prod/Cluster/NodegroupWorkers', seconds: 1800, alarms: ['Prod/Errors'] },
};

test('a cluster with its parts, wherever they are, in whatever order', () => {
  expect(declarationsIn([bake, coreDns, workers, cluster])).toEqual([{
    path: 'Prod/Cluster',
    ...stack,
    logicalId: 'Cluster',
    version: '1.36',
    supportType: undefined,
    guard,
    nodeGroups: [{
      path: 'Prod/Cluster/NodegroupWorkers',
      stackName: 'Prod',
      logicalId: 'Workers',
      tracking: 'recommended',
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.36',
      contextKey: 'ssm:…',
      upgradeAfter: ['Prod/Canary'],
    }],
    addOns: [{
      path: 'Nodes/AddOn',
      stackName: 'Nodes',
      logicalId: 'AddOn',
      name: 'coredns',
      policy: 'pinned',
      version: 'v1.12.4-eksbuild.1',
      neededByNodes: true,
    }],
    bakes: [{
      path: 'Prod/Cluster/NodegroupWorkers/Bake', stackName: 'Prod', logicalId: 'Bake', bakes: 'Prod/Cluster/NodegroupWorkers', seconds: 1800, alarms: ['Prod/Errors'],
    }],
  }]);
});

test('which clusters the context moves: not imported ones, nor those that say so; older assemblies say it of none', () => {
  const obey = (data: object) => declarationsIn([{ ...cluster, data: { version: '1.36', guard, ...data } }]).map(obeysContext);
  expect(obey({ logicalId: 'Cluster' })).toEqual([true]);
  expect(obey({ logicalId: 'Cluster', ignoresContext: true })).toEqual([false]);
  expect(obey({})).toEqual([false]);
});

test('values that only the deployment knows are left out', () => {
  const tokens = { ...cluster, data: { logicalId: 'Cluster', version: '${Token[TOKEN.1]}', clusterName: { Ref: 'Name' }, guard } };

  expect(declarationsIn([tokens])[0]).not.toHaveProperty('version');
  expect(declarationsIn([tokens])[0]).not.toHaveProperty('clusterName');
});

test('an imported cluster is known by its node groups', () => {
  const group = { ...workers, data: { ...workers.data as object, cluster: 'Prod/Imported', clusterName: 'shared' } };

  expect(declarationsIn([group, { ...group, path: 'Prod/Other' }])).toMatchObject([
    { path: 'Prod/Imported', clusterName: 'shared', nodeGroups: [{ path: workers.path }, { path: 'Prod/Other' }], addOns: [] },
  ]);
  expect(declarationsIn([group])[0]).not.toHaveProperty('logicalId');
});

test('a tracked release without a node group belongs to no cluster; what only the deployment knows is left out', () => {
  const release: MetadataEntry = {
    path: 'Prod/Release',
    stack,
    type: NODE_GROUP_METADATA_TYPE,
    data: {
      tracking: 'recommended',
      amiType: 'AL2023_ARM_64_STANDARD',
      kubernetesVersion: '1.36',
      releaseVersion: '${Token[Release.1]}',
      contextKey: 'ssm:…',
    },
  };

  expect(releasesIn([cluster, workers, release])).toEqual([
    {
      path: 'Prod/Release',
      ...stack,
      tracking: 'recommended',
      amiType: 'AL2023_ARM_64_STANDARD',
      kubernetesVersion: '1.36',
      contextKey: 'ssm:…',
    },
  ]);
  expect(declarationsIn([release])).toEqual([]);
});

test.each([
  'dummy-value-for-/platform/version', '{{resolve:ssm:/platform/version}}', '${Token[TOKEN.1]}',
])('%s is no version', (version) => {
  const [{ version: found, nodeGroups: [group], addOns: [addOn] }] = declarationsIn([
    { ...cluster, data: { ...cluster.data as object, version } },
    { ...workers, data: { ...workers.data as object, kubernetesVersion: version } },
    { ...coreDns, data: { ...coreDns.data as object, version } },
  ]);

  expect([found, group.kubernetesVersion, addOn.version]).toEqual([undefined, undefined, undefined]);
});

test('an age of insights that only the deployment knows counts as the default', () => {
  const ageOf = (maxInsightAgeMinutes: unknown) => declarationsIn([
    { ...cluster, data: { version: '1.36', guard: { ...guard, maxInsightAgeMinutes } } },
  ])[0].guard.maxInsightAgeMinutes;
  expect([ageOf(30), ageOf(0), ageOf({ Ref: 'Minutes' }), ageOf(-1.8881545897087626e+289)]).toEqual([30, 0, 60, 60]);
});
