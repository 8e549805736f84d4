import { podsUnschedulable } from '../../../../src/engine/judgement/checks/pods-unschedulable';
import { known } from '../../../../src/engine/state/known';
import { NodeGroupUpdate } from '../../../../src/engine/state/node-group-state';
import { PodState, PodTie } from '../../../../src/engine/state/workloads/pod-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';
import { aPod, someWorkloads } from '../../workloads';

const { nodes: NODES } = someWorkloads();

function found(pods: readonly PodState[], intent: object = { isRolled: true }, update: NodeGroupUpdate = {}, nodes = NODES) {
  const state = aCluster({
    nodeGroups: known([aNodeGroup({ update }), aNodeGroup({ name: 'other' })]), workloads: known(someWorkloads({ pods, nodes })),
  });
  return findings(podsUnschedulable, state, { nodeGroups: { workers: intent } });
}
const tied = (tie: PodTie) => [aPod('web-1', { ties: [tie] })];

describe('pods that wait for a node already', () => {
  const unschedulable = '0/3 nodes are available: 3 Insufficient cpu.';
  const waiting = (name: string, overrides: Partial<PodState> = {}) => (
    aPod(name, { node: undefined, phase: 'Pending', isReady: false, unschedulable, ...overrides })
  );

  test('are a warning for each workload, with the words of the scheduler', () => {
    const db = waiting('db-0', { owner: { kind: 'StatefulSet', name: 'db' } });
    expect(found([waiting('web-1'), db, waiting('web-2'), aPod('web-3')])).toMatchObject([
      {
        id: 'pods-unschedulable:shop/web',
        severity: 'warning',
        subject: 'shop/web',
        reason: 'waiting',
        data: { pods: '2 pods of Deployment web', count: 2, command: "'kubectl -n shop describe pod web-1'" },
        details: [`shop/web-1: ${unschedulable}`, `shop/web-2: ${unschedulable}`],
      },
      { id: 'pods-unschedulable:shop/db', data: { pods: '1 pod of StatefulSet db' } },
    ]);
  });

  test('are named up to ten', () => {
    const [{ details }] = found(Array.from({ length: 12 }, (_, index) => waiting(`web-${index}`)));
    expect(details.slice(9)).toEqual([`shop/web-9: ${unschedulable}`, 'and 2 more']);
  });

  test('get more where old nodes are terminated first', () => {
    expect(found([waiting('web-1')])[0].data).not.toHaveProperty('first');
    expect(found([waiting('web-1')], undefined, { strategy: 'MINIMAL' })).toMatchObject([{ data: { first: 'node group workers' } }]);
    expect(found([waiting('web-1')], { removed: true }, { strategy: 'MINIMAL' })[0].data).not.toHaveProperty('first');
  });

  test('are one finding with what ties the workload, the gravest first', () => {
    const toNode = aPod('web-2', { ties: [{ to: 'node', names: ['old-1'], by: 'volume data' }] });
    expect(found([waiting('web-1'), toNode])).toMatchObject([{
      reason: 'tiedByVolume', severity: 'error', details: ['shop/web-2 on old-1 (node group workers)', '1 pod of Deployment web is already waiting for a node'],
    }]);
    const toZone = aPod('web-2', { node: 'old-2', ties: [{ to: 'zone', names: ['us-east-1b'], by: 'volume data' }] });
    expect(found([toZone, waiting('web-1')])).toMatchObject([{ reason: 'waiting', severity: 'warning', details: [{}, {}] }]);
  });
});

test('says nothing of a pod that waits for a node and is being deleted', () => {
  expect(found([aPod('web-1', { node: undefined, phase: 'Pending', unschedulable: 'no node fits', isTerminating: true })])).toEqual([]);
});

test('says nothing of a tied pod that its Deployment has replaced already', () => {
  const ties = [{ to: 'node', names: ['old-1'], by: 'volume data' }] as const;
  expect(found([aPod('web-old', { isTerminating: true, ties }), aPod('web-new', { ties })])).toMatchObject([{ data: { pods: '1 pod of Deployment web' } }]);
  const owner = { kind: 'StatefulSet', name: 'db' };
  expect(found([aPod('db-0', { isTerminating: true, ties, owner })])).toMatchObject([{ reason: 'tiedByVolume' }]);
});

