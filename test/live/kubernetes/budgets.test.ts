import { budgetState } from '../../../src/live/kubernetes/budgets';
import { CoreImages } from '../../../src/live/kubernetes/core-images';

const metadata = { namespace: 'shop', name: 'web', generation: 3 };
const selector = { matchLabels: { app: 'web' } };
const read = (spec: object, status?: object) => budgetState({ metadata, spec: { selector, ...spec }, status });

test('what is kept of a budget: numbers as texts, and nothing of what it does not say', () => {
  expect(read({ minAvailable: 2 })).toEqual({
    namespace: 'shop', name: 'web', selector, minAvailable: '2', maxUnavailable: undefined, evictsUnready: false, status: undefined,
  });
  expect(read({ maxUnavailable: 0 })).toMatchObject({ minAvailable: undefined, maxUnavailable: '0' });
  expect(read({ minAvailable: '50%' })).toMatchObject({ minAvailable: '50%' });
  expect(budgetState({ metadata })).toMatchObject({ selector: undefined, evictsUnready: false });
});

test.each([
  ['AlwaysAllow', true], ['IfHealthyBudget', false], [undefined, false],
])('the policy %s lets unready pods go: %s', (policy, expected) => {
  expect(read({ unhealthyPodEvictionPolicy: policy }).evictsUnready).toBe(expected);
});

test('what the controller found counts where it has seen what the budget says now', () => {
  expect(read({}, { observedGeneration: 3, expectedPods: 4 }).status).toEqual({ expectedPods: 4 });
  expect(read({}, { observedGeneration: 3 }).status).toEqual({ expectedPods: 0 });
  expect(read({}, { observedGeneration: 2, expectedPods: 4 }).status).toBeUndefined();
  const early = { metadata: { ...metadata, generation: undefined }, status: { observedGeneration: 0, expectedPods: 1 } };
  expect(budgetState(early).status).toEqual({ expectedPods: 1 });
});

test('what the controller could not work out is told in its words', () => {
  const failing = (condition: object) => read({}, {
    observedGeneration: 3,
    expectedPods: 2,
    conditions: [{ type: 'DisruptionAllowed', reason: 'SyncFailed', message: 'found no scale', ...condition }],
  }).status;
  expect(failing({})).toEqual({ expectedPods: 0, failure: 'found no scale' });
  expect(failing({ reason: 'InsufficientPods' })).toEqual({ expectedPods: 2 });
  expect(failing({ type: 'Other' })).toEqual({ expectedPods: 2 });
});

test('core images are told once for each version of each workload', () => {
  const images = new CoreImages();
  const note = (image: string, owner: string, namespace = 'kube-system') => images.note(
    { spec: { containers: [{ image: 'example.com/side:v1' }, { image }, {}] } },
    { namespace, name: 'p', owner: { kind: 'DaemonSet', name: owner } } as Parameters<CoreImages['note']>[1],
  );
  note('example.com:5000/eks/kube-proxy:v1.36.2-eksbuild.1@sha256:0', 'kube-proxy');
  note('example.com:5000/eks/kube-proxy:v1.36.2-eksbuild.1', 'kube-proxy');
  note('example.com:5000/eks/kube-proxy:v1.35.0', 'kube-proxy');
  note('example.com/kube-proxy:v1.36.2-eksbuild.1', 'own-proxy');
  note('kube-proxy:v1.30.0', 'kube-proxy', 'shop');
  expect(images.all).toEqual([
    { addOn: 'kube-proxy', workload: 'DaemonSet kube-proxy', version: 'v1.35.0' },
    { addOn: 'kube-proxy', workload: 'DaemonSet kube-proxy', version: 'v1.36.2-eksbuild.1' },
    { addOn: 'kube-proxy', workload: 'DaemonSet own-proxy', version: 'v1.36.2-eksbuild.1' },
  ]);
});
