import { drainTime } from '../../../../src/engine/judgement/checks/drain-time';
import { known } from '../../../../src/engine/state/known';
import { NodeGroupUpdate } from '../../../../src/engine/state/node-group-state';
import { BudgetState } from '../../../../src/engine/state/workloads/budget-state';
import { PodState } from '../../../../src/engine/state/workloads/pod-state';
import { WorkloadState } from '../../../../src/engine/state/workloads/workload-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aBudget, aPod, replicas, someWorkloads } from '../../workloads';

function found(workloads: Partial<WorkloadState>, update?: NodeGroupUpdate, intent = {}) {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ update })]), workloads: known(someWorkloads(workloads)) });
  return findings(drainTime, state, { nodeGroups: { workers: { isRolled: true, ...intent } } });
}

test('warns of pods that may take longer to end than EKS waits, once for each workload', () => {
  expect(found({ pods: replicas(2, { graceSeconds: 3600 }) })).toMatchObject([{
    id: 'drain-time:shop/web',
    severity: 'warning',
    reason: 'slowEnd',
    data: {
      pods: '2 pods of Deployment web',
      minutes: 60,
      seconds: 3600,
      groups: ['workers'],
      command: "'kubectl -n shop edit deployment web'",
    },
  }]);
});

test('passes up to 15 minutes, and for pods that a drain leaves alone', () => {
  expect(found({ pods: replicas(2, { graceSeconds: 900 }) })).toEqual([]);
  expect(found({ pods: [aPod('a', { graceSeconds: 3600, owner: { kind: 'DaemonSet', name: 'a' } })] })).toEqual([]);
  expect(found({ pods: [aPod('a', { graceSeconds: 3600, node: 'other-1' })] })).toEqual([]);
});

