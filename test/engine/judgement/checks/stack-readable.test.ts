import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { stackReadable } from '../../../../src/engine/judgement/checks/stack-readable';
import { aCluster, findings } from '../../a-cluster';

const UNREAD = [{ stack: 'Prod', why: 'AccessDenied' }];

const found = (intent: UpgradeIntent) => findings(stackReadable, aCluster(), intent);

test('warns where something moves in a stack whose state cannot be read', () => {
  expect(found({ version: '1.36', unreadStacks: UNREAD })).toMatchObject([
    { id: 'stack-readable:unknown', severity: 'warning', reason: 'unread', data: { stack: 'Prod', why: 'AccessDenied' } },
  ]);
});

test('names each stack of the cluster', () => {
  const both = [...UNREAD, { stack: 'Nodes', why: 'AccessDenied' }];
  expect(found({ version: '1.36', unreadStacks: both }).map(({ data }) => data?.stack)).toEqual(['Prod', 'Nodes']);
});

test.each<[string, UpgradeIntent]>([
  ['nothing moves', { unreadStacks: UNREAD }],
  ['all can be read', { version: '1.36' }],
  ['there are none', { version: '1.36', unreadStacks: [] }],
])('is silent where %s', (_, intent) => {
  expect(found(intent)).toEqual([]);
});
