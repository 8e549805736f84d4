import { TrackedAddOnPlace, trackedAddOnEntryIn, trackedAddOnKey, versionOfMinorBefore } from '../../../src/engine/eks/tracked-add-on';
import { TrackedChoice } from '../../../src/engine/state/add-on-policy';

const PLACE: TrackedAddOnPlace = {
  account: '111122223333', region: 'us-west-2', cluster: 'prod', kubernetesVersion: '1.36', addOn: 'vpc-cni', choice: 'recommended',
};

/** What was tracked for minors, by choice and minor. */
function before(choice: TrackedChoice, tracked: Readonly<Record<string, string>>, kubernetesVersion = '1.36'): string | undefined {
  const context = Object.fromEntries(Object.entries(tracked).map(([of, version]) => {
    const [its, minor] = of.split(' ');
    return [trackedAddOnKey({ ...PLACE, choice: its as TrackedChoice, kubernetesVersion: minor }), { version }];
  }));
  return versionOfMinorBefore({ ...PLACE, choice, kubernetesVersion }, (key) => context[key]);
}

const [V19, V20] = ['v1.19.6-eksbuild.7', 'v1.20.4-eksbuild.2'];

describe('what was tracked for the minor before', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['one minor back', { 'recommended 1.35': V20, 'recommended 1.34': V19 }, V20],
    ['two minors back', { 'recommended 1.34': V19 }, V19],
    ['three minors back', { 'recommended 1.33': V19 }, V19],
    ['four minors back: nothing', { 'recommended 1.32': V19 }, undefined],
    ['this minor: nothing', { 'recommended 1.36': V19 }, undefined],
    ['a later one: nothing', { 'recommended 1.37': V19 }, undefined],
    ['of the other choice', { 'latest 1.35': V20 }, V20],
    ['of the nearest minor, whatever its choice', { 'latest 1.35': V20, 'recommended 1.34': V19 }, V20],
    ['nothing at all', {}, undefined],
  ])('%s', (_, tracked, expected) => {
    expect(before('recommended', tracked)).toBe(expected);
  });

  test('of both choices, that of its own', () => {
    const tracked = { 'recommended 1.35': V19, 'latest 1.35': V20 };
    expect(before('recommended', tracked)).toBe(V19);
    expect(before('latest', tracked)).toBe(V20);
  });

  test('ends at 1.0', () => {
    expect(before('recommended', { 'recommended 1.0': V19 }, '1.1')).toBe(V19);
    expect(before('recommended', {}, '1.0')).toBeUndefined();
  });
});

test.each<[unknown, unknown]>([
  [{ version: V20 }, { version: V20 }],
  [{ version: V20, seen: { [V19]: '2026-11-01' } }, { version: V20, seen: { [V19]: '2026-11-01' } }],
  [{ version: V20, seen: { [V19]: 'soon', other: 7 } }, { version: V20, seen: {} }], // days that are none count as not seen
  [{ version: V20, seen: null }, { version: V20 }],
  [{ version: V20, seen: 'x' }, { version: V20 }],
  [{ version: 'latest' }, undefined],
  [{ version: 7 }, undefined],
  [{}, undefined],
  [null, undefined],
  [V20, undefined],
])('the entry in %j', (value, entry) => {
  expect(trackedAddOnEntryIn(value)).toEqual(entry);
});