test('says nothing of a tied pod that the kubelet made from a file of its node', () => {
  const ties = [{ to: 'node', names: ['old-1'], by: 'affinity' }] as const;
  const owner = { kind: 'Node', name: 'old-1' };
  expect(found([aPod('static-old-1', { isMirror: true, owner, ties })])).toEqual([]);
  expect(found([aPod('static-old-1', { isMirror: true, owner, ties }), aPod('web-1', { ties })])).toMatchObject([
    { id: 'pods-unschedulable:shop/web', reason: 'tied' },
  ]);
});

test('fails for a pod that is tied to a node that goes', () => {
  expect(found(tied({ to: 'node', names: ['old-1'], by: 'volume data' }))).toMatchObject([{
    id: 'pods-unschedulable:shop/web',
    severity: 'error',
    reason: 'tiedByVolume',
    data: {
      pods: '1 pod of Deployment web',
      where: ['node old-1 (volume data)'],
      groups: ['workers'],
      command: "'kubectl -n shop get persistentvolumeclaims'",
    },
  }]);
  expect(found(tied({ to: 'node', names: ['old-1'], by: 'nodeSelector' }))).toMatchObject([{
    reason: 'tied', data: { command: "'kubectl -n shop edit deployment web'" },
  }]);
  expect(found(tied({ to: 'node', names: ['old-1', 'other-1'], by: 'affinity' }))).toEqual([]);
});

