import { concernsChecks } from '../../../../src/engine/change/moves';
import { autoModeOff } from '../../../../src/engine/judgement/checks/auto-mode-off';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const empty = aNodeGroup({ scaling: { minSize: 0, desiredSize: 0, maxSize: 3 } });

test.each([
  ['none', known([])], ['an empty one', known([empty])], ['unread ones', notKnown('not allowed')],
])('fails where Auto Mode ends and no node group has nodes: %s', (_, nodeGroups) => {
  expect(findings(autoModeOff, aCluster({ autoMode: true, nodeGroups }), { leavesAutoMode: true })).toMatchObject([{
    id: 'auto-mode-off', severity: 'error', reason: 'nowhere',
  }]);
});

test('warns where a node group has nodes, and fails where that goes, too', () => {
  const state = aCluster({ autoMode: true });
  expect(findings(autoModeOff, state, { leavesAutoMode: true })).toMatchObject([{ severity: 'warning', reason: 'beside' }]);
  expect(findings(autoModeOff, state, { leavesAutoMode: true, nodeGroups: { workers: { removed: true } } })).toMatchObject([{
    severity: 'error', reason: 'nowhere',
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
