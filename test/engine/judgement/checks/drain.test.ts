import { changeOf } from '../../../../src/engine/change/change';
import { NodeGroupIntent, UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { findingsOf } from '../../../../src/engine/judgement/check';
import { drain } from '../../../../src/engine/judgement/checks/drain';
import { known, notKnown } from '../../../../src/engine/state/known';
import { BudgetState } from '../../../../src/engine/state/workloads/budget-state';
import { PodState } from '../../../../src/engine/state/workloads/pod-state';
import { WorkloadState } from '../../../../src/engine/state/workloads/workload-state';
import { aCatalog, aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aBudget, aPod, replicas, someWorkloads } from '../../workloads';

const ROLL: UpgradeIntent = { nodeGroups: { workers: { isRolled: true } } };
const bare = { owner: undefined };

function found(workloads: Partial<WorkloadState>, intent = ROLL) {
  const nodeGroups = known([aNodeGroup(), aNodeGroup({ name: 'other' })]);
  return findings(drain, aCluster({ nodeGroups, workloads: known(someWorkloads(workloads)) }), intent);
}

test('says nothing when workloads were not asked for, or no node is drained', () => {
  expect(findings(drain, aCluster(), ROLL)).toEqual([]);
  expect(found({ pods: replicas(1), budgets: [aBudget({ minAvailable: '1' })] }, { version: '1.36' })).toEqual([]);
});

test('warns, and does not refuse, when the workloads could not be read', () => {
  const state = aCluster({ workloads: notKnown('10.0.0.1 did not answer within 5 seconds') });
  expect(findings(drain, state, ROLL)).toMatchObject([{
    id: 'drain:unknown', severity: 'warning', unknown: true, reason: 'unread', data: { why: '10.0.0.1 did not answer within 5 seconds' },
  }]);
});

test('is an information where a guard is still to look, with access of its own', () => {
  const state = aCluster({ workloads: notKnown('10.0.0.1 did not answer within 5 seconds') });
  const [unread] = findingsOf(drain, changeOf(state, aCatalog(), ROLL, {
    maxInsightAgeHours: 25, isBeforeGuard: true, willGuardLookInside: true,
  }));
  expect(unread).toMatchObject({ id: 'drain:unknown', severity: 'info' });
});

test('is a warning where a guard is still to judge that does not look into the cluster', () => {
  const state = aCluster({ workloads: notKnown('10.0.0.1 did not answer within 5 seconds') });
  const [unread] = findingsOf(drain, changeOf(state, aCatalog(), ROLL, { maxInsightAgeHours: 25, isBeforeGuard: true }));
  expect(unread).toMatchObject({ id: 'drain:unknown', severity: 'warning' });
});

test('tells, where no node is drained, that nobody could look', () => {
  const state = aCluster({ workloads: notKnown('10.0.0.1 did not answer within 5 seconds') });
  expect(findings(drain, state, {})).toMatchObject([{ id: 'drain:unknown', severity: 'info', unknown: true, reason: 'unread' }]);
  expect(findings(drain, aCluster(), {})).toEqual([]); // nobody was asked to
});

test.each([
  ['maxUnavailable of one', 2, { maxUnavailable: '1' }],
  ['minAvailable below the replicas', 2, { minAvailable: '1' }],
  ['minAvailable 50% of two', 2, { minAvailable: '50%' }],
  ['maxUnavailable 1% of three, rounded up', 3, { maxUnavailable: '1%' }],
  ['a selector that takes other pods', 1, { minAvailable: '1', selector: { matchLabels: { app: 'db' } } }],
  ['no selector, which takes no pod', 1, { minAvailable: '1', selector: undefined }],
  ['a budget in another namespace', 1, { minAvailable: '1', namespace: 'other' }],
])('passes for %s', (_, count, budget) => {
  expect(found({ pods: replicas(count), budgets: [aBudget(budget)] })).toEqual([]);
});

test.each([
  ['minAvailable of all replicas', 2, { minAvailable: '2' }],
  ['minAvailable of one of one', 1, { minAvailable: '1' }],
  ['minAvailable 50% of one, rounded up', 1, { minAvailable: '50%' }],
  ['minAvailable 67% of three, rounded up', 3, { minAvailable: '67%' }],
  ['maxUnavailable 0', 3, { maxUnavailable: '0' }],
  ['maxUnavailable 0%', 3, { maxUnavailable: '0%' }],
  ['the selector that takes all', 1, { minAvailable: '1', selector: {} }],
  ['replicas that the controller knows to be fewer', 2, { maxUnavailable: '0', status: { expectedPods: 2 } }],
])('fails for %s', (_, count, budget) => {
  expect(found({ pods: replicas(count), budgets: [aBudget(budget)] })).toMatchObject([
    { id: 'drain:shop/web', severity: 'error', subject: 'shop/web' },
  ]);
});

test('names budget, owner, node group, pods and the remedy', () => {
  expect(found({ pods: replicas(2), budgets: [aBudget({ minAvailable: '2' })] })).toMatchObject([{
    reason: 'blocked',
    data: {
      who: '2 pods of Deployment web',
      groups: ['workers'],
      budget: 'PodDisruptionBudget web (minAvailable 2)',
      desired: 2,
      healthy: 2,
      command: '\'kubectl -n shop patch poddisruptionbudget web --type merge -p "{\\"spec\\":{\\"minAvailable\\":null,\\"maxUnavailable\\":1}}"\'',
      replicas: "'kubectl -n shop scale deployment web --replicas=3'",
    },
    details: ['shop/web-1 on old-1 (node group workers)', 'shop/web-2 on old-2 (node group workers)'],
  }]);
});

describe('two workloads of one name', () => {
  const ofKind = (kind: string, label: string, others: Partial<PodState> = {}) => (
    aPod(`web-${label}`, { labels: { app: label }, owner: { kind, name: 'web' }, ...others })
  );
  const budgetOf = (label: string, overrides: Partial<BudgetState>) => (
    aBudget({ name: label, selector: { matchLabels: { app: label } }, ...overrides })
  );
  const budgets = [budgetOf('a', { minAvailable: '1' }), budgetOf('b', { maxUnavailable: '0' })];

  test('are two findings, each with its kind, budget and remedy', () => {
    expect(found({ pods: [ofKind('Deployment', 'a'), ofKind('StatefulSet', 'b'), aPod('web', { owner: undefined })], budgets })).toMatchObject([
      {
        id: 'drain:shop/Deployment/web',
        subject: 'shop/Deployment/web',
        data: { who: '1 pod of Deployment web', budget: 'PodDisruptionBudget a (minAvailable 1)' },
      },
      {
        id: 'drain:shop/StatefulSet/web',
        data: { who: '1 pod of StatefulSet web', budget: 'PodDisruptionBudget b (maxUnavailable 0)' },
      },
    ]);
  });

  test('are two where one blocks for ever, and the other now', () => {
    const pods = [ofKind('Deployment', 'a'), ...['1', '2'].map((name) => ofKind('StatefulSet', 'b', { name, isReady: name === '1' }))];
    expect(found({ pods, budgets: [budgets[0], budgetOf('b', { minAvailable: '1' })] })).toMatchObject([
      { id: 'drain:shop/Deployment/web', severity: 'error' },
      { id: 'drain:shop/StatefulSet/web', severity: 'warning', reason: 'blockedNow' },
    ]);
  });

  test('count the bare pod of the name', () => {
    const pods = [ofKind('Deployment', 'a'), aPod('web', { labels: { app: 'b' }, owner: undefined })];
    expect(found({ pods, budgets }).map(({ id }) => id)).toEqual(['drain:shop/Deployment/web', 'drain:shop/Pod/web']);
  });

  test.each<[string, Partial<PodState>]>([
    ['in another namespace', { namespace: 'other' }], ['that has ended', { phase: 'Succeeded' }], ['of another name', { owner: { kind: 'Job', name: 'x' } }],
  ])('are none with one %s: its name stays', (_, others) => {
    const pods = [ofKind('Deployment', 'a'), ofKind('Job', 'c', others)];
    expect(found({ pods, budgets }).map(({ id }) => id)).toEqual(['drain:shop/web']);
  });
});

test('looks only at the nodes that are drained', () => {
  expect(found({ pods: [aPod('web-1', { node: 'other-1' })], budgets: [aBudget({ minAvailable: '1' })] })).toEqual([]);
});

test('looks at the nodes of a node group that goes: removed, or replaced by another', () => {
  const blocked = { pods: [aPod('web-1')], budgets: [aBudget({ minAvailable: '1' })] };
  expect(found(blocked, { nodeGroups: { workers: { removed: true } } })).toMatchObject([{ reason: 'blocked' }]);
  expect(found(blocked, { nodeGroups: { workers: { replacedBy: ['InstanceTypes'] } } })).toMatchObject([{ reason: 'blocked' }]);
  expect(found(blocked, { nodeGroups: { workers: { replacedBy: [] } } })).toEqual([]);
});

test('counts healthy pods on nodes that stay', () => {
  expect(found({ pods: [aPod('web-1'), aPod('web-2', { node: 'other-1' })], budgets: [aBudget({ minAvailable: '1' })] })).toEqual([]);
});

test('fails for a pod of two budgets, whatever they allow', () => {
  const budgets = [aBudget({ name: 'a', maxUnavailable: '50%' }), aBudget({ name: 'b', maxUnavailable: '100%' })];
  expect(found({ pods: replicas(4), budgets })).toMatchObject([{
    reason: 'severalBudgets',
    data: {
      count: 2,
      budgets: ['a', 'b'],
      command: "'kubectl -n shop delete poddisruptionbudget b'",
    },
  }]);
});

test('fails for bare pods under maxUnavailable, and under a percentage, which count owners', () => {
  for (const budget of [{ maxUnavailable: '1' }, { minAvailable: '10%' }]) {
    expect(found({ pods: [aPod('a', bare), aPod('b', bare)], budgets: [aBudget(budget)] })).toMatchObject([{
      id: 'drain:shop/a', severity: 'error', reason: 'bare', data: { who: '2 bare pods' },
    }]);
  }
});

test('fails for the last of bare pods under a number', () => {
  expect(found({ pods: [aPod('a', bare), aPod('b', bare), aPod('c', bare)], budgets: [aBudget({ minAvailable: '1' })] })).toMatchObject([{
    severity: 'error', reason: 'lastBare', data: { who: '3 bare pods', staying: 1, desired: 1, healthy: 3 },
  }]);
  expect(found({ pods: [aPod('a', bare), aPod('b', { node: 'other-1' })], budgets: [aBudget({ minAvailable: '1' })] })).toEqual([]);
});

test('fails for owned pods that bare ones of the same budget may leave behind', () => {
  expect(found({ pods: [...replicas(2), aPod('bare', bare)], budgets: [aBudget({ minAvailable: '2' })] })).toMatchObject([{
    id: 'drain:shop/web', severity: 'error', reason: 'afterBare',
  }]);
});

test.each([
  ['Pending', { phase: 'Pending', isReady: false }],
  ['finished', { phase: 'Succeeded', isReady: false }],
  ['mirror', { isMirror: true }],
  ['DaemonSet', { owner: { kind: 'DaemonSet', name: 'web' } }],
] as const)('does not ask for %s pods', (_, pod) => {
  const finding = found({ pods: replicas(1, pod), budgets: [aBudget({ minAvailable: '1' })] });
  // it will have started by then
  if (pod && 'phase' in pod && pod.phase === 'Pending') expect(finding).toMatchObject([{ severity: 'error' }]);
  else expect(finding).toEqual([]);
});

test('fails for pods that share a maxUnavailable with those of a DaemonSet, which has no scale', () => {
  const agent = aPod('agent', { owner: { kind: 'DaemonSet', name: 'agent' } });
  expect(found({ pods: [...replicas(3), agent], budgets: [aBudget({ maxUnavailable: '1' })] })).toMatchObject([{
    severity: 'error', reason: 'uncountable',
  }]);
  expect(found({
    pods: replicas(3),
    budgets: [aBudget({ maxUnavailable: '1', status: { expectedPods: 0, failure: 'found no controllers for pod "x"' } })],
  }))
    .toMatchObject([{ severity: 'error', reason: 'uncountable', data: { failure: expect.stringContaining('found no controllers') } }]);
});

test('warns of what blocks only because pods are not ready now', () => {
  const pods = [...replicas(2), aPod('web-3', { isReady: false })];
  expect(found({ pods, budgets: [aBudget({ minAvailable: '2' })] })).toMatchObject([{
    severity: 'warning',
    reason: 'blockedNow',
    data: {
      budget: 'PodDisruptionBudget web (minAvailable 2)',
      healthy: 2,
      wanted: 'more than 2',
    },
  }]);
  const shortOfTwo = [aPod('web-1'), ...['web-2', 'web-3'].map((name) => aPod(name, { isReady: false }))];
  expect(found({ pods: shortOfTwo, budgets: [aBudget({ maxUnavailable: '1', status: { expectedPods: 3 } })] })).toMatchObject([{
    severity: 'warning', reason: 'blockedNow', data: { letGo: expect.stringContaining('AlwaysAllow') },
  }]);
});

test('says of a workload that blocks for ever nothing of what blocks it now', () => {
  const pods = [aPod('web-1'), aPod('web-2', { isReady: false })];
  expect(found({ pods, budgets: [aBudget({ minAvailable: '2' })] })).toMatchObject([{ severity: 'error' }]);
});

test('two node groups that roll side by side share budgets', () => {
  const pods = [aPod('a', bare), aPod('b', { ...bare, node: 'other-1' })];
  const budgets = [aBudget({ minAvailable: '1' })];
  expect(found({ pods, budgets })).toEqual([]);
  expect(found({ pods, budgets }, { nodeGroups: { workers: { isRolled: true }, other: { isRolled: true } } })).toMatchObject([{
    reason: 'lastBare', data: { groups: ['other', 'workers'] },
  }]);
});

test('warns of what forceUpdate kills', () => {
  const workloads = { pods: replicas(2), budgets: [aBudget({ maxUnavailable: '0' })] };
  expect(found(workloads, { nodeGroups: { workers: { isRolled: true, isForced: true } } })).toMatchObject([{
    severity: 'warning', reason: 'blocked', data: { isForced: true, isDeleted: false, who: '2 pods of Deployment web', desired: 2, healthy: 2 },
  }]);
});

describe('of a node group that goes, whose nodes EKS terminates in spite of budgets', () => {
  const blocked = { pods: replicas(2), budgets: [aBudget({ maxUnavailable: '0' })] };
  const ofTwoGroups = { ...blocked, pods: [aPod('web-1'), aPod('web-2', { node: 'other-1' })] };
  const judged = (workers: NodeGroupIntent, other: NodeGroupIntent = {}, workloads: Partial<WorkloadState> = ofTwoGroups) => (
    found(workloads, { nodeGroups: { workers, other } })
  );

  test.each<[string, NodeGroupIntent]>([
    ['is deleted', { removed: true }],
    ['is replaced by another', { replacedBy: ['InstanceTypes'] }],
    ['is replaced, and would roll if it were not', { replacedBy: ['InstanceTypes'], releaseVersion: '1.35.4-20261118', isRolled: true }],
    ['is deleted, and was forced', { removed: true, isForced: true }],
  ])('warns where it %s', (_, workers) => {
    expect(judged(workers, {}, blocked)).toMatchObject([{
      id: 'drain:shop/web',
      severity: 'warning',
      reason: 'blocked',
      data: { isForced: false, isDeleted: true, alsoDeletes: false, who: '2 pods of Deployment web', groups: ['workers'] },
      message: expect.stringMatching(/^EKS terminates the nodes of a deleted node group after 5 minutes .* when EKS deletes node group workers$/),
    }]);
  });

  test.each<[string, NodeGroupIntent]>([
    ['rolls', { isRolled: true }],
    ['gets a new release', { releaseVersion: '1.35.4-20261118' }],
    ['is replaced for nothing', { replacedBy: [], isRolled: true }],
    ['stays', { removed: false, isRolled: true }],
  ])('fails where it %s', (_, workers) => {
    expect(judged(workers, {}, blocked)).toMatchObject([{
      severity: 'error',
      data: { isForced: false, isDeleted: false, alsoDeletes: false },
      message: expect.stringMatching(/^2 pods .* when EKS rolls node group workers$/),
    }]);
  });

  test('warns of each that can never go, and of what cannot go now', () => {
    const removed = { nodeGroups: { workers: { removed: true } } };
    const budgets = [aBudget({ minAvailable: '2' })];
    const severalBudgets = { pods: replicas(1), budgets: [aBudget({ name: 'a' }), aBudget({ name: 'b' })] };
    const ofBare = [aPod('a', bare), aPod('b', bare), aPod('c', bare)];
    const shared = [aPod('agent', { owner: { kind: 'DaemonSet', name: 'agent' }, node: 'other-1' }), ...replicas(3)];
    const cases: readonly [string, Partial<WorkloadState>][] = [
      ['severalBudgets', severalBudgets],
      ['uncountable', { pods: shared, budgets: [aBudget({ maxUnavailable: '1' })] }],
      ['bare', { pods: ofBare, budgets: [aBudget({ maxUnavailable: '1' })] }],
      ['lastBare', { pods: ofBare, budgets }],
      ['afterBare', { pods: [...replicas(2), aPod('a', bare)], budgets }],
      ['blockedNow', { pods: [...replicas(2), aPod('web-3', { isReady: false })], budgets }],
    ];
    for (const [reason, workloads] of cases) {
      expect(found(workloads, removed)).toMatchObject([{ severity: 'warning', reason, data: { isDeleted: true } }]);
    }
  });

  test('fails where another one, which stays, holds pods of the workload, too', () => {
    expect(judged({ removed: true }, { isRolled: true })).toMatchObject([{
      severity: 'error',
      data: { isForced: false, isDeleted: false, alsoDeletes: true, groups: ['other', 'workers'] },
      message: expect.stringMatching(/when EKS rolls or deletes node groups other and workers$/),
    }]);
  });

  test('warns where another one is forced, or goes as well', () => {
    expect(judged({ removed: true }, { isRolled: true, isForced: true })).toMatchObject([{
      severity: 'warning', data: { isForced: true, isDeleted: false, alsoDeletes: true },
    }]);
    expect(judged({ removed: true }, { replacedBy: ['DiskSize'] })).toMatchObject([{
      severity: 'warning', data: { isForced: false, isDeleted: true, alsoDeletes: false },
    }]);
  });

  test('is judged by itself: another workload blocks the one that rolls', () => {
    const api = { labels: { app: 'api' }, owner: { kind: 'Deployment', name: 'api' }, node: 'other-1' };
    const pods = [aPod('web-1'), aPod('api-1', api)];
    const budgets = ['web', 'api'].map((app) => aBudget({ name: app, maxUnavailable: '0', selector: { matchLabels: { app } } }));
    expect(judged({ removed: true }, { isRolled: true }, { pods, budgets }).map(({ id, severity }) => [id, severity])).toEqual([
      ['drain:shop/web', 'warning'], ['drain:shop/api', 'error'],
    ]);
  });
});

test.each<[string, UpgradeIntent]>([
  ['a new version', { nodeGroups: { workers: { version: '1.36' } } }],
  ['a new release', { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } }],
  ['a new launch template version', { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } }],
  ['a node group that goes', { nodeGroups: { workers: { removed: true } } }],
])('looks at the nodes of %s', (_, intent) => {
  expect(found({ pods: replicas(1), budgets: [aBudget({ minAvailable: '1' })] }, intent)).toHaveLength(1);
});

