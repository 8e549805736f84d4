import { nodeGroupLastUpdate } from '../../../../src/engine/judgement/checks/node-group-last-update';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { aBudget, aPod, replicas, someWorkloads } from '../../workloads';

const FAILED = {
  type: 'VersionUpdate',
  status: 'Failed',
  startedAt: '2026-11-20T08:00:00.000Z',
  errors: [{
    code: 'PodEvictionFailure',
    message: 'Reached max retries while trying to evict pods from nodes in node group workers.',
    resourceIds: ['shop/cart-0'],
  }],
};

test('warns with the words of EKS, pods included', () => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate: known(FAILED) } }), A_ROLL)).toMatchObject([{
    id: 'node-group-last-update:workers',
    severity: 'warning',
    reason: 'evictionFailed',
    data: {
      day: '2026-11-20',
      why: 'PodEvictionFailure: Reached max retries while trying to evict pods from nodes in node group workers',
      nodeGroup: 'workers',
    },
    details: ['PodEvictionFailure: Reached max retries while trying to evict pods from nodes in node group workers', 'shop/cart-0'],
  }]);
});

test('a failure without a reason is one, too', () => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate: known({ ...FAILED, errors: [] }) } }), A_ROLL))
    .toMatchObject([{ reason: 'failed', data: { why: 'a reason that EKS does not tell' } }]);
});

test.each([
  ['succeeded', known({ ...FAILED, status: 'Successful' })],
  ['was cancelled', known({ ...FAILED, status: 'Cancelled' })],
  ['does not exist', known(undefined)],
  ['could not be read', notKnown('not allowed to call eks:ListUpdates')],
])('passes when the last update %s', (_, lastUpdate) => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate } }), A_ROLL)).toEqual([]);
});

test('passes for a group that stays', () => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate: known(FAILED) } }), { version: '1.36' })).toEqual([]);
});

describe('pods that could not be evicted', () => {
  /** `web` on both nodes, of which a budget wants all, and `db` on the second, which two budgets select. */
  const blocked = someWorkloads({
    pods: [...replicas(2), aPod('db-0', { node: 'old-2', labels: { app: 'db' }, owner: { kind: 'StatefulSet', name: 'db' } })],
    budgets: [
      aBudget({ minAvailable: '2' }),
      aBudget({ name: 'db-1', selector: { matchLabels: { app: 'db' } }, maxUnavailable: '1' }),
      aBudget({ name: 'db-2', selector: { matchLabels: { app: 'db' } }, maxUnavailable: '1' }),
    ],
  });
  const finding = (resourceIds: string[], workloads: ClusterState['workloads'], code = 'PodEvictionFailure') => {
    const lastUpdate = known({ ...FAILED, errors: [{ code, message: 'Reached max retries', resourceIds }] });
    const [found] = findings(nodeGroupLastUpdate, { ...aRoomyCluster({}, { groupRoom: { lastUpdate } }), workloads }, A_ROLL);
    return found;
  };

  test('are named with their budgets: those on the node that EKS names', () => {
    expect(finding(['old-1'], known(blocked))).toMatchObject({
      reason: 'stillHeld',
      data: {
        day: '2026-11-20',
        why: 'PodEvictionFailure: Reached max retries',
        workloads: ['shop/web'],
        findings: ['[drain:shop/web]'],
      },
      details: [
        'PodEvictionFailure: Reached max retries', 'old-1', 'shop/web-1 on old-1 is held by PodDisruptionBudget web (minAvailable 2)',
      ],
    });
  });

  test.each([['shop/db-0'], ['db-0']])('are those that EKS names itself: %s', (pod) => {
    expect(finding([pod], known(blocked)).details.slice(2)).toEqual([
      'shop/db-0 on old-2 is held by PodDisruptionBudget db-1 (maxUnavailable 1) and PodDisruptionBudget db-2 (maxUnavailable 1), which select the same pod',
    ]);
  });

  test('are found by their drain: with the kind, where two workloads share a name', () => {
    const [web, , db] = blocked.pods;
    const pods = [...blocked.pods.filter((pod) => pod !== db), { ...db, owner: { kind: 'StatefulSet', name: web.owner!.name } }];
    const names = ['shop/Deployment/web', 'shop/StatefulSet/web'];
    expect(finding([], known({ ...blocked, pods }))).toMatchObject({
      data: { workloads: names, findings: names.map((name) => `[drain:${name}]`) },
    });
  });

  test.each([
    ['nothing', []], ['a node that has gone', ['ip-10-0-0-1.ec2.internal']],
  ])('are all of the node group where EKS names %s', (_, resourceIds) => {
    const { details, reason, data } = finding(resourceIds, known(blocked));
    expect(details.filter((line) => line.includes('is held by')).map((line) => line.split(' ')[0]).sort()).toEqual([
      'shop/db-0', 'shop/web-1', 'shop/web-2',
    ]);
    expect({ reason, data }).toMatchObject({ reason: 'stillHeld', data: { workloads: ['shop/db', 'shop/web'] } });
    expect(finding(resourceIds, known({ ...blocked, pods: [...blocked.pods].reverse() })).data).toEqual(data);
  });

  test('are not those of other node groups', () => {
    const elsewhere = someWorkloads({ pods: [aPod('web-1', { node: 'other-1' })], budgets: [aBudget({ minAvailable: '1' })] });
    expect(finding([], known(elsewhere)).reason).toBe('heldNoMore');
  });

  test('are those, too, that are held only while others are not ready', () => {
    const unready = someWorkloads({
      pods: [aPod('web-1'), aPod('web-2', { isReady: false, node: 'other-1' })], budgets: [aBudget({ maxUnavailable: '1' })],
    });
    expect(finding(['old-1'], known(unready)).details.at(-1)).toBe(
      'shop/web-1 on old-1 is held by PodDisruptionBudget web (maxUnavailable 1)',
    );
  });

  test('are those, too, that will be held once they have started', () => {
    const starting = someWorkloads({ pods: [aPod('web-1', { phase: 'Pending', isReady: false })], budgets: [aBudget({ minAvailable: '1' })] });
    expect(finding(['old-1'], known(starting)).details.at(-1)).toBe('shop/web-1 on old-1 is held by PodDisruptionBudget web (minAvailable 1)');
  });

  test('are not held any more', () => {
    expect(finding(['old-1'], known(someWorkloads({ pods: replicas(2) })))).toMatchObject({
      reason: 'heldNoMore', data: { why: expect.stringContaining('Reached max retries') },
    });
  });

  test.each([['nobody has looked into the cluster', undefined], ['the cluster cannot be looked into', notKnown('it did not answer')]])(
    'are to be found by the rehearsal where %s', (_, workloads) => {
      expect(finding(['old-1'], workloads)).toMatchObject({ reason: 'evictionFailed', data: { nodeGroup: 'workers' } });
    });

  test('are of no interest where something else made it fail', () => {
    expect(finding(['i-1'], known(blocked), 'NodeCreationFailure')).toMatchObject({
      reason: 'failed', details: ['NodeCreationFailure: Reached max retries', 'i-1'],
    });
  });
});

test('is read for itself where nobody asked for the room', () => {
  const { nodeRoom: _, ...cluster } = aRoomyCluster();
  expect(findings(nodeGroupLastUpdate, { ...cluster, lastUpdates: { workers: known(FAILED) } }, A_ROLL)).toMatchObject([
    { id: 'node-group-last-update:workers' },
  ]);
  expect(findings(nodeGroupLastUpdate, { ...cluster, lastUpdates: { other: known(FAILED) } }, A_ROLL)).toEqual([]);
});
