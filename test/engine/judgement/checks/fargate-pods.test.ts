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
    message: 'pods of the Fargate profiles default, batch keep their kubelet when the control plane goes to 1.36',
    remedy: expect.stringContaining('kubectl rollout restart'),
  }]);
});

test('warns on the way back of pods that may be too new', () => {
  expect(findings(fargatePods, anUpgradedCluster({ fargateProfiles }), { version: '1.35' })).toMatchObject([{
    remedy: 'see in the rollback insights whether some run a newer kubelet than 1.35',
  }]);
});

test('warns when the profiles could not be read', () => {
  expect(findings(fargatePods, aCluster({ fargateProfiles: notKnown('throttled') }))).toMatchObject([
    { id: 'fargate-pods:unknown', severity: 'warning' },
  ]);
});
