import * as fc from 'fast-check';
import { VersionChange } from '../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { lastVersionChange, openWayBack } from '../../../src/engine/state/version-history';
import { aCluster } from '../a-cluster';

const HISTORY: VersionChange[] = [
  { kind: 'upgrade', to: '1.34', startedAt: '2026-09-01T12:00:00Z' },
  { kind: 'rollback', to: '1.33', startedAt: '2026-09-03T12:00:00Z' },
  { kind: 'upgrade', to: '1.34', startedAt: '2026-10-01T12:00:00Z' },
  { kind: 'upgrade', to: '1.35', startedAt: '2026-11-20T12:00:00Z' },
];

test('the order in which EKS lists updates does not matter', () => {
  fc.assert(fc.property(fc.shuffledSubarray(HISTORY, { minLength: HISTORY.length }), (history) => {
    expect(lastVersionChange(history)).toEqual(HISTORY[3]);
    expect(openWayBack(aCluster({ versionHistory: known(history) }))).toBe('1.34');
  }));
});

test.each<[string, VersionChange[]]>([
  ['was created with its version', []],
  ['was upgraded more than seven days ago', [{ ...HISTORY[3], startedAt: '2026-11-15T11:59:59Z' }]],
  ['was rolled back since', [{ kind: 'rollback', to: '1.35', startedAt: '2026-11-21T12:00:00Z' }, HISTORY[3]]],
  ['was upgraded to another version', [HISTORY[2]]],
])('there is no way back of a cluster that %s', (_, history) => {
  expect(openWayBack(aCluster({ versionHistory: known(history) }))).toBeUndefined();
});

test('nothing is claimed of a history that could not be read', () => {
  expect(openWayBack(aCluster({ versionHistory: notKnown('throttled') }))).toBeUndefined();
});
