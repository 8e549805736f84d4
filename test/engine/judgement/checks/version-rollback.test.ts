import { versionRollback } from '../../../../src/engine/judgement/checks/version-rollback';
import { ClusterState, VersionChange } from '../../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, anUpgradedCluster, findings } from '../../a-cluster';

const BACK = { version: '1.35' };

function upgradedThrough(...history: VersionChange[]): ClusterState {
  return anUpgradedCluster({ versionHistory: known(history) });
}

/** EKS takes the cluster back. */
const WARNED = [{ id: 'version-rollback', severity: 'warning', reason: 'back', data: { current: '1.36', target: '1.35', days: 7 } }];

test('is a warning a day after the upgrade, which a pipeline that deploys an older commit may not expect', () => {
  expect(findings(versionRollback, anUpgradedCluster(), BACK)).toMatchObject(WARNED);
});

test('is a warning after an older rollback that a new upgrade followed, in whatever order EKS lists them', () => {
  const state = upgradedThrough(
    { kind: 'upgrade', to: '1.36', startedAt: '2026-11-20T00:00:00Z' },
    { kind: 'upgrade', to: '1.36', startedAt: '2026-11-10T00:00:00Z' },
    { kind: 'rollback', to: '1.35', startedAt: '2026-11-11T00:00:00Z' },
  );
  expect(findings(versionRollback, state, BACK)).toMatchObject(WARNED);
});

test('is a warning to the last second of the seventh day', () => {
  const state = upgradedThrough({ kind: 'upgrade', to: '1.36', startedAt: '2026-11-15T12:00:00Z' });
  expect(findings(versionRollback, state, BACK)).toMatchObject(WARNED);
});

test('does not look at upgrades', () => {
  expect(findings(versionRollback, aCluster({ versionHistory: notKnown('throttled') }))).toEqual([]);
});

test('fails for more than one minor', () => {
  expect(findings(versionRollback, anUpgradedCluster(), { version: '1.34' })).toMatchObject([{
    id: 'version-rollback', severity: 'error', reason: 'tooFar', data: { target: '1.34', current: '1.36' },
  }]);
});

test.each<[string, ClusterState, object]>([
  ['a second later', upgradedThrough({ kind: 'upgrade', to: '1.36', startedAt: '2026-11-15T11:59:59Z' }), { reason: 'tooLate', data: { days: 7 } }],
  ['a date that cannot be read', upgradedThrough({ kind: 'upgrade', to: '1.36', startedAt: 'lately' }), { reason: 'tooLate', data: { days: 7 } }],
  ['a cluster that was created with its version', upgradedThrough(), { reason: 'neverUpgraded', data: { current: '1.36' } }],
  [
    'a second rollback', upgradedThrough({ kind: 'rollback', to: '1.36', startedAt: '2026-11-21T00:00:00Z' }),
    { reason: 'rolledBack', data: { to: '1.36' } },
  ],
  [
    'a history that does not end here',
    upgradedThrough({ kind: 'upgrade', to: '1.35', startedAt: '2026-11-21T00:00:00Z' }), { reason: 'otherUpgrade', data: { to: '1.35', current: '1.36' } },
  ],
])('fails for %s', (_, state, said) => {
  expect(findings(versionRollback, state, BACK)).toMatchObject([
    { id: 'version-rollback', severity: 'error', ...said },
  ]);
});

test('fails when it could not be read when the cluster was upgraded', () => {
  const state = anUpgradedCluster({ versionHistory: notKnown('not allowed to call eks:ListUpdates') });
  expect(findings(versionRollback, state, BACK)).toMatchObject([{ id: 'version-rollback:unknown', severity: 'error', reason: 'unread' }]);
});