test('warns when a budget lets the pods of one node go one by one, and each takes its time to be ready', () => {
  const pods = Array.from({ length: 5 }, (_, index) => aPod(`web-${index}`, { readyAfterSeconds: 240 }));
  expect(found({ pods, budgets: [aBudget({ maxUnavailable: '1' })] })).toMatchObject([{
    id: 'drain-time:shop/web',
    reason: 'slowBudget',
    data: {
      atOnce: 1,
      budget: 'PodDisruptionBudget web (maxUnavailable 1)',
      minutes: 16,
    },
  }]);
  expect(found({ pods, budgets: [aBudget({ maxUnavailable: '2' })] })).toEqual([]);
  expect(found({ pods: pods.slice(1), budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
  const inTime = pods.map((pod) => ({ ...pod, readyAfterSeconds: 225 })); // four times are 15 minutes
  expect(found({ pods: inTime, budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
});

test('counts no pods that their Deployment has replaced already', () => {
  const pods = Array.from({ length: 5 }, (_, index) => aPod(`web-${index}`, { readyAfterSeconds: 240 }));
  const replaced = pods.map((pod) => ({ ...pod, name: `${pod.name}-old`, isTerminating: true }));
  const budgets = [aBudget({ minAvailable: '3' })];
  expect(found({ pods, budgets })).toEqual([]);
  expect(found({ pods: [...pods, ...replaced], budgets })).toEqual([]);
  expect(found({ pods: [...pods, ...replaced], budgets: [aBudget({ minAvailable: '4' })] })).toMatchObject([{ reason: 'slowBudget', data: { atOnce: 1 } }]);
});

test('adds up the nodes that EKS drains at the same time', () => {
  const pods = replicas(6, { readyAfterSeconds: 240 }); // three on each node
  const budgets = [aBudget({ maxUnavailable: '1' })];
  expect(found({ pods, budgets })).toEqual([]);
  expect(found({ pods, budgets }, { maxUnavailable: 2 })).toHaveLength(1);
  expect(found({ pods, budgets }, { maxUnavailablePercentage: 50 })).toEqual([]);
  expect(found({ pods, budgets }, { maxUnavailablePercentage: 100 })).toHaveLength(1);
  expect(found({ pods, budgets }, {}, { removed: true })).toHaveLength(1);
  expect(found({ pods, budgets }, {}, { replacedBy: ['InstanceTypes'] })).toHaveLength(1);
});

describe('of a node group that goes, for whose nodes EKS waits 5 minutes', () => {
  const GONE = [['deleted', { removed: true }], ['replaced', { replacedBy: ['InstanceTypes'] }]] as const;

  test.each(GONE)('warns of pods that may take longer: %s', (_, intent) => {
    expect(found({ pods: replicas(2, { graceSeconds: 301 }) }, {}, intent)).toMatchObject([{
      severity: 'warning',
      reason: 'slowEnd',
      data: { minutes: 6, seconds: 301, limit: 5, limitSeconds: 300, isDeleted: true, groups: ['workers'] },
      message: expect.stringContaining('EKS waits 5 minutes'),
    }]);
    expect(found({ pods: [aPod('web-1', { graceSeconds: 300 }), aPod('web-2', { node: 'other-1' })] }, {}, intent)).toEqual([]);
  });

  test.each(GONE)('warns of a budget that lets pods go too slowly: %s', (_, intent) => {
    const budgets = [aBudget({ maxUnavailable: '1' })];
    expect(found({ pods: replicas(2, { readyAfterSeconds: 301 }), budgets }, {}, intent)).toMatchObject([{
      reason: 'slowBudget', data: { minutes: 6, limit: 5, isDeleted: true }, message: expect.stringContaining('EKS waits 5'),
    }]);
    expect(found({ pods: replicas(2, { readyAfterSeconds: 300 }), budgets }, {}, intent)).toEqual([]);
  });

  test('waits 15 minutes for one that rolls, by force, too', () => {
    for (const intent of [{}, { isForced: true }, { replacedBy: [] }]) {
      expect(found({ pods: replicas(2, { graceSeconds: 900 }) }, {}, intent)).toEqual([]);
      expect(found({ pods: replicas(2, { graceSeconds: 901 }) }, {}, intent)).toMatchObject([{
        data: { limit: 15, limitSeconds: 900, isDeleted: false }, message: expect.stringContaining('EKS waits 15 minutes'),
      }]);
    }
  });

  test('is told apart from one that rolls', () => {
    const state = (pods: readonly PodState[], budgets: readonly BudgetState[] = []) => aCluster({
      nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'other' })]), workloads: known(someWorkloads({ pods, budgets })),
    });
    const intent = { nodeGroups: { workers: { removed: true }, other: { isRolled: true } } };
    const pods = (others: Partial<PodState>) => [aPod('web-1', others), aPod('web-2', { ...others, node: 'other-1' })];
    expect(findings(drainTime, state(pods({ graceSeconds: 600 })), intent)).toMatchObject([{
      data: { pods: '1 pod of Deployment web', limit: 5, groups: ['workers'] }, details: ['shop/web-1 on old-1 (node group workers)'],
    }]);
    expect(findings(drainTime, state(pods({ graceSeconds: 1200 })), intent)).toMatchObject([{
      data: { limit: 15, groups: ['other'] },
      details: [expect.stringContaining('web-2'), expect.stringContaining('node group workers')],
    }]);
    const three = (node: string) => [1, 2, 3].map((index) => aPod(`${node}-${index}`, { node, readyAfterSeconds: 240 }));
    const slow = findings(drainTime, state([...three('old-1'), ...three('other-1')], [aBudget({ maxUnavailable: '1' })]), intent);
    expect(slow).toMatchObject([{ reason: 'slowBudget', data: { limit: 5, groups: ['workers'] } }]);
  });
});

test('says nothing where nobody knows how long pods take, and of budgets that never allow any', () => {
  expect(found({ pods: replicas(40), budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
  expect(found({ pods: replicas(40, { readyAfterSeconds: 240 }), budgets: [aBudget({ maxUnavailable: '0' })] })).toEqual([]);
});

describe('what serves meanwhile', () => {
  const onOneNode = (count: number, others = {}) => Array.from({ length: count }, (_, index) => aPod(`web-${index + 1}`, others));
  const ALL_GO = { reason: 'allPods', data: { pods: '2 pods of Deployment web', groups: ['workers'] } };

  test('warns where all pods of a workload are on one node, and no budget keeps any', () => {
    expect(found({ pods: onOneNode(2) })).toMatchObject([{
      id: 'drain-time:shop/web',
      severity: 'warning',
      ...ALL_GO,
      details: [
        'shop/web-1 on old-1 (node group workers)', 'shop/web-2 on old-1 (node group workers)',
      ],
    }]);
  });

  test.each<[string, Partial<WorkloadState>]>([
    ['a budget keeps some', { pods: onOneNode(2), budgets: [aBudget({ maxUnavailable: '1' })] }],
    ['one runs on a node that stays', { pods: [...onOneNode(2), aPod('web-9', { node: 'other-1' })] }],
    ['one waits for a node', { pods: [...onOneNode(2), aPod('web-9', { node: undefined, phase: 'Pending' })] }],
    ['their nodes go one after the other', { pods: replicas(2) }],
    ['they belong to a DaemonSet', { pods: onOneNode(1, { owner: { kind: 'DaemonSet', name: 'web' } }) }],
    ['they belong to a Job', { pods: onOneNode(2, { owner: { kind: 'Job', name: 'web' } }) }],
    ['they have ended', { pods: onOneNode(2, { phase: 'Succeeded' }) }],
  ])('passes where %s', (_, workloads) => {
    expect(found(workloads)).toEqual([]);
  });

  test('warns where their nodes are drained at the same time', () => {
    expect(found({ pods: replicas(2) }, { maxUnavailable: 2 })).toMatchObject([
      { ...ALL_GO, message: expect.stringContaining('at once when EKS rolls node group workers, and no PodDisruptionBudget') },
    ]);
    expect(found({ pods: replicas(2) }, {}, { removed: true })).toMatchObject([
      { ...ALL_GO, message: expect.stringContaining('at once when EKS deletes node group workers, and no PodDisruptionBudget') },
    ]);
    expect(found({ pods: onOneNode(2) }, { maxUnavailablePercentage: 10 })).toMatchObject([ALL_GO]); // one node at least
  });

  test('not where they are of two node groups, which EKS drains by themselves', () => {
    const pods = [aPod('web-1'), aPod('web-2', { node: 'other-1' })];
    const update = { maxUnavailable: 2 };
    const state = aCluster({
      nodeGroups: known([aNodeGroup({ update }), aNodeGroup({ name: 'other', update })]), workloads: known(someWorkloads({ pods })),
    });
    expect(findings(drainTime, state, { nodeGroups: { workers: { isRolled: true }, other: { isRolled: true } } })).toEqual([]);
  });

  test.each([[1, '1 second'], [2, '2 seconds']])('tells how long the only pod took to be ready: %d', (readyAfterSeconds, took) => {
    expect(found({ pods: onOneNode(1, { readyAfterSeconds }) })).toMatchObject([{ reason: 'onlyPod', data: { took } }]);
  });

  test('tells of the only pod of a workload, with how long it took to be ready', () => {
    expect(found({ pods: onOneNode(1, { readyAfterSeconds: 40 }) })).toMatchObject([{
      severity: 'info',
      reason: 'onlyPod',
      data: {
        groups: ['workers'],
        took: '40 seconds',
        owner: 'Deployment web',
        command: "'kubectl -n shop scale deployment web --replicas=2'",
      },
    }]);
  });

  test('a pod that its Deployment has replaced already does not count, one that its StatefulSet waits for does', () => {
    const pods = (kind: string) => [aPod('web-1'), aPod('web-2', { isTerminating: true })].map((pod) => ({ ...pod, owner: { kind, name: 'web' } }));
    expect(found({ pods: pods('Deployment') })).toMatchObject([{ reason: 'onlyPod' }]);
    expect(found({ pods: pods('Rollout') })).toMatchObject([{
      reason: 'onlyPod', data: { command: "'kubectl -n shop scale rollouts.argoproj.io web --replicas=2'" },
    }]);
    expect(found({ pods: pods('StatefulSet') })).toEqual([]);
  });

  test('what has ended of a workload does not count', () => {
    expect(found({ pods: [...onOneNode(1), aPod('web-0', { phase: 'Failed', node: 'other-1' })] })).toMatchObject([{ reason: 'onlyPod' }]);
  });

  test('warns of a StatefulSet whose pods nobody waits for, and only of one', () => {
    const db = { graceSeconds: 0, owner: { kind: 'StatefulSet', name: 'db' } };
    expect(found({ pods: [aPod('db-0', db), aPod('db-1', { ...db, node: 'other-1' })] })).toMatchObject([{
      severity: 'warning', reason: 'endsUnwatched', data: { pods: '1 pod of StatefulSet db' },
    }]);
    expect(found({ pods: replicas(2, { graceSeconds: 0 }) })).toEqual([]);
  });

  test('tells of a budget that counts pods too early', () => {
    const budgets = [aBudget({ maxUnavailable: '1' })];
    expect(found({ pods: replicas(2, { hasReadinessProbe: false }), budgets })).toMatchObject([{
      severity: 'info', reason: 'countedTooEarly', data: { pods: '2 pods of Deployment web' },
    }]);
    expect(found({ pods: replicas(2, { hasReadinessProbe: true }), budgets })).toEqual([]);
    expect(found({ pods: replicas(2, { hasReadinessProbe: false }) })).toEqual([]);
    expect(found({ pods: replicas(2), budgets })).toEqual([]); // not known
    const [first, second] = replicas(2);
    expect(found({ pods: [{ ...first, hasReadinessProbe: false }, { ...second, hasReadinessProbe: true }], budgets })).toEqual([]);
  });

  test('takes a budget of some pods of a workload for one that keeps some, and counts them too early with it', () => {
    const [canary, other] = onOneNode(2, { hasReadinessProbe: false });
    const pods = [{ ...canary, labels: { app: 'canary' } }, other];
    const budgets = ['canary', 'web'].map((app) => aBudget({ name: app, maxUnavailable: '1', selector: { matchLabels: { app } } }));
    for (const budget of budgets) {
      expect(found({ pods, budgets: [budget] })).toMatchObject([{ severity: 'info', reason: 'countedTooEarly' }]);
    }
    expect(found({ pods, budgets: [] })).toMatchObject([{ severity: 'warning', ...ALL_GO }]);
  });

  test('says all there is to say of a workload at once, the gravest first', () => {
    expect(found({ pods: onOneNode(2, { graceSeconds: 3600 }) })).toMatchObject([{
      reason: 'slowEnd',
      data: { minutes: 60 },
      details: [
        expect.stringContaining('web-1'), expect.stringContaining('web-2'), expect.stringContaining('2 pods of Deployment web'),
      ],
    }]);
  });
});
