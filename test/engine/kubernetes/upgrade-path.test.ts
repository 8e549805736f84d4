import * as fc from 'fast-check';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';
import { upgradePath } from '../../../src/engine/kubernetes/upgrade-path';

function path(from: string, to: string): string {
  return upgradePath(KubernetesMinor.parse(from), KubernetesMinor.parse(to)).join(' → ');
}

test.each([
  ['1.34', '1.36', '1.34 → 1.35 → 1.36'],
  ['1.36', '1.35', '1.36 → 1.35'],
  ['1.36', '1.36', '1.36'],
  ['1.36', '2.1', '1.36 → 2.1'],
])('from %s to %s goes %s', (from, to, expected) => {
  expect(path(from, to)).toBe(expected);
});

test('goes from one end to the other in single minors', () => {
  const minor = fc.integer({ min: 0, max: 60 }).map((number) => KubernetesMinor.parse(`1.${number}`));
  fc.assert(fc.property(minor, minor, (from, to) => {
    const versions = upgradePath(from, to);
    expect([versions[0], versions[versions.length - 1]].join()).toBe([from, to].join());
    expect(versions.slice(1).filter((version, index) => Math.abs(version.minorsAheadOf(versions[index])) !== 1)).toEqual([]);
  }));
});
