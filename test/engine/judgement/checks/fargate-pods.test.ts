import { fargatePods } from '../../../../src/engine/judgement/checks/fargate-pods';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

const fargateProfiles = known(['default', 'batch']);

test('passes without Fargate profiles', () => {
  expect(findings(fargatePods, aCluster())).toEqual([]);
});

test('passes when the control plane stays', () => {
  expect(findings(fargatePods, aCluster({ fargateProfiles }), {})).toEqual([]);
});

test('warns of pods that keep their kubelet', () => {
  expect(findings(fargatePods, aCluster({ fargateProfiles }))).toMatchObject([{
    id: 'fargate-pods',
    severity: 'warning',
    reason: 'behind',
    data: { profiles: ['default', 'batch'], target: '1.36' },
  }]);
});

test('warns on the way back of pods that may be too new', () => {
  expect(findings(fargatePods, anUpgradedCluster({ fargateProfiles }), { version: '1.35' })).toMatchObject([{
    reason: 'ahead', data: { target: '1.35' },
  }]);
});

test('warns when the profiles could not be read', () => {
  expect(findings(fargatePods, aCluster({ fargateProfiles: notKnown('throttled') }))).toMatchObject([
    { id: 'fargate-pods:unknown', severity: 'warning', reason: 'unread' },
  ]);
});
