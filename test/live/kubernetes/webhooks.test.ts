import { customResourceState, endpointsOf, NamespaceLabels, webhookStates } from '../../../src/live/kubernetes/webhooks';

const named = (name: string, labels: Readonly<Record<string, string>> = {}) => (
  [name, { 'kubernetes.io/metadata.name': name, ...labels }] as const
);
const NAMESPACES: NamespaceLabels = new Map([named('shop', { tier: 'front' }), named('kube-system'), named('kube-node-lease')]);
const SERVICE = { service: { namespace: 'policies', name: 'webhook' } };
const ALL = { apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*'] };

function states(webhook: object, ready: readonly (readonly [string, number])[] = [], namespaces = NAMESPACES) {
  return webhookStates({
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'policies' },
    webhooks: [{ name: 'a.example.com', clientConfig: SERVICE, rules: [ALL], ...webhook }],
  }, new Map(ready), namespaces);
}

/** What it is asked about, evictions as `evictions`, where it is asked about those in all namespaces. */
function concerns(webhook: object): readonly string[] {
  const [{ concerns: all, evictionsIn }] = states(webhook);
  return [...all, ...evictionsIn?.map((namespace) => `evictions in ${namespace}`) ?? ['evictions']];
}

const EVERYTHING = ['pods in kube-system', 'nodes', 'the status of nodes', 'leases of nodes', 'evictions'];

test('are told that answer from a service and refuse when they cannot be asked, which is the default', () => {
  expect(states({}, [['policies/webhook', 2], ['other/webhook', 5]])).toEqual([{
    configuration: 'policies',
    kind: 'ValidatingWebhookConfiguration',
    name: 'a.example.com',
    service: 'policies/webhook',
    readyEndpoints: 2,
    concerns: EVERYTHING.slice(0, 4),
    evictionsIn: undefined,
  }]);
  expect(states({ failurePolicy: 'Fail' })).toMatchObject([{ readyEndpoints: 0 }]);
  expect(states({ failurePolicy: 'Ignore' })).toEqual([]);
  expect(states({ clientConfig: { url: 'https://example.com' } })).toEqual([]);
  expect(webhookStates({ kind: 'MutatingWebhookConfiguration', metadata: { name: 'x' } }, new Map(), NAMESPACES)).toEqual([]);
});

test.each<[string, object, readonly string[]]>([
  ['no rules', { rules: [] }, []],
  ['pods', { rules: [{ ...ALL, apiGroups: [''], resources: ['pods'] }] }, ['pods in kube-system']],
  ['pods of another group', { rules: [{ ...ALL, apiGroups: ['metrics.k8s.io'], resources: ['pods'] }] }, []],
  ['pods that are deleted', { rules: [{ ...ALL, operations: ['DELETE'], resources: ['pods'] }] }, []],
  ['all but subresources', { rules: [{ ...ALL, resources: ['*'] }] }, ['pods in kube-system', 'nodes', 'leases of nodes']],
  ['all subresources of pods', { rules: [{ ...ALL, resources: ['pods/*'] }] }, ['evictions']],
  ['evictions of all', { rules: [{ ...ALL, resources: ['*/eviction'] }] }, ['evictions']],
  ['evictions', { rules: [{ ...ALL, resources: ['pods/eviction'] }] }, ['evictions']],
  ['other subresources', { rules: [{ ...ALL, resources: ['pods/status', 'nodes/proxy', '*/scale'] }] }, []],
  ['nodes that are changed, as when they are cordoned', { rules: [{ ...ALL, operations: ['UPDATE'], resources: ['nodes'] }] }, ['nodes']],
  ['nodes that are deleted', { rules: [{ ...ALL, operations: ['DELETE'], resources: ['nodes', 'nodes/status'] }] }, []],
  ['the status of nodes', { rules: [{ ...ALL, operations: ['UPDATE'], resources: ['nodes/status'] }] }, ['the status of nodes']],
  ['leases that are renewed', { rules: [{ ...ALL, operations: ['UPDATE'], resources: ['leases'] }] }, ['leases of nodes']],
  ['pods that are changed', { rules: [{ ...ALL, operations: ['UPDATE'], resources: ['pods', 'pods/eviction'] }] }, []],
  ['what is of the cluster', { rules: [{ ...ALL, scope: 'Cluster' }] }, ['nodes', 'the status of nodes']],
  ['what is in namespaces', { rules: [{ ...ALL, scope: 'Namespaced' }] }, ['pods in kube-system', 'leases of nodes', 'evictions']],
  ['leases', { rules: [{ ...ALL, apiGroups: ['coordination.k8s.io'], resources: ['leases'] }] }, ['leases of nodes']],
  ['one rule of two', { rules: [{ ...ALL, resources: ['events'] }, { ...ALL, resources: ['nodes'] }] }, ['nodes']],
])('%s: which of the things that new nodes need', (_, webhook, expected) => {
  expect(concerns(webhook)).toEqual(expected);
});