test('what one node group kills, and the other respects, is refused', () => {
  const pods = [aPod('web-1'), aPod('web-2', { node: 'other-1' })];
  const intent = { nodeGroups: { workers: { isRolled: true, isForced: true }, other: { isRolled: true } } };
  expect(found({ pods, budgets: [aBudget({ maxUnavailable: '0' })] }, intent)).toMatchObject([{ severity: 'error', data: { isForced: false } }]);
});

describe('what is counted', () => {
  test('pods that are being deleted are not healthy, and are not asked for', () => {
    const owner = { kind: 'StatefulSet', name: 'web' };
    const pods = [aPod('web-1', { owner }), aPod('web-2', { owner, isTerminating: true, node: 'other-1' })];
    expect(found({ pods, budgets: [aBudget({ minAvailable: '1' })] })).toMatchObject([{ severity: 'warning', reason: 'blockedNow', data: { healthy: 1 } }]);
    expect(found({ pods: [aPod('a', { ...bare, isTerminating: true })], budgets: [aBudget({ minAvailable: '1' })] })).toEqual([]);
  });

  test.each(['Deployment', 'Rollout'])('a pod that its %s has replaced already is not one more: what blocks, blocks for ever', (kind) => {
    const owner = { kind, name: 'web' };
    const pods = [aPod('web-new', { owner }), aPod('web-old', { owner, isTerminating: true })];
    const budgets = [aBudget({ minAvailable: '1', status: { expectedPods: 1 } })];
    expect(found({ pods, budgets })).toMatchObject([{ severity: 'error', reason: 'blocked', data: { healthy: 1, desired: 1 } }]);
    expect(found({ pods: [...pods, aPod('web-other')], budgets })).toEqual([]);
  });

  test.each(['StatefulSet', 'StrimziPodSet'])('a pod that its %s brings back under the same name will be one more: what blocks, blocks now', (kind) => {
    const owner = { kind, name: 'kafka' };
    const pods = [0, 1, 2].map((number) => aPod(`kafka-${number}`, { owner, isTerminating: number === 2 }));
    expect(found({ pods, budgets: [aBudget({ minAvailable: '2' })] })).toMatchObject([{ severity: 'warning', reason: 'blockedNow' }]);
  });

  test('it is none of the replicas that are wanted either, before the controller has looked', () => {
    const pods = [aPod('web-new'), aPod('web-old', { isTerminating: true })];
    expect(found({ pods, budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
  });

  test('replicas that are missing count, as the controller has found', () => {
    const pods = replicas(3);
    expect(found({ pods, budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
    expect(found({ pods, budgets: [aBudget({ maxUnavailable: '1', status: { expectedPods: 4 } })] })).toMatchObject([
      { severity: 'error', reason: 'blocked', data: { desired: 3, healthy: 3 } },
    ]);
  });

  test.each(['DaemonSet', 'Job', 'Node'])('pods of a %s make a percentage uncountable', (kind) => {
    const pods = [...replicas(3), aPod('x', { owner: { kind, name: 'x' }, node: 'other-1' })];
    expect(found({ pods, budgets: [aBudget({ minAvailable: '10%' })] })).toMatchObject([{ reason: 'uncountable' }]);
    expect(found({ pods, budgets: [aBudget({ minAvailable: '1' })] })).toEqual([]);
  });
});

describe('a budget of pods whose owner may have no scale, of which Kubernetes cannot count what may be unavailable', () => {
  const owned = (kind: string, count: number, name = 'x') => (
    Array.from({ length: count }, (_, index) => aPod(`${name}-${index}`, { owner: { kind, name } }))
  );
  const patch = (spec: string) => (
    `'kubectl -n shop patch poddisruptionbudget web --type merge -p "${JSON.stringify({ spec: JSON.parse(spec) }).replaceAll('"', '\\"')}"'`
  );
  const commandFor = (pods: readonly PodState[], budget: Partial<BudgetState>) =>
    found({ pods, budgets: [aBudget(budget)] })[0].data.command;

  test.each(['StrimziPodSet', 'Job', 'CloneSet'])('is given a number: %s', (kind) => {
    expect(commandFor(owned(kind, 3), { minAvailable: '3', status: { expectedPods: 3 } })).toBe(patch('{"minAvailable":2}'));
  });

  test('is given one as well where others share it, or it has another limit', () => {
    expect(commandFor([...replicas(2), ...owned('Job', 1)], { minAvailable: '3' })).toBe(patch('{"minAvailable":2}'));
    expect(commandFor(owned('StrimziPodSet', 2), { maxUnavailable: '0', status: { expectedPods: 2 } }))
      .toBe(patch('{"minAvailable":1,"maxUnavailable":null}'));
    expect(commandFor(owned('StrimziPodSet', 1), { minAvailable: '1' })).toBe(patch('{"minAvailable":0}'));
  });

  test('is given one that holds once bare pods are gone, and those that have ended', () => {
    const pods = [...owned('Job', 2), aPod('bare', bare), aPod('done', { owner: { kind: 'Job', name: 'x' }, phase: 'Succeeded', isReady: false })];
    expect(commandFor(pods, { minAvailable: '3' })).toBe(patch('{"minAvailable":1}'));
    expect(commandFor(pods, { minAvailable: '2' })).toBe(patch('{"minAvailable":1}'));
  });

  test.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController', 'Rollout'])('is none of a %s', (kind) => {
    expect(commandFor(owned(kind, 2), { minAvailable: '2' })).toBe(patch('{"minAvailable":null,"maxUnavailable":1}'));
    expect(commandFor(owned(kind, 2), { maxUnavailable: '0' })).toBe(patch('{"maxUnavailable":1}'));
  });

  test('waits for the only pod of a Job', () => {
    expect(found({ pods: owned('Job', 1, 'batch'), budgets: [aBudget({ minAvailable: '1', status: { expectedPods: 1 } })] })).toMatchObject([{
      severity: 'error', reason: 'blockedJob', data: { desired: 1, command: "'kubectl -n shop get job batch'" },
    }]);
  });

  test('gives way once the remedy is followed', () => {
    expect(found({ pods: owned('StrimziPodSet', 3), budgets: [aBudget({ minAvailable: '2' })] })).toEqual([]);
    expect(found({ pods: owned('Job', 3), budgets: [aBudget({ maxUnavailable: '1' })] })).toMatchObject([{ reason: 'uncountable' }]);
  });
});

describe('pods that tolerate every taint', () => {
  const toleratesAll = true;
  const operator = { toleratesAll, labels: {}, owner: { kind: 'Deployment', name: 'tigera' } };

  test('are a warning for each workload: they may come back to the node that is drained', () => {
    const pods = [
      aPod('t-1', operator), aPod('t-2', { ...operator, node: 'old-2' }), aPod('t-3', { ...operator, node: 'other-1' }), aPod('web-1'),
    ];
    expect(found({ pods })).toEqual([expect.objectContaining({
      id: 'drain:shop/tigera',
      severity: 'warning',
      reason: 'toleratesAll',
      data: {
        who: '2 pods of Deployment tigera',
        count: 2,
        groups: ['workers'],
        isDeleted: false,
        alsoDeletes: false,
        command: "'kubectl -n shop edit deployment tigera'",
      },
      details: ['shop/t-1 on old-1 (node group workers)', 'shop/t-2 on old-2 (node group workers)'],
    })]);
  });

  test('stand below what a budget does to their workload', () => {
    const pods = replicas(1, { toleratesAll });
    expect(found({ pods, budgets: [aBudget({ minAvailable: '1' })] })).toMatchObject([{
      severity: 'error', reason: 'blocked', details: [expect.stringMatching(/^shop\/web-1/), expect.stringMatching(/tolerates every taint/)],
    }]);
  });

  test.each<[string, Partial<PodState>]>([
    ['of a DaemonSet', { owner: { kind: 'DaemonSet', name: 'agent' } }],
    ['that are mirrors', { isMirror: true, owner: { kind: 'Node', name: 'old-1' } }],
    ['that do not come back', { owner: undefined }],
    ['that have ended', { phase: 'Succeeded' }],
    ['on nodes that stay', { node: 'other-1' }],
    ['without a node', { node: undefined }],
  ])('pass %s', (_, overrides) => {
    expect(found({ pods: [aPod('t-1', { ...operator, ...overrides })] })).toEqual([]);
  });

  test.each<[string, NodeGroupIntent]>([
    ['deletes', { removed: true }], ['replaces', { replacedBy: ['InstanceTypes'] }], ['forces', { isRolled: true, isForced: true }],
  ])('pass where EKS terminates the node all the same, of a node group that it %s', (_, workers) => {
    expect(found({ pods: [aPod('t-1', operator)] }, { nodeGroups: { workers } })).toEqual([]);
  });
});

describe('more replicas are proposed', () => {
  const replicasFor = (budget: Parameters<typeof aBudget>[0], kind = 'Deployment') => (
    found({ pods: replicas(2, { owner: { kind, name: 'web' } }), budgets: [aBudget(budget)] })[0].data.replicas
  );

  test.each(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'])('of a %s', (kind) => {
    expect(replicasFor({ minAvailable: '2' }, kind)).toBe(`'kubectl -n shop scale ${kind.toLowerCase()} web --replicas=3'`);
  });

  test.each<[string, number, number | undefined]>([
    ['80%', 3, 5], ['67%', 3, 4], ['51%', 1, 3], ['90%', 1, 10], ['90%', 9, 10], ['91%', 1, undefined], ['99%', 3, undefined], ['100%', 3, undefined],
    ['1', 1, 2], ['3', 1, 4], ['3', 3, 4], ['11', 1, undefined],
  ])('as many as let the budget give way: minAvailable %s of %d', (minAvailable, count, wanted) => {
    const blocked = (number: number) => found({
      pods: replicas(number), budgets: [aBudget({ minAvailable, status: { expectedPods: number } })],
    }).filter(({ severity }) => severity === 'error');
    expect(blocked(count)[0].data.replicas).toBe(wanted && `'kubectl -n shop scale deployment web --replicas=${wanted}'`);
    if (wanted) expect([blocked(wanted - 1).length, blocked(wanted).length]).toEqual([1, 0]);
  });

  test('of the workload that is held, where another one shares the budget', () => {
    const others = [1, 2].map((number) => aPod(`db-${number}`, { owner: { kind: 'StatefulSet', name: 'db' }, node: 'other-1' }));
    expect(found({ pods: [aPod('web-1'), ...others], budgets: [aBudget({ minAvailable: '3' })] })[0].data.replicas)
      .toBe("'kubectl -n shop scale deployment web --replicas=2'");
  });

  test('of a Rollout of Argo, by the whole name of the resource: other projects have rollouts, too', () => {
    expect(replicasFor({ minAvailable: '2' }, 'Rollout')).toBe("'kubectl -n shop scale rollouts.argoproj.io web --replicas=3'");
  });

  test.each<[string, Parameters<typeof aBudget>[0], string?]>([
    ['what has no replicas', { minAvailable: '2' }, 'Job'],
    ['maxUnavailable 0', { maxUnavailable: '0' }],
    ['a budget that wants all', { minAvailable: '100%' }],
    ['a budget that wants none, of a workload that shall have none', { minAvailable: '50%', status: { expectedPods: 0 } }],
  ])('not for %s', (_, budget, kind = 'Deployment') => {
    expect(replicasFor(budget, kind)).toBeUndefined();
  });
});

test('many pods are one finding, of which ten are named', () => {
  expect(found({ pods: replicas(12), budgets: [aBudget({ maxUnavailable: '0' })] })[0].details).toHaveLength(11);
});
