import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { webhooks } from '../../../../src/engine/judgement/checks/webhooks';
import { known, notKnown } from '../../../../src/engine/state/known';
import { WebhookState } from '../../../../src/engine/state/workloads/webhook-state';
import { WorkloadState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, findings } from '../../a-cluster';
import { someWorkloads } from '../../workloads';

const HOOK: WebhookState = {
  configuration: 'policies',
  kind: 'ValidatingWebhookConfiguration',
  name: 'pods.policies.example.com',
  service: 'policies/webhook',
  readyEndpoints: 0,
  concerns: ['pods in kube-system'],
};

function found(workloads: Partial<WorkloadState>, intent: UpgradeIntent = { nodeGroups: { workers: { isRolled: true } } }) {
  return findings(webhooks, aCluster({ workloads: known(someWorkloads(workloads)) }), intent);
}

test('fails for a webhook that nobody answers and that new nodes need', () => {
  expect(found({ webhooks: known([HOOK]) })).toMatchObject([{
    id: 'webhooks:policies',
    severity: 'error',
    reason: 'unanswered',
    data: {
      webhook: 'pods.policies.example.com',
      kind: 'ValidatingWebhookConfiguration',
      configuration: 'policies',
      concerns: ['pods in kube-system'],
      service: 'policies/webhook',
      command: "'kubectl -n policies get endpointslices -l kubernetes.io/service-name=webhook'",
    },
  }]);
  expect(found({ webhooks: known([HOOK]) }, { version: '1.36' })).toHaveLength(1);
});

test('passes when somebody answers, when nothing that nodes need is asked, and when nothing moves', () => {
  expect(found({ webhooks: known([{ ...HOOK, readyEndpoints: 1 }]) })).toEqual([]);
  expect(found({ webhooks: known([{ ...HOOK, concerns: [] }]) })).toEqual([]);
  expect(found({ webhooks: known([HOOK]) }, {})).toEqual([]);
});

test('says when webhooks could not be read, which the guard may not', () => {
  expect(found({ webhooks: notKnown('not allowed') })).toMatchObject([{ id: 'webhooks:unknown', severity: 'info', unknown: true, reason: 'unread' }]);
});

test('warns of custom resources in versions that are no longer served, before the control plane moves', () => {
  const customResources = known([
    { name: 'widgets.example.com', unservedVersions: ['v1alpha1'] }, { name: 'gears.example.com', unservedVersions: [] },
  ]);
  expect(found({ customResources }, { version: '1.36' })).toMatchObject([
    { id: 'webhooks', severity: 'warning', reason: 'storedVersions', data: { kinds: 1 }, details: ['widgets.example.com: v1alpha1'] },
  ]);
  expect(found({ customResources })).toEqual([]);
});
