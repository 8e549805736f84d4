import { PodTie } from '../../../src/engine/state/workloads/pod-state';
import { BoundVolume, podState, tiesOfTerms } from '../../../src/live/kubernetes/pods';
import { boundVolume } from '../../../src/live/kubernetes/volumes';

const metadata = { namespace: 'shop', name: 'web-1' };
const spec = { nodeName: 'n1', containers: [{ name: 'main' }] };

/** What is kept of a pod. */
function kept(pod: object, labelKeys: readonly string[] = [], volumes: Parameters<typeof podState>[2] = new Map()) {
  return podState({ metadata, spec, ...pod }, new Set(labelKeys), volumes);
}

describe('the owner', () => {
  const owned = (ownerReferences: object[], labels?: object) => kept({ metadata: { ...metadata, ownerReferences, labels } }).owner;

  test('is who controls the pod, not who else owns it', () => {
    expect(owned([{ kind: 'Node', name: 'n1' }, { kind: 'Job', name: 'batch', controller: true }])).toEqual({ kind: 'Job', name: 'batch' });
    expect(owned([{ kind: 'Node', name: 'n1' }])).toBeUndefined();
    expect(owned([])).toBeUndefined();
  });

  test.each([
    ['StatefulSet', 'web; echo hello'], ['StatefulSet', '$(echo hello)'], ['StatefulSet', 'web\n'], ['StatefulSet', '-web'], ['StatefulSet', ''],
    ['Set|sh', 'web'], ['Stateful Set', 'web'],
  ])('is none where whoever made the pod names what cannot be there: %s %j', (kind, name) => {
    expect(owned([{ kind, name, controller: true }])).toBeUndefined();
  });

  test.each([
    ['Node', 'ip-10-0-1-2.us-west-2.compute.internal'], ['StrimziPodSet', 'my-kafka'], ['my-Kind2', '1.a-b.2'],
  ])('is of any kind: %s %s', (kind, name) => {
    expect(owned([{ kind, name, controller: true }])).toEqual({ kind, name });
  });

  test('is the Deployment of a ReplicaSet that is called after the hash of its pods', () => {
    const labels = { 'pod-template-hash': '6d4' };
    expect(owned([{ kind: 'ReplicaSet', name: 'web-6d4', controller: true }], labels)).toEqual({ kind: 'Deployment', name: 'web' });
    expect(owned([{ kind: 'ReplicaSet', name: 'web-7e5', controller: true }], labels)).toEqual({ kind: 'ReplicaSet', name: 'web-7e5' });
    expect(owned([{ kind: 'ReplicaSet', name: 'web', controller: true }])).toEqual({ kind: 'ReplicaSet', name: 'web' });
    expect(owned([{ kind: 'Rollout', name: 'web-6d4', controller: true }], labels)).toEqual({ kind: 'Rollout', name: 'web-6d4' });
  });

  test('is the Rollout of Argo whose ReplicaSet is called after its own hash', () => {
    const labels = { 'rollouts-pod-template-hash': '6d4' };
    expect(owned([{ kind: 'ReplicaSet', name: 'web-6d4', controller: true }], labels)).toEqual({ kind: 'Rollout', name: 'web' });
    expect(owned([{ kind: 'ReplicaSet', name: 'web-7e5', controller: true }], labels)).toEqual({ kind: 'ReplicaSet', name: 'web-7e5' });
    expect(owned([{ kind: 'StatefulSet', name: 'web-6d4', controller: true }], labels)).toEqual({ kind: 'StatefulSet', name: 'web-6d4' });
    const others = { ...labels, 'pod-template-hash': '7e5' };
    expect(owned([{ kind: 'ReplicaSet', name: 'web-6d4', controller: true }], others)).toEqual({ kind: 'Rollout', name: 'web' });
  });
});

test('the state is that of the API, and Unknown before there is any', () => {
  expect(kept({})).toMatchObject({ phase: 'Unknown', isReady: false, isTerminating: false, isMirror: false, graceSeconds: 30, node: 'n1' });
  expect(kept({ status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } })).toMatchObject({ phase: 'Running', isReady: false });
  expect(kept({ spec: { ...spec, nodeName: '', terminationGracePeriodSeconds: 0 } })).toMatchObject({ node: undefined, graceSeconds: 0 });
  expect(kept({ metadata: { ...metadata, deletionTimestamp: '2026-11-28T10:00:00Z' } })).toMatchObject({ isTerminating: true });
  expect(kept({ metadata: { ...metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } } })).toMatchObject({ isMirror: true });
});

