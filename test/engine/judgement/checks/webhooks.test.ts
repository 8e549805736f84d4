import { NodeGroupIntent, UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { webhooks } from '../../../../src/engine/judgement/checks/webhooks';
import { known, notKnown } from '../../../../src/engine/state/known';
import { WebhookState } from '../../../../src/engine/state/workloads/webhook-state';
import { WorkloadState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aPod, someWorkloads } from '../../workloads';

const HOOK: WebhookState = {
  configuration: 'policies',
  kind: 'ValidatingWebhookConfiguration',
  name: 'pods.policies.example.com',
  service: 'policies/webhook',
  readyEndpoints: 0,
  concerns: ['pods in kube-system'],
  evictionsIn: [],
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
      webhooks: ['pods.policies.example.com'],
      kind: 'ValidatingWebhookConfiguration',
      configuration: 'policies',
      concerns: ['pods in kube-system'],
      service: 'policies/webhook',
      command: "'kubectl -n policies get endpointslices -l kubernetes.io/service-name=webhook'",
    },
  }]);
  expect(found({ webhooks: known([HOOK]) }, { version: '1.36' })).toHaveLength(1);
});

test.each(['policies/webhook; echo hello', '$(echo hello)/webhook'])('shows the configuration that names what no service can be: %s', (service) => {
  expect(found({ webhooks: known([{ ...HOOK, service }]) })).toMatchObject([{
    data: { service, command: "'kubectl get validatingwebhookconfiguration policies -o yaml'" },
  }]);
});

test('is one finding for the webhooks of a configuration that wait for the same service', () => {
  const others = [
    { ...HOOK, name: 'nodes.policies.example.com', concerns: ['pods in kube-system', 'nodes'] },
    { ...HOOK, name: 'other.example.com', service: 'policies/other' },
    { ...HOOK, kind: 'MutatingWebhookConfiguration' } as const,
    { ...HOOK, configuration: 'more' },
  ];
  expect(found({ webhooks: known([HOOK, ...others]) }).map(({ data }) => [data.webhooks, data.concerns])).toEqual([
    [['pods.policies.example.com', 'nodes.policies.example.com'], ['pods in kube-system', 'nodes']],
    [['other.example.com'], ['pods in kube-system']],
    [['pods.policies.example.com'], ['pods in kube-system']],
    [['pods.policies.example.com'], ['pods in kube-system']],
  ]);
});

test('passes when somebody answers, when nothing that nodes need is asked, and when nothing moves', () => {
  expect(found({ webhooks: known([{ ...HOOK, readyEndpoints: 1 }]) })).toEqual([]);
  expect(found({ webhooks: known([{ ...HOOK, concerns: [] }]) })).toEqual([]);
  expect(found({ webhooks: known([HOOK]) }, {})).toEqual([]);
});

