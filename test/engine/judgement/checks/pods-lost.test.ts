import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { podsLost } from '../../../../src/engine/judgement/checks/pods-lost';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { PodState } from '../../../../src/engine/state/workloads/pod-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aPod, replicas, someWorkloads } from '../../workloads';

function found(...pods: readonly PodState[]) {
  return whenGoing({ workers: { isRolled: true } }, ...pods);
}
function whenGoing(nodeGroups: Readonly<Record<string, NodeGroupIntent>>, ...pods: readonly PodState[]) {
  const state = aCluster({ nodeGroups: known([aNodeGroup(), aNodeGroup({ name: 'other' })]), workloads: known(someWorkloads({ pods })) });
  return findings(podsLost, state, { nodeGroups });
}
const scratch = [{ kind: 'emptyDir', name: 'scratch' }] as const;

test('warns of a pod that nothing brings back', () => {
  expect(found(aPod('tool', { owner: undefined }))).toMatchObject([{
    id: 'pods-lost:shop/tool',
    severity: 'warning',
    reason: 'bare',
    data: {
      pods: 'pod tool',
      groups: ['workers'],
      command: "'kubectl -n shop get pod tool -o yaml'",
    },
  }]);
});

describe('what EKS does to the node group', () => {
  const [bare, alone] = [aPod('tool', { owner: undefined }), aPod('web-1', { localVolumes: scratch })];
  const REMOVED = { isDeleted: true, alsoDeletes: false, groups: ['workers'] };

  test('is said of one that rolls', () => {
    expect(found(bare, alone)).toMatchObject([bare, alone].map(() => ({
      data: { isDeleted: false, alsoDeletes: false }, message: expect.stringMatching(/ when EKS rolls node group workers$/),
    })));
  });

  test.each<[string, NodeGroupIntent]>([
    ['is deleted', { removed: true }],
    ['is replaced by another', { replacedBy: ['InstanceTypes'], isRolled: true }],
  ])('is said of one that %s', (_, workers) => {
    expect(whenGoing({ workers }, bare, alone)).toMatchObject([
      { reason: 'bare', data: REMOVED, message: expect.stringMatching(/ when EKS deletes node group workers$/) },
      { reason: 'data', data: REMOVED, message: expect.stringMatching(/ when EKS deletes node group workers$/) },
    ]);
  });

  test('is said of several, of which one rolls and one goes', () => {
    const pods = ['old-1', 'other-1'].map((node) => aPod(`web-${node}`, { node, localVolumes: [{ kind: 'local', name: 'data' }] }));
    const nodeGroups = { workers: { removed: true }, other: { isRolled: true } };
    expect(whenGoing(nodeGroups, ...pods)).toMatchObject([{
      data: { isDeleted: false, alsoDeletes: true, groups: ['other', 'workers'] },
      message: expect.stringMatching(/ when EKS rolls or deletes node groups other and workers$/),
    }]);
  });
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
      groups: ['workers'],
      command: "'kubectl -n shop edit deployment web'",
    },
  }]);
  expect(found(...replicas(2, { localVolumes: scratch }))).toEqual([]);
  const evicted = aPod('web-0', { phase: 'Failed' }); // it stays in the list until somebody cleans up
  expect(found(aPod('web-1', { localVolumes: scratch }), evicted)).toMatchObject([{ reason: 'data', data: { count: 1 } }]);
});

test('counts no pod that its Deployment has replaced already, and warns of none', () => {
  const old = { isTerminating: true, localVolumes: scratch };
  expect(found(aPod('web-new', { localVolumes: scratch }), aPod('web-old', old))).toMatchObject([{ reason: 'data', data: { count: 1 } }]);
  expect(found(aPod('bare', { ...old, phase: 'Pending', owner: undefined }))).toEqual([]);
  const owner = { kind: 'StatefulSet', name: 'web' };
  expect(found(aPod('web-0', { localVolumes: scratch, owner }), aPod('web-1', { ...old, owner }))).toEqual([]);
});

test('warns of a disk of the node, however many pods there are', () => {
  expect(found(...replicas(2, { localVolumes: [{ kind: 'local', name: 'data' }] }))).toMatchObject([{
    reason: 'data',
    data: {
      pods: '2 pods of Deployment web',
      count: 2,
      volumes: ['local data'],
      groups: ['workers'],
    },
  }]);
  expect(found(...replicas(2, { localVolumes: [{ kind: 'hostPath', name: '/var/db' }] }))).toHaveLength(1);
});

