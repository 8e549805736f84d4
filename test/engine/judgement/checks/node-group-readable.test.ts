import { nodeGroupReadable } from '../../../../src/engine/judgement/checks/node-group-readable';
import { notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

const oneUnread = aCluster({ unreadNodeGroups: [{ name: 'gpu', why: 'not allowed to call eks:DescribeNodegroup' }] });

test('passes when all could be read', () => {
  expect(findings(nodeGroupReadable, aCluster())).toEqual([]);
});

test('fails when they could not be listed', () => {
  expect(findings(nodeGroupReadable, aCluster({ nodeGroups: notKnown('throttled') }))).toMatchObject([{
    id: 'node-group-readable:unknown', severity: 'error', unknown: true, reason: 'unread', data: { why: 'throttled' },
  }]);
});

test('fails for the one that could not be described', () => {
  expect(findings(nodeGroupReadable, oneUnread)).toMatchObject([{
    id: 'node-group-readable:gpu:unknown',
    about: {
      kind: 'node group', name: 'gpu',
    },
    reason: 'partUnread',
    data: { why: 'not allowed to call eks:DescribeNodegroup' },
  }]);
});

test('does not look at node groups that nothing is wanted of, under a control plane that stays', () => {
  expect(findings(nodeGroupReadable, oneUnread, { nodeGroups: { workers: { version: '1.35' } } })).toEqual([]);
  expect(findings(nodeGroupReadable, oneUnread, { nodeGroups: { gpu: { version: '1.35' } } })).toHaveLength(1);
  expect(findings(nodeGroupReadable, aCluster({ nodeGroups: notKnown('throttled') }), {})).toEqual([]);
});
