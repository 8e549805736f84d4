import { partMissing } from '../../../../src/engine/judgement/checks/part-missing';
import { ClusterState } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

/** What is said where all parts of a cluster are gone. */
function said(part: object, overrides: Partial<ClusterState> = {}) {
  const state = aCluster({ nodeGroups: known([]), addOns: known([]), ...overrides });
  return findings(partMissing, state, { nodeGroups: { workers: part }, addOns: { coredns: part } });
}

test('fails for what the cluster has no more and the deployment updates', () => {
  expect(said({ isUpdated: true })).toMatchObject([
    { id: 'part-missing:workers', severity: 'error', reason: 'deleted', about: { kind: 'node group', name: 'workers' } },
    { id: 'part-missing:coredns', severity: 'error', reason: 'deleted', about: { kind: 'add-on', name: 'coredns' } },
  ]);
});

test.each([
  ['stays as it is', {}],
  ['is new', { isNew: true, version: '1.35' }],
  ['leaves', { removed: true }],
  ['is replaced', { isUpdated: true, replacedBy: ['Subnets'] }],
])('passes for what %s', (_, part) => {
  expect(said(part)).toEqual([]);
});

test('passes for what the cluster has, and for what could not be read', () => {
  const { nodeGroups, addOns } = aCluster();
  const why = 'throttled';
  expect(said({ isUpdated: true }, { nodeGroups, addOns })).toEqual([]);
  expect(said({ isUpdated: true }, { unreadNodeGroups: [{ name: 'workers', why }], unreadAddOns: [{ name: 'coredns', why }] })).toEqual([]);
  expect(said({ isUpdated: true }, { nodeGroups: notKnown(why), addOns: notKnown(why) })).toEqual([]);
});