test('labels are kept that somebody asks for, and no others', () => {
  expect(kept({ metadata: { ...metadata, labels: { app: 'web', other: 'x' } } }, ['app', 'tier']).labels).toEqual({ app: 'web' });
});

test('a pod without a node says why, where the scheduler found none', () => {
  const told = (condition: object) => kept({ status: { conditions: [{ type: 'PodScheduled', status: 'False', ...condition }] } }).unschedulable;
  expect(told({ reason: 'Unschedulable', message: '0/3 nodes are available' })).toBe('0/3 nodes are available');
  expect(told({ reason: 'Unschedulable' })).toBe('no node fits');
  expect(told({ reason: 'SchedulingGated', message: 'gated' })).toBeUndefined();
  expect(told({ reason: 'Unschedulable', status: 'True' })).toBeUndefined();
});

test('the time until it was ready is told where it was so at the first go', () => {
  const status = {
    startTime: '2026-11-28T10:00:00Z', conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-28T10:01:30Z' }],
  };
  expect(kept({ status })).toMatchObject({ readyAfterSeconds: 90 });
  expect(kept({ status: { ...status, containerStatuses: [{ restartCount: 0 }] } })).toMatchObject({ readyAfterSeconds: 90 });
  expect(kept({ status: { ...status, containerStatuses: [{ restartCount: 0 }, { restartCount: 1 }] } }).readyAfterSeconds).toBeUndefined();
  expect(kept({ status: { ...status, startTime: undefined } }).readyAfterSeconds).toBeUndefined();
  expect(kept({ status: { ...status, conditions: [{ ...status.conditions[0], status: 'False' }] } }).readyAfterSeconds).toBeUndefined();
  expect(kept({ status: { ...status, startTime: '2026-11-28T10:02:00Z' } })).toMatchObject({ readyAfterSeconds: 0 }); // clocks differ
});

