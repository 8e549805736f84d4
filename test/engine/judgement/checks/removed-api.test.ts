import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { removedApi } from '../../../../src/engine/judgement/checks/removed-api';
import { RemovedApiUse } from '../../../../src/engine/state/app-objects';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

const BUDGET: RemovedApiUse = {
  construct: 'Prod/Web', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', name: 'web', removedIn: '1.25', replacement: 'policy/v1 PodDisruptionBudget',
};
const FLOW: RemovedApiUse = { construct: 'Prod/Flow', apiVersion: 'a/v1beta1', kind: 'Flow', removedIn: '1.36' };

const wanted = (removedApis: RemovedApiUse[], intent: UpgradeIntent = { version: '1.36' }): UpgradeIntent => ({
  ...intent, objects: { removedApis, controllers: [] },
});

test('fails for each manifest with an API that the new version does not serve, naming the replacement', () => {
  expect(findings(removedApi, aCluster(), wanted([BUDGET, FLOW, { ...BUDGET, name: 'api' }]))).toMatchObject([
    {
      id: 'removed-api:Prod/Web',
      severity: 'error',
      subject: 'manifest Prod/Web',
      reason: 'removed',
      data: {
        apis: ['policy/v1beta1 PodDisruptionBudget'],
        target: '1.36',
        replacements: ['policy/v1 PodDisruptionBudget'],
      },
      details: ['policy/v1beta1 PodDisruptionBudget web: gone in 1.25', 'policy/v1beta1 PodDisruptionBudget api: gone in 1.25'],
    },
    {
      id: 'removed-api:Prod/Flow',
      reason: 'removedForGood',
      details: ['a/v1beta1 Flow: gone in 1.36'],
    },
  ]);
});

test.each([['1.31', 'v1beta3'], ['1.32', 'v1'], ['1.36', 'v1']])('names for %s what takes the place there: %s', (target, version) => {
  const use = {
    ...FLOW, apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2', kind: 'FlowSchema', removedIn: '1.29', replacement: 'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema',
  };
  expect(findings(removedApi, aCluster({ version: '1.30' }), wanted([use], { version: target }))).toMatchObject([
    { reason: 'removed', data: { target, replacements: [`flowcontrol.apiserver.k8s.io/${version} FlowSchema`] } },
  ]);
});

test('names nothing where what would take the place is gone as well', () => {
  const use = { ...FLOW, apiVersion: 'extensions/v1beta1', kind: 'PodSecurityPolicy', removedIn: '1.16', replacement: 'policy/v1beta1 PodSecurityPolicy' };
  expect(findings(removedApi, aCluster(), wanted([use]))).toMatchObject([{ reason: 'removedForGood' }]);
});

test.each<[string, RemovedApiUse, UpgradeIntent]>([
  ['an API that the new version still serves', { ...FLOW, removedIn: '1.37' }, { version: '1.36' }],
  ['a control plane that stays', BUDGET, {}],
  ['a control plane that others move', BUDGET, { version: '1.36', isMovedElsewhere: true }],
  ['a deployment that is not about the version', BUDGET, { version: '1.35', previousVersion: '1.35' }],
])('passes for %s', (_, use, intent) => {
  expect(findings(removedApi, aCluster(), wanted([use], intent))).toEqual([]);
});

test('passes on the way back', () => {
  expect(findings(removedApi, anUpgradedCluster(), wanted([BUDGET], { version: '1.35' }))).toEqual([]);
});

test('fails where what the app applies could not be read', () => {
  const intent = { version: '1.36', objects: { removedApis: [], controllers: [], unread: 'not allowed to call cloudformation:GetTemplate' } };
  expect(findings(removedApi, aCluster(), intent)).toMatchObject([{
    id: 'removed-api:unknown', severity: 'error', reason: 'unread', data: { why: 'not allowed to call cloudformation:GetTemplate' }, unknown: true,
  }]);
});

test('passes for an app that tells nothing of its manifests', () => {
  expect(findings(removedApi, aCluster())).toEqual([]);
});
