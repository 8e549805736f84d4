import { autoModeNodes } from '../../../../src/engine/judgement/checks/auto-mode-nodes';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

test('has nothing to say without Auto Mode, or when the control plane stays', () => {
  expect(findings(autoModeNodes, aCluster())).toEqual([]);
  expect(findings(autoModeNodes, aCluster({ autoMode: true }), {})).toEqual([]);
});

test('says that Auto Mode rolls its nodes after an upgrade', () => {
  expect(findings(autoModeNodes, aCluster({ autoMode: true }))).toMatchObject([{
    id: 'auto-mode-nodes', severity: 'info', message: 'Auto Mode replaces its nodes by nodes of 1.36 after the upgrade, within their disruption budgets',
  }]);
});

test('says that a rollback waits for Auto Mode', () => {
  expect(findings(autoModeNodes, anUpgradedCluster({ autoMode: true }), { version: '1.35' })).toMatchObject([{
    severity: 'info', message: 'Auto Mode takes its nodes back to 1.35 first, and the control plane waits for that',
  }]);
});
