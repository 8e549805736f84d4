import { autoModeNodes } from '../../../../src/engine/judgement/checks/auto-mode-nodes';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

test('has nothing to say without Auto Mode, or when the control plane stays', () => {
  expect(findings(autoModeNodes, aCluster())).toEqual([]);
  expect(findings(autoModeNodes, aCluster({ autoMode: true }), {})).toEqual([]);
});

test('says that Auto Mode rolls its nodes after an upgrade', () => {
  expect(findings(autoModeNodes, aCluster({ autoMode: true }))).toMatchObject([{
    id: 'auto-mode-nodes', severity: 'info', reason: 'follows', data: { target: '1.36' },
  }]);
});

test('says that a rollback waits for Auto Mode', () => {
  expect(findings(autoModeNodes, anUpgradedCluster({ autoMode: true }), { version: '1.35' })).toMatchObject([{
    severity: 'info', reason: 'goesBackFirst', data: { target: '1.35' },
  }]);
});
