import { drainTime } from '../../../../src/engine/judgement/checks/drain-time';
import { known } from '../../../../src/engine/state/known';
import { NodeGroupUpdate } from '../../../../src/engine/state/node-group-state';
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
    message: '2 pods of Deployment web may take 60 minutes to end (terminationGracePeriodSeconds 3600), and EKS waits 15 minutes for a node of node group workers',
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
    id: 'drain-time:shop/web', message: expect.stringContaining('1 at a time, as PodDisruptionBudget web (maxUnavailable 1) allows: about 16 minutes'),
  }]);
  expect(found({ pods, budgets: [aBudget({ maxUnavailable: '2' })] })).toEqual([]);
  expect(found({ pods: pods.slice(1), budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
});

test('adds up the nodes that EKS drains at the same time', () => {
  const pods = replicas(6, { readyAfterSeconds: 240 }); // three on each node
  const budgets = [aBudget({ maxUnavailable: '1' })];
  expect(found({ pods, budgets })).toEqual([]);
  expect(found({ pods, budgets }, { maxUnavailable: 2 })).toHaveLength(1);
  expect(found({ pods, budgets }, { maxUnavailablePercentage: 50 })).toEqual([]);
  expect(found({ pods, budgets }, { maxUnavailablePercentage: 100 })).toHaveLength(1);
  expect(found({ pods, budgets }, {}, { removed: true })).toHaveLength(1);
});

test('says nothing where nobody knows how long pods take, and of budgets that never allow any', () => {
  expect(found({ pods: replicas(40), budgets: [aBudget({ maxUnavailable: '1' })] })).toEqual([]);
  expect(found({ pods: replicas(40, { readyAfterSeconds: 240 }), budgets: [aBudget({ maxUnavailable: '0' })] })).toEqual([]);
});
