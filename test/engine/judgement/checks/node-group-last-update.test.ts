import { nodeGroupLastUpdate } from '../../../../src/engine/judgement/checks/node-group-last-update';
import { known, notKnown } from '../../../../src/engine/state/known';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

const FAILED = {
  type: 'VersionUpdate',
  status: 'Failed',
  startedAt: '2026-11-20T08:00:00.000Z',
  errors: [{ code: 'PodEvictionFailure', message: 'Reached max retries while trying to evict pods from nodes in node group workers.', resourceIds: ['shop/cart-0'] }],
};

test('warns with the words of EKS, pods included', () => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate: known(FAILED) } }), A_ROLL)).toMatchObject([{
    id: 'node-group-last-update:workers',
    severity: 'warning',
    message: 'its last update, of 2026-11-20, failed with PodEvictionFailure: Reached max retries while trying to evict pods from nodes in node group workers, '
      + 'and nothing of it has changed since',
    details: ['PodEvictionFailure: Reached max retries while trying to evict pods from nodes in node group workers', 'shop/cart-0'],
  }]);
});

test('a failure without a reason is one, too', () => {
  expect(findings(nodeGroupLastUpdate, aRoomyCluster({}, { groupRoom: { lastUpdate: known({ ...FAILED, errors: [] }) } }), A_ROLL))
    .toMatchObject([{ message: expect.stringContaining('failed with a reason that EKS does not tell') }]);
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