test.each<[boolean, string, object[]]>([
  [true, 'of every key and effect', [{ operator: 'Exists' }]],
  [true, 'of every key, one for each effect', [{ operator: 'Exists', effect: 'NoExecute' }, { operator: 'Exists', effect: 'NoSchedule' }]],
  [true, 'of an empty key', [{ key: '', operator: 'Exists', effect: '' }]],
  [false, 'of none', []],
  [false, 'of every key, of what evicts only', [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }]],
  [false, 'of every key, of what is only preferred', [{ operator: 'Exists', effect: 'PreferNoSchedule' }]],
  [false, 'of single keys', [{ key: 'CriticalAddonsOnly', operator: 'Exists' }, { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }]],
  [false, 'of a cordoned node, and not of the taint of EKS', [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' }]],
])('%s: a pod tolerates all, with tolerations %s', (tolerates, _, tolerations) => {
  expect(kept({ spec: { ...spec, tolerations } }).toleratesAll).toBe(tolerates);
  expect(kept({}).toleratesAll).toBe(false);
});

test('one readinessProbe is enough', () => {
  const containers = [{ name: 'side' }, { name: 'main', readinessProbe: {} }];
  expect(kept({ spec: { ...spec, containers } })).toMatchObject({ hasReadinessProbe: true });
  expect(kept({})).toMatchObject({ hasReadinessProbe: false });
});

describe('volumes', () => {
  const withVolumes = (...volumes: object[]) => ({ spec: { ...spec, volumes } });

  test('whose data stay on the node are told', () => {
    expect(kept(withVolumes(
      { name: 'scratch', emptyDir: {} }, { name: 'cache', emptyDir: { medium: 'Memory' } }, { name: 'logs', hostPath: { path: '/var/log' } },
      { name: 'settings', configMap: {} },
    )).localVolumes).toEqual([{ kind: 'emptyDir', name: 'scratch' }, { kind: 'hostPath', name: '/var/log' }]);
  });

  test('of gitRepo are told', () => {
    expect(kept(withVolumes({ name: 'source', gitRepo: { repository: 'x' } }, { name: 'scratch', emptyDir: {} })).gitRepoVolumes).toEqual(['source']);
    expect(kept(withVolumes({ name: 'scratch', emptyDir: {} })).gitRepoVolumes).toBeUndefined();
  });

  test('tie the pod to where the PersistentVolume of their claim is, also of a claim that the pod makes', () => {
    const zone: PodTie = { to: 'zone', names: ['us-east-1a'], by: 'volume data' };
    const disk: BoundVolume = { isLocal: true, ties: [{ to: 'node', names: ['n1'], by: 'volume data' }] };
    const volumes = new Map<string, BoundVolume>([
      ['shop/data', { isLocal: false, ties: [zone] }], ['shop/web-1-cache', disk], ['other/data', disk],
    ]);
    expect(kept(withVolumes({ name: 'd', persistentVolumeClaim: { claimName: 'data' } }), [], volumes)).toMatchObject({ ties: [zone], localVolumes: [] });
    expect(kept(withVolumes({ name: 'cache', ephemeral: {} }), [], volumes)).toMatchObject({
      ties: disk.ties, localVolumes: [{ kind: 'local', name: 'volume' }],
    });
    expect(kept(withVolumes({ name: 'unbound', persistentVolumeClaim: { claimName: 'unbound' } }), [], volumes)).toMatchObject({ ties: [] });
  });

  test('are bound where a claim is, and tie where they are local or their nodes are named', () => {
    const claimRef = { namespace: 'shop', name: 'data' };
    const nodeAffinity = (key: string, values: string[]) => ({
      required: { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }] },
    });
    const bound = (volume: object) => boundVolume({ spec: volume, status: { phase: 'Bound' } });
    expect(bound({ claimRef, local: {}, nodeAffinity: nodeAffinity('kubernetes.io/hostname', ['n1']) })).toEqual([
      ['shop/data', { isLocal: true, ties: [{ to: 'node', names: ['n1'], by: 'volume data' }] }],
    ]);
    expect(bound({ claimRef, hostPath: {} })).toEqual([['shop/data', { isLocal: true, ties: [] }]]);
    expect(bound({ claimRef, csi: {}, nodeAffinity: nodeAffinity('topology.ebs.csi.aws.com/zone', ['us-east-1a']) })).toEqual([
      ['shop/data', { isLocal: false, ties: [{ to: 'zone', names: ['us-east-1a'], by: 'volume data' }] }],
    ]);
    expect(bound({ claimRef, csi: {} })).toEqual([]);
    expect(bound({ local: {} })).toEqual([]);
    expect(boundVolume({})).toEqual([]);
  });

  test.each(['Released', 'Failed', 'Available', 'Pending', undefined])('are not those that only name a claim: %s', (phase) => {
    const claimRef = { namespace: 'shop', name: 'data' };
    expect(boundVolume({ spec: { claimRef, local: {} }, status: { phase } })).toEqual([]);
  });
});

describe('ties', () => {
  const ties = (nodeSelectorTerms: object[]) => kept({
    spec: { ...spec, affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } },
  }).ties;
  const one = (key: string, operator: string, values?: string[]) => ties([{ matchExpressions: [{ key, operator, values }] }]);

  test.each<[string, string]>([
    ['kubernetes.io/hostname', 'node'], ['eks.amazonaws.com/nodegroup', 'node group'], ['topology.kubernetes.io/zone', 'zone'],
    ['failure-domain.beta.kubernetes.io/zone', 'zone'], ['topology.ebs.csi.aws.com/zone', 'zone'],
  ])('are by the label %s to a %s', (key, to) => {
    expect(one(key, 'In', ['a', 'b'])).toEqual([{ to, names: ['a', 'b'], by: 'affinity' }]);
    expect(kept({ spec: { ...spec, nodeSelector: { [key]: 'a' } } }).ties).toEqual([{ to, names: ['a'], by: 'nodeSelector' }]);
  });

  test('are by the name of a node', () => {
    expect(ties([{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }])).toEqual([{ to: 'node', names: ['n1'], by: 'affinity' }]);
  });

  test('are none by another label, another operator, or where there is an alternative', () => {
    expect(one('kubernetes.io/arch', 'In', ['arm64'])).toEqual([]);
    expect(one('kubernetes.io/hostname', 'NotIn', ['n1'])).toEqual([]);
    expect(one('kubernetes.io/hostname', 'Exists')).toEqual([]);
    const term = { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['n1'] }] };
    expect(tiesOfTerms([term, { ...term }], 'affinity')).toEqual([]);
    expect(tiesOfTerms([], 'affinity')).toEqual([]);
  });
});
