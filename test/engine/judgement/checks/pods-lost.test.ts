import { podsLost } from '../../../../src/engine/judgement/checks/pods-lost';
import { known } from '../../../../src/engine/state/known';
import { PodState } from '../../../../src/engine/state/workloads/pod-state';
import { aCluster, findings } from '../../a-cluster';
import { aPod, replicas, someWorkloads } from '../../workloads';

function found(...pods: readonly PodState[]) {
  return findings(podsLost, aCluster({ workloads: known(someWorkloads({ pods })) }), { nodeGroups: { workers: { isRolled: true } } });
}
const scratch = [{ kind: 'emptyDir', name: 'scratch' }] as const;

test('warns of a pod that nothing brings back', () => {
  expect(found(aPod('tool', { owner: undefined }))).toMatchObject([{
    id: 'pods-lost:shop/tool',
    severity: 'warning',
    reason: 'bare',
    data: {
      pods: 'pod tool',
      groups: 'node group workers',
      command: "'kubectl -n shop get pod tool -o yaml'",
    },
  }]);
});

test('says nothing of pods on other nodes, finished, mirror and DaemonSet pods', () => {
  const bare = { owner: undefined };
  expect(found(
    aPod('a', { ...bare, node: 'other-1' }), aPod('b', { ...bare, phase: 'Succeeded' }), aPod('c', { ...bare, isMirror: true }),
    aPod('d', { owner: { kind: 'DaemonSet', name: 'd' }, localVolumes: scratch }),
  )).toEqual([]);
});

test('warns of an emptyDir where there is one pod only', () => {
  expect(found(aPod('web-1', { localVolumes: scratch }))).toMatchObject([{
    reason: 'data',
    data: {
      pods: '1 pod of Deployment web',
      count: 1,
      volumes: ['emptyDir scratch'],
      groups: 'node group workers',
    },
  }]);
  expect(found(...replicas(2, { localVolumes: scratch }))).toEqual([]);
});

test('warns of a disk of the node, however many pods there are', () => {
  expect(found(...replicas(2, { localVolumes: [{ kind: 'local', name: 'data' }] }))).toMatchObject([{
    reason: 'data',
    data: {
      pods: '2 pods of Deployment web',
      count: 2,
      volumes: ['local data'],
      groups: 'node group workers',
    },
  }]);
  expect(found(...replicas(2, { localVolumes: [{ kind: 'hostPath', name: '/var/db' }] }))).toHaveLength(1);
});

test('lets system pods read what the node has', () => {
  expect(found(aPod('x', { namespace: 'kube-system', localVolumes: [{ kind: 'hostPath', name: '/etc/ssl' }] }))).toEqual([]);
});
