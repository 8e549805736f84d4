import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { controllerVersion } from '../../../../src/engine/judgement/checks/controller-version';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

const installs = (controller: string, version: string, intent: UpgradeIntent = { version: '1.36' }): UpgradeIntent => (
  { ...intent, objects: { removedApis: [], controllers: [{ construct: 'Prod/Chart', controller, version }] } });

test('fails for a controller that launches no nodes on the new version', () => {
  expect(findings(controllerVersion, aCluster(), installs('karpenter', '1.0.2'))).toMatchObject([{
    id: 'controller-version:Prod/Chart',
    severity: 'error',
    reason: 'misfit',
    data: {
      controller: 'karpenter',
      version: '1.0.2',
      why: 'Kubernetes 1.36 needs Karpenter 1.13.0 or newer',
      consequence: 'Karpenter may launch no new nodes',
    },
    details: ['by https://karpenter.sh/docs/upgrading/compatibility/, as of Karpenter 1.15'],
  }]);
});

test('warns of one that its project does not support there', () => {
  expect(findings(controllerVersion, aCluster(), installs('cluster-autoscaler', '1.27.3'))).toMatchObject([{ severity: 'warning' }]);
});

test('passes for what fits, for what is not known, and where the control plane stays or goes back', () => {
  expect(findings(controllerVersion, aCluster(), installs('karpenter', '1.13.0'))).toEqual([]);
  expect(findings(controllerVersion, aCluster(), installs('argo-cd', '0.1.0'))).toEqual([]);
  expect(findings(controllerVersion, aCluster(), installs('karpenter', '0.1.0', {}))).toEqual([]);
  expect(findings(controllerVersion, anUpgradedCluster(), installs('karpenter', '0.1.0', { version: '1.35' }))).toEqual([]);
});
