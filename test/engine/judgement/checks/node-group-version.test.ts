import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupVersion } from '../../../../src/engine/judgement/checks/node-group-version';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

function wanting(version: string, controlPlane = '1.36') {
  return { version: controlPlane, nodeGroups: { workers: { version } } };
}

test.each(['1.36', '1.35'])('passes for %s under a control plane of 1.36', (version) => {
  expect(findings(nodeGroupVersion, aCluster(), wanting(version))).toEqual([]);
});

test('passes when nothing is wanted of node groups, whatever could not be read', () => {
  expect(findings(nodeGroupVersion, aCluster({ nodeGroups: notKnown('throttled') }))).toEqual([]);
});

test('passes for a group that stays where it is under a control plane that stays', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ version: known('1.30') })]) });
  expect(findings(nodeGroupVersion, state, wanting('1.30', '1.35'))).toEqual([]);
});

test('passes for a group of which only another release is wanted', () => {
  expect(findings(nodeGroupVersion, aCluster(), { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } })).toEqual([]);
});

test('fails for nodes newer than the control plane', () => {
  expect(findings(nodeGroupVersion, aCluster(), wanting('1.37'))).toMatchObject([{
    id: 'node-group-version:workers', severity: 'error', reason: 'ahead', data: { version: '1.37', target: '1.36' },
  }]);
});

test('fails for nodes held back too far', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ version: known('1.32') })]) });
  expect(findings(nodeGroupVersion, state, wanting('1.32'))).toMatchObject([{
    severity: 'error', reason: 'tooFarBehind', data: { skew: 3, target: '1.36', oldest: '1.33' },
  }]);
});

test('warns of one minor back', () => {
  expect(findings(nodeGroupVersion, aCluster(), wanting('1.34', '1.35'))).toMatchObject([{
    severity: 'warning', reason: 'back', data: { wanted: '1.34', running: '1.35' },
  }]);
});

test('fails for two minors back', () => {
  expect(findings(nodeGroupVersion, aCluster(), wanting('1.33', '1.35'))).toMatchObject([{ severity: 'error', reason: 'farBack' }]);
});

describe('nodes that others have moved to the next minor', () => {
  const back = (previous: NodeGroupIntent['previous']) => findings(
    nodeGroupVersion, aCluster(),
    { version: '1.34', previousVersion: '1.34', nodeGroups: { workers: { version: '1.34', releaseVersion: '1.34.6-20261104', previous } } },
  );

  test.each([
    ['takes a new release of the older minor', { version: '1.34', releaseVersion: '1.34.5-20260714' }],
    ['comes to that minor from an older one', { version: '1.33', releaseVersion: '1.33.8-20260714' }],
    ['names a version for the first time', {}],
  ])('fail for an app that %s: it does not mean to take them back', (_, previous) => {
    expect(back(previous)).toMatchObject([{ severity: 'error', reason: 'overtaken', data: { wanted: '1.34', running: '1.35' } }]);
  });

  test.each([
    ['names the minor that runs', { version: '1.35', releaseVersion: '1.35.3-20261104' }],
    ['names a newer one', { version: '1.36', releaseVersion: '1.36.2-20261104' }],
    ['leaves the version to the deployment', { byExpression: ['version' as const] }],
  ])('are a warning where the deployed template %s', (_, previous) => {
    expect(back(previous)).toMatchObject([{ severity: 'warning', reason: 'back' }]);
  });
});

test('fails for a new group with another version than the control plane', () => {
  const intent = { version: '1.36', nodeGroups: { fresh: { version: '1.35' }, right: { version: '1.36' } } };
  expect(findings(nodeGroupVersion, aCluster(), intent)).toMatchObject([
    { id: 'node-group-version:fresh', reason: 'newGroup', data: { target: '1.36' } },
  ]);
});

test('where EKS has moved the cluster on its own, a new group waits for the version in the app: constructs let none go beyond it', () => {
  const intent = { version: '1.34', previousVersion: '1.34', nodeGroups: { fresh: { version: '1.34' } } };
  expect(findings(nodeGroupVersion, aCluster(), intent)).toMatchObject([{
    reason: 'newGroupOfDrifted', data: { named: '1.34', target: '1.35' }, remedy: expect.stringContaining('set that to 1.35'),
  }]);
});