test('namespaces that are spared are not concerned; nodes are in none', () => {
  const where = 'kubernetes.io/metadata.name';
  const ofCluster = ['nodes', 'the status of nodes'];
  const spared = { matchExpressions: [{ key: where, operator: 'NotIn', values: ['kube-system'] }] };
  expect(concerns({ namespaceSelector: spared })).toEqual([
    ...ofCluster, 'leases of nodes', 'evictions in kube-node-lease', 'evictions in shop',
  ]);
  expect(concerns({ namespaceSelector: { matchLabels: { [where]: 'kube-system' } } })).toEqual([
    'pods in kube-system', ...ofCluster, 'evictions in kube-system',
  ]);
  expect(concerns({ namespaceSelector: { matchLabels: { tier: 'front' } } })).toEqual([...ofCluster, 'evictions in shop']);
  expect(concerns({ namespaceSelector: { matchLabels: {} } })).toEqual(EVERYTHING);
});

test('of namespaces that may not be read, those that nodes need are known by their names', () => {
  const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } };
  expect(states({ namespaceSelector: selector }, [], new Map())).toMatchObject([
    { concerns: ['pods in kube-system', 'nodes', 'the status of nodes'], evictionsIn: [] },
  ]);
});

test('of one that chooses objects, or has conditions, nobody knows which', () => {
  expect(concerns({ objectSelector: { matchLabels: { a: 'b' } } })).toEqual([]);
  expect(concerns({ objectSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } })).toEqual([]);
  expect(concerns({ objectSelector: {} })).toEqual(EVERYTHING);
  expect(concerns({ matchConditions: [{ name: 'x', expression: 'true' }] })).toEqual([]);
});

test('endpoints are ready unless they say that they are not', () => {
  const slice = (endpoints: object[] | null, labels: object | undefined = { 'kubernetes.io/service-name': 'webhook' }) => (
    endpointsOf({ metadata: { namespace: 'policies', labels }, endpoints })
  );
  expect(slice([{ conditions: { ready: true } }, { conditions: { ready: false } }, {}])).toEqual([['policies/webhook', 2]]);
  expect(slice(null)).toEqual([['policies/webhook', 0]]);
  expect(slice([], {})).toEqual([]);
  expect(endpointsOf({ metadata: { namespace: 'policies' }, endpoints: [] })).toEqual([]);
});

test('versions in which custom resources are stored, and which are served no more', () => {
  const versions = [{ name: 'v1', served: true }, { name: 'v1beta1', served: false }];
  const read = (status?: object) => customResourceState({ metadata: { name: 'widgets.example.com' }, spec: { versions }, status });
  expect(read({ storedVersions: ['v1alpha1', 'v1beta1', 'v1'] })).toEqual({ name: 'widgets.example.com', unservedVersions: ['v1alpha1', 'v1beta1'] });
  expect(read({ storedVersions: ['v1'] })).toMatchObject({ unservedVersions: [] });
  expect(read()).toMatchObject({ unservedVersions: [] });
});
