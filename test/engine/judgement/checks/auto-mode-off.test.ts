import { concernsChecks } from '../../../../src/engine/change/moves';
import { autoModeOff } from '../../../../src/engine/judgement/checks/auto-mode-off';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { NodeState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { someWorkloads } from '../../workloads';

const nodesSeen = (...nodes: NodeState[]): Partial<ClusterState> => ({ workloads: known(someWorkloads({ nodes })) });

const empty = aNodeGroup({ scaling: { minSize: 0, desiredSize: 0, maxSize: 3 } });

test.each([
  ['none', known([])], ['an empty one', known([empty])], ['unread ones', notKnown('not allowed')],
])('fails where Auto Mode ends and no node group has nodes: %s', (_, nodeGroups) => {
  expect(findings(autoModeOff, aCluster({ autoMode: true, nodeGroups }), { leavesAutoMode: true })).toMatchObject([{
    id: 'auto-mode-off', severity: 'error', reason: 'nowhere', remedy: expect.stringContaining("add 'auto-mode-off' to ignore"),
  }]);
});

test('warns where a node group has nodes, and fails where that goes, too', () => {
  const state = aCluster({ autoMode: true });
  expect(findings(autoModeOff, state, { leavesAutoMode: true })).toMatchObject([{ severity: 'warning', reason: 'beside' }]);
  expect(findings(autoModeOff, state, { leavesAutoMode: true, nodeGroups: { workers: { removed: true } } })).toMatchObject([{
    severity: 'error', reason: 'nowhere',
  }]);
});

test.each<[string, Partial<ClusterState>, 'beside' | 'nowhere']>([
  ['a Fargate profile', { fargateProfiles: known(['apps']) }, 'beside'],
  ['a node of Karpenter or of an Auto Scaling group', nodesSeen({ name: 'karpenter' }), 'beside'],
  ['a hybrid node', nodesSeen({ name: 'hybrid', computeType: 'hybrid' }), 'beside'],
  ['nodes of Auto Mode only', nodesSeen({ name: 'auto', computeType: 'auto' }), 'nowhere'],
  ['a node of a node group that goes', nodesSeen({ name: 'leaving', nodeGroup: 'workers' }), 'nowhere'],
  ['a cluster that could not be looked into', { workloads: notKnown('not allowed') }, 'nowhere'],
])('tells where else pods can run beside no node group: %s', (_, elsewhere, reason) => {
  const state = aCluster({ autoMode: true, nodeGroups: known([]), ...elsewhere });
  expect(findings(autoModeOff, state, { leavesAutoMode: true })).toMatchObject([{
    reason, severity: reason === 'beside' ? 'warning' : 'error',
  }]);
});

test('says nothing where it stays on, or is off already', () => {
  expect(findings(autoModeOff, aCluster({ autoMode: true }), {})).toEqual([]);
  expect(findings(autoModeOff, aCluster(), { leavesAutoMode: true })).toEqual([]);
});

test('concerns the guard', () => {
  expect(concernsChecks({})).toBe(false);
  expect(concernsChecks({ leavesAutoMode: true })).toBe(true);
});