describe('of evictions', () => {
  const evictions = { ...HOOK, concerns: [], evictionsIn: undefined };
  const pods = ['shop', 'bank', 'shop'].map((namespace, index) => aPod(`web-${index}`, { namespace }));
  const concerns = (hook: WebhookState, workloads: Partial<WorkloadState> = { pods }, intent?: UpgradeIntent) => (
    found({ webhooks: known([hook]), ...workloads }, intent).map(({ data }) => data.concerns)
  );

  test('fails where pods go, and names the namespaces', () => {
    expect(concerns(evictions)).toEqual([['evictions in bank, shop']]);
    expect(concerns({ ...evictions, evictionsIn: ['shop', 'zoo'] })).toEqual([['evictions in shop']]);
    expect(concerns({ ...evictions, concerns: ['nodes'] })).toEqual([['nodes', 'evictions in bank, shop']]);
    const many = ['a', 'b', 'c', 'd'].map((namespace) => aPod('web', { namespace }));
    expect(concerns(evictions, { pods: many.slice(1) })).toEqual([['evictions in b, c, d']]);
    expect(concerns(evictions, { pods: many })).toEqual([['evictions in 4 namespaces']]);
  });

  describe('from node groups that go, whose nodes EKS terminates all the same', () => {
    const ofTwoGroups = [aPod('web-1'), aPod('web-2', { namespace: 'bank', node: 'other-1' })];
    const judged = (hook: WebhookState | readonly WebhookState[], nodeGroups: UpgradeIntent['nodeGroups']) => findings(webhooks, aCluster({
      nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'other' })]),
      workloads: known(someWorkloads({ webhooks: known([hook].flat()), pods: ofTwoGroups })),
    }), { nodeGroups });

    test.each<[string, NodeGroupIntent]>([
      ['deleted', { removed: true }], ['replaced', { replacedBy: ['InstanceTypes'] }], ['deleted, once forced', { removed: true, isForced: true }],
    ])('warns: %s', (_, workers) => {
      expect(judged(evictions, { workers })).toMatchObject([{
        severity: 'warning', data: { concerns: ['evictions in shop'], isDeleted: true }, message: expect.stringContaining('after 5 minutes'),
      }]);
    });

    test.each<[string, NodeGroupIntent]>([
      ['rolled', { isRolled: true }], ['forced', { isRolled: true, isForced: true }], ['replaced for nothing', { isRolled: true, replacedBy: [] }],
    ])('fails: %s', (_, workers) => {
      expect(judged(evictions, { workers })).toMatchObject([{ severity: 'error', data: { concerns: ['evictions in shop'], isDeleted: false } }]);
    });

    test('fails where it is asked about others, too, or about more than evictions', () => {
      const workers = { removed: true };
      const other = { isRolled: true };
      expect(judged(evictions, { workers, other })).toMatchObject([{
        severity: 'error', data: { concerns: ['evictions in bank, shop'], isDeleted: false },
      }]);
      expect(judged({ ...evictions, evictionsIn: ['shop'] }, { workers, other })).toMatchObject([{ severity: 'warning' }]);
      expect(judged({ ...evictions, concerns: ['nodes'] }, { workers })).toMatchObject([{ severity: 'error', data: { isDeleted: false } }]);
      const nodes = { ...evictions, name: 'nodes.example.com', concerns: ['nodes'], evictionsIn: [] };
      expect(judged([evictions, nodes], { workers })).toMatchObject([{
        severity: 'error', data: { concerns: ['evictions in shop', 'nodes'], isDeleted: false },
      }]);
    });
  });

  test('passes where no pod is evicted', () => {
    expect(concerns({ ...evictions, evictionsIn: ['zoo'] })).toEqual([]);
    expect(concerns(evictions, { pods: [] })).toEqual([]);
    expect(concerns(evictions, { pods: [aPod('a', { node: 'other-1' }), aPod('b', { owner: { kind: 'DaemonSet', name: 'b' } })] })).toEqual([]);
    expect(concerns(evictions, { pods }, { version: '1.36' })).toEqual([]);
  });
});

test('says when webhooks could not be read, which the guard may not', () => {
  expect(found({ webhooks: notKnown('not allowed') })).toMatchObject([{ id: 'webhooks:unknown', severity: 'info', unknown: true, reason: 'unread' }]);
});

test('warns of custom resources in versions that are no longer served, before the control plane moves', () => {
  const customResources = known([
    { name: 'widgets.example.com', unservedVersions: ['v1alpha1'] }, { name: 'gears.example.com', unservedVersions: [] },
  ]);
  expect(found({ customResources }, { version: '1.36' })).toMatchObject([
    {
      id: 'webhooks',
      severity: 'warning',
      reason: 'storedVersions',
      data: { kinds: 1 },
      details: ['widgets.example.com: v1alpha1'],
      remedy: expect.stringMatching(/'kubectl get widgets.example.com -A .*'kubectl edit customresourcedefinition widgets.example.com /),
    },
  ]);
  expect(found({ customResources })).toEqual([]);
});