test('lets system pods read what the node has', () => {
  expect(found(aPod('x', { namespace: 'kube-system', localVolumes: [{ kind: 'hostPath', name: '/etc/ssl' }] }))).toEqual([]);
});

describe('gitRepo volumes, which kubelets refuse from 1.33 on', () => {
  const TO_136: NodeGroupIntent = { version: '1.36' };
  const gitRepo = { gitRepoVolumes: ['source'] };
  const rolled = (pods: readonly PodState[], workers = TO_136, state: Partial<ClusterState> = {}) => findings(
    podsLost, aCluster({ version: '1.36', workloads: known(someWorkloads({ pods })), ...state }), { nodeGroups: { workers } },
  );

  test('fails where the new nodes run it, for every kind of owner', () => {
    expect(rolled([...replicas(2, gitRepo), aPod('web-3')])).toMatchObject([{
      id: 'pods-lost:shop/web',
      severity: 'error',
      reason: 'gitRepo',
      data: {
        pods: '2 pods of Deployment web',
        groups: ['workers'],
        since: '1.33',
        lastWithGate: '1.35',
        volumes: ['source'],
        version: '1.36',
        command: "'kubectl -n shop edit deployment web'",
      },
      details: ['shop/web-1 on old-1 (node group workers)', 'shop/web-2 on old-2 (node group workers)'],
    }]);
    expect(rolled([aPod('agent-1', { ...gitRepo, owner: { kind: 'DaemonSet', name: 'agent' } })])).toMatchObject([{ reason: 'gitRepo' }]);
    expect(rolled([aPod('web-1', { ...gitRepo, phase: 'Pending' })])).toMatchObject([{ reason: 'gitRepo' }]);
  });

  test('is one finding with data that are lost', () => {
    expect(rolled([aPod('web-1', { ...gitRepo, localVolumes: scratch })])).toMatchObject([{ reason: 'gitRepo' }]);
  });

  test.each<[string, readonly PodState[], NodeGroupIntent?, Partial<ClusterState>?]>([
    ['nodes of 1.35 that run it, with the feature gate of their kubelet', replicas(2, gitRepo), { isRolled: true }],
    [
      'new nodes of 1.32', replicas(2, gitRepo), { version: '1.32' },
      { version: '1.33', nodeGroups: known([aNodeGroup({ version: known('1.31') })]) },
    ],
    ['a node group that goes', replicas(2, gitRepo), { version: '1.36', removed: true }],
    ['pods on other nodes', [aPod('web-1', { ...gitRepo, node: 'other-1' })]],
    ['mirror pods and finished ones', [aPod('a', { ...gitRepo, isMirror: true }), aPod('b', { ...gitRepo, phase: 'Succeeded' })]],
    [
      'nodes of which nobody knows what they will run', replicas(2, gitRepo), { isRolled: true },
      { nodeGroups: known([aNodeGroup({ version: notKnown('no') })]) },
    ],
  ])('passes for %s', (_, pods, intent = TO_136, state = {}) => {
    expect(rolled(pods, intent, state)).toEqual([]);
  });

  test.each(['1.33', '1.35'])('fails for new nodes of %s in place of older ones, which have no feature gate', (version) => {
    const state = { version: '1.35', nodeGroups: known([aNodeGroup({ version: known('1.32') })]) };
    expect(rolled(replicas(2, gitRepo), { version }, state)).toMatchObject([{ severity: 'error', reason: 'gitRepo', data: { version } }]);
  });

  test('fails where a new node group that runs it takes the place of another', () => {
    expect(rolled(replicas(2, gitRepo), { version: '1.36', replacedBy: ['InstanceTypes'] })).toMatchObject([{
      reason: 'gitRepo', data: { isDeleted: true }, message: expect.stringContaining('when EKS deletes node group workers:'),
    }]);
  });

  test('a bare pod is gone for good in any case', () => {
    expect(rolled([aPod('tool', { ...gitRepo, owner: undefined })])).toMatchObject([{ reason: 'bare' }]);
  });
});