test('two workloads of one name are two findings, each as grave as it is, in whatever order their pods come', () => {
  const pods = [
    aPod('db-abc', { node: 'old-2', owner: { kind: 'Deployment', name: 'db' }, ties: [{ to: 'zone', names: ['us-east-1b'], by: 'nodeSelector' }] }),
    aPod('db-0', { owner: { kind: 'StatefulSet', name: 'db' }, ties: [{ to: 'node', names: ['old-1'], by: 'volume data' }] }),
  ];
  const weights = (order: readonly PodState[]) => found(order, undefined, { strategy: 'MINIMAL' })
    .map(({ id, severity }) => `${severity} ${id}`).sort();
  const expected = ['error pods-unschedulable:shop/StatefulSet/db', 'warning pods-unschedulable:shop/Deployment/db'];
  expect(weights(pods)).toEqual(expected);
  expect(weights([...pods].reverse())).toEqual(expected);
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

test('says what EKS does to the node group', () => {
  const ties = tied({ to: 'node', names: ['old-1'], by: 'volume data' });
  const deleted = { data: { isDeleted: true, alsoDeletes: false }, message: expect.stringMatching(/ when EKS deletes node group workers$/) };
  expect(found(ties)).toMatchObject([{
    data: { isDeleted: false, alsoDeletes: false }, message: expect.stringMatching(/ when EKS rolls node group workers$/),
  }]);
  expect(found(ties, { removed: true })).toMatchObject([deleted]);
  expect(found(ties, { replacedBy: ['DiskSize'], isRolled: true })).toMatchObject([deleted]);
});

test('is tied to a node group that CloudFormation replaces, whose successor has another name', () => {
  const tie: PodTie = { to: 'node group', names: ['workers'], by: 'affinity' };
  expect(found(tied(tie), { replacedBy: ['InstanceTypes'] })).toMatchObject([{ reason: 'tied', data: { groups: ['workers'] } }]);
});

test('is tied to nodes that go, where not all nodes are known, unless one of them may be another', () => {
  const reasons = (names: readonly string[]) => findings(podsUnschedulable, aCluster({
    nodeGroups: known([aNodeGroup()]),
    workloads: known(someWorkloads({ pods: tied({ to: 'node', names, by: 'affinity' }), areNodesPartial: true })),
  }), { nodeGroups: { workers: { isRolled: true } } }).map(({ reason }) => reason);
  expect(reasons(['old-1'])).toEqual(['tied']);
  expect(reasons(['old-1', 'old-2'])).toEqual(['tied']);
  expect(reasons(['old-1', 'of-karpenter'])).toEqual([]);
});

describe('a pod that is tied to a zone', () => {
  const ties: readonly PodTie[] = [{ to: 'zone', names: ['us-east-1b'], by: 'volume data' }];
  const pod = aPod('web-1', { node: 'old-2', ties });
  const twoThere = [
    { name: 'old-2', nodeGroup: 'workers', zone: 'us-east-1b' }, { name: 'old-3', nodeGroup: 'workers', zone: 'us-east-1b' },
  ];
  const MINIMAL: NodeGroupUpdate = { strategy: 'MINIMAL' };

  test('is an information where its only node is replaced: a new one starts there first', () => {
    expect(found([pod])).toMatchObject([{
      severity: 'info',
      reason: 'tiedToLastNode',
      data: {
        where: ['zone us-east-1b (volume data)'], groups: ['workers'], command: expect.stringContaining('topology.kubernetes.io/zone in (us-east-1b)'),
      },
    }]);
    expect(found([pod], undefined, { maxUnavailable: 2 }, twoThere)).toEqual([]);
  });

  test('names only zones in the command, whatever an affinity names', () => {
    const names = ['us-east-1b', ')"; echo hello'];
    expect(found([aPod('web-1', { node: 'old-2', ties: [{ to: 'zone', names, by: 'affinity' }] })])).toMatchObject([{
      data: { command: '\'kubectl get nodes -l "topology.kubernetes.io/zone in (us-east-1b)"\'' },
    }]);
  });

  test('passes where a node stays, or nobody knows the zones', () => {
    expect(found(tied({ ...ties[0], names: ['us-east-1a'] }))).toEqual([]);
    expect(found([pod], undefined, MINIMAL, [...twoThere, { name: 'other-2', nodeGroup: 'other', zone: 'us-east-1b' }])).toEqual([]);
    expect(found([pod], undefined, MINIMAL, [{ name: 'old-2', nodeGroup: 'workers' }])).toEqual([]);
  });

  test('does not count the nodes of Fargate, which take no pod but their own', () => {
    const beside = (computeType?: string) => [...twoThere, { name: 'fargate-1', zone: 'us-east-1b', computeType }];
    expect(found([pod], { removed: true }, {}, beside('fargate'))).toMatchObject([{ severity: 'warning', reason: 'tiedToZone' }]);
    const [only, , ...others] = beside('fargate');
    expect(found([pod], undefined, {}, [only, ...others])).toMatchObject([{ severity: 'info', reason: 'tiedToLastNode' }]);
    for (const other of [undefined, 'auto']) expect(found([pod], { removed: true }, {}, beside(other))).toEqual([]);
  });

  test('passes where not all nodes are known: one of Karpenter may be in the zone', () => {
    const partial = (intent: object, update: NodeGroupUpdate = {}) => findings(podsUnschedulable, aCluster({
      nodeGroups: known([aNodeGroup({ update })]), workloads: known(someWorkloads({ pods: [pod], areNodesPartial: true })),
    }), { nodeGroups: { workers: intent } });
    expect(partial({ isRolled: true })).toEqual([]);
    expect(partial({ isRolled: true }, MINIMAL)).toEqual([]);
    expect(partial({ removed: true })).toEqual([]);
  });

  test('is a warning where the old nodes are terminated first, all of the zone at once', () => {
    expect(found([pod], undefined, MINIMAL)).toMatchObject([{ severity: 'warning', reason: 'tiedToZone', data: { groups: ['workers'] } }]);
    expect(found([pod], undefined, MINIMAL, twoThere)).toEqual([]);
    expect(found([pod], undefined, { ...MINIMAL, maxUnavailable: 2 }, twoThere)).toMatchObject([{ reason: 'tiedToZone' }]);
  });

  test('is a warning where all nodes of the zone go with their node group, or are replaced with it', () => {
    expect(found([pod], { removed: true }, {}, twoThere)).toMatchObject([{
      severity: 'warning', reason: 'tiedToZone', message: expect.stringMatching(/ while EKS deletes node group workers$/),
    }]);
    expect(found([pod], { replacedBy: ['Subnets'] }, {}, twoThere)).toMatchObject([{ reason: 'tiedToZone' }]);
  });
});