test.each([{ version: '1.36' }, { releaseVersion: '1.36.2-20261104' }])('fails for a custom AMI of which %j is wanted', (workers) => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM' })]) });
  expect(findings(nodeGroupVersion, state, { version: '1.36', nodeGroups: { workers } })).toMatchObject([{
    severity: 'error', reason: 'customAmi',
  }]);
});

test('passes for a custom AMI of which nothing is wanted', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM' })]) });
  expect(findings(nodeGroupVersion, state, { version: '1.36', nodeGroups: { workers: {} } })).toEqual([]);
});

test('passes for a custom AMI whose ID stands where the release is, and fails for another', () => {
  const own = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcdef0' })]) });
  const wanted = (releaseVersion: string) => ({ version: '1.36', nodeGroups: { workers: { releaseVersion } } });
  expect(findings(nodeGroupVersion, own, wanted('ami-0123456789abcdef0'))).toEqual([]);
  expect(findings(nodeGroupVersion, own, wanted('1.36.2-20261104'))).toHaveLength(1);
});

describe('versions that both templates give a group', () => {
  const held = (version: string, more: NodeGroupIntent = {}): NodeGroupIntent => {
    const pair = { version, releaseVersion: `${version}.1-20261104` };
    return { ...pair, previous: pair, isNew: false, ...more };
  };
  const wanted = (group: NodeGroupIntent, version = '1.36') => ({ version, previousVersion: '1.35', nodeGroups: { workers: group } });
  const gone = aCluster({ nodeGroups: known([]) });

  test.each(['1.32', '1.33', '1.34', '1.37'])('are not sent, whatever its nodes run: %s', (version) => {
    expect(findings(nodeGroupVersion, aCluster(), wanted(held(version)))).toEqual([]);
    expect(findings(nodeGroupVersion, aCluster(), wanted(held(version), '1.35'))).toEqual([]);
    const custom = aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM' })]) });
    expect(findings(nodeGroupVersion, custom, wanted(held(version)))).toEqual([]);
  });

  test('create none that somebody has deleted', () => {
    expect(findings(nodeGroupVersion, gone, wanted(held('1.34'), '1.35'))).toEqual([]);
    expect(findings(nodeGroupVersion, gone, wanted(held('1.34', { releaseVersion: '1.34.2-20261118' }), '1.35'))).toEqual([]);
  });

  test('fail for the group that takes its place', () => {
    const replaced = wanted(held('1.34', { replacedBy: ['Subnets'] }), '1.35');
    expect(findings(nodeGroupVersion, aCluster(), replaced)).toMatchObject([{ reason: 'newGroup' }]);
    expect(findings(nodeGroupVersion, gone, replaced)).toMatchObject([{ reason: 'newGroup' }]);
  });

  test('are told from versions that one of them gives alone', () => {
    expect(findings(nodeGroupVersion, aCluster(), wanted(held('1.33', { previous: { version: '1.34' } })))).toMatchObject([{ reason: 'farBack' }]);
    expect(findings(nodeGroupVersion, aCluster(), wanted(held('1.33', { previous: undefined })))).toMatchObject([{ reason: 'farBack' }]);
    expect(findings(nodeGroupVersion, gone, wanted(held('1.34', { previous: undefined, isNew: true })))).toMatchObject([{ reason: 'newGroup' }]);
  });
});

test('does not look at a group that is to go, or that could not be read', () => {
  const ahead = { version: '1.37' };
  expect(findings(nodeGroupVersion, aCluster(), { version: '1.36', nodeGroups: { workers: { ...ahead, removed: true } } })).toEqual([]);
  const unread = aCluster({ nodeGroups: known([]), unreadNodeGroups: [{ name: 'workers', why: 'throttled' }] });
  expect(findings(nodeGroupVersion, unread, { version: '1.36', nodeGroups: { workers: ahead } })).toEqual([]);
});
