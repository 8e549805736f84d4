import { podsUnschedulable } from '../../../../src/engine/judgement/checks/pods-unschedulable';
import { known } from '../../../../src/engine/state/known';
import { PodState, PodTie } from '../../../../src/engine/state/workloads/pod-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aPod, someWorkloads } from '../../workloads';

function found(pods: readonly PodState[], intent: object = { isRolled: true }) {
  const state = aCluster({ nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'other' })]), workloads: known(someWorkloads({ pods })) });
  return findings(podsUnschedulable, state, { nodeGroups: { workers: intent } });
}
const tied = (tie: PodTie) => [aPod('web-1', { ties: [tie] })];

test('warns of pods that wait for a node already', () => {
  const unschedulable = '0/3 nodes are available: 3 Insufficient cpu.';
  expect(found([aPod('web-1', { node: undefined, phase: 'Pending', isReady: false, unschedulable })])).toMatchObject([{
    id: 'pods-unschedulable', severity: 'warning', reason: 'waiting', data: { count: 1 }, details: [`shop/web-1: ${unschedulable}`],
  }]);
});

test('says nothing of a pod that waits for a node and is being deleted', () => {
  expect(found([aPod('web-1', { node: undefined, phase: 'Pending', unschedulable: 'no node fits', isTerminating: true })])).toEqual([]);
});

test('fails for a pod that is tied to a node that goes', () => {
  expect(found(tied({ to: 'node', names: ['old-1'], by: 'volume data' }))).toMatchObject([{
    id: 'pods-unschedulable:shop/web',
    severity: 'error',
    reason: 'tied',
    data: {
      pods: '1 pod of Deployment web',
      where: ['node old-1 (volume data)'],
      groups: ['workers'],
      command: "'kubectl -n shop edit deployment web'",
    },
  }]);
  expect(found(tied({ to: 'node', names: ['old-1', 'other-1'], by: 'affinity' }))).toEqual([]);
});

test('fails for a pod that is tied to a node group that is removed, not to one that rolls', () => {
  const tie: PodTie = { to: 'node group', names: ['workers'], by: 'nodeSelector' };
  expect(found(tied(tie))).toEqual([]);
  expect(found(tied(tie), { removed: true })).toMatchObject([
    {
      severity: 'error',
      reason: 'tied',
      data: {
        where: ['node group workers (nodeSelector)'],
        groups: ['workers'],
      },
    },
  ]);
  expect(found(tied({ ...tie, names: ['workers', 'other'] }), { removed: true })).toEqual([]);
});

test('warns of a zone in which there is one node only', () => {
  expect(found([aPod('web-1', { node: 'old-2', ties: [{ to: 'zone', names: ['us-east-1b'], by: 'volume data' }] })])).toMatchObject([{
    severity: 'warning', reason: 'tiedToZone', data: { where: ['zone us-east-1b (volume data)'] },
  }]);
  expect(found(tied({ to: 'zone', names: ['us-east-1a'], by: 'volume data' }))).toEqual([]);
});
