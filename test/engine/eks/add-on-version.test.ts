import * as fc from 'fast-check';
import { addOnPath, minorsBetween } from '../../../src/engine/eks/add-on-path';
import { compareAddOnVersions, nearestAddOnVersions, newestAddOnVersion, parseAddOnVersion } from '../../../src/engine/eks/add-on-version';

describe('a version of an add-on', () => {
  test.each([
    ['v1.20.0-eksbuild.2', { major: 1, minor: 20, patch: 0, build: 2 }],
    ['v1.33.5-minimal-eksbuild.1', { major: 1, minor: 33, patch: 5, build: 1 }],
    ['v2.4', { major: 2, minor: 4, patch: 0, build: 0 }],
    ['0.3.1', { major: 0, minor: 3, patch: 1, build: 0 }],
  ])('reads %s', (version, numbers) => {
    expect(parseAddOnVersion(version)).toEqual(numbers);
  });

  test.each(['latest', '', 'version 1.2'])('fails to read %j', (version) => {
    expect(parseAddOnVersion(version)).toBeUndefined();
  });

  test('compares by number, not by letter', () => {
    const versions = ['v1.20.0-eksbuild.1', 'v1.9.0-eksbuild.1', 'v1.20.0-eksbuild.10', 'v1.20.0-eksbuild.2', 'odd'];
    expect([...versions].sort(compareAddOnVersions)).toEqual([
      'odd', 'v1.9.0-eksbuild.1', 'v1.20.0-eksbuild.1', 'v1.20.0-eksbuild.2', 'v1.20.0-eksbuild.10',
    ]);
    expect(newestAddOnVersion(versions)).toBe('v1.20.0-eksbuild.10');
    expect(newestAddOnVersion([])).toBeUndefined();
  });
});

describe('the way of an add-on', () => {
  const offered = ['v1.18.1-eksbuild.1', 'v1.19.0-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1'];

  test('is direct for all but vpc-cni', () => {
    expect(addOnPath('coredns', 'v1.17.0-eksbuild.1', 'v1.20.0-eksbuild.1', offered)).toEqual(['v1.20.0-eksbuild.1']);
  });

  test('goes through the newest version of every minor for vpc-cni', () => {
    expect(addOnPath('vpc-cni', 'v1.17.0-eksbuild.1', 'v1.20.0-eksbuild.1', offered)).toEqual([
      'v1.18.1-eksbuild.1', 'v1.19.2-eksbuild.1', 'v1.20.0-eksbuild.1',
    ]);
  });

  test('fails where a minor of vpc-cni is not offered', () => {
    expect(addOnPath('vpc-cni', 'v1.16.0-eksbuild.1', 'v1.20.0-eksbuild.1', offered)).toBeUndefined();
  });

  test('has as many minors in between either way', () => {
    const version = fc.integer({ min: 0, max: 30 }).map((minor) => `v1.${minor}.0-eksbuild.1`);
    fc.assert(fc.property(version, version, (from, to) => {
      expect(minorsBetween(from, to)).toEqual(minorsBetween(to, from).reverse());
    }));
  });

  test('has no minors in between when a version cannot be read', () => {
    expect(minorsBetween('latest', 'v1.20.0-eksbuild.1')).toEqual([]);
  });
});

test('of many versions the few next to another one are named', () => {
  const versions = Array.from({ length: 87 }, (_, index) => `v1.${index}.0-eksbuild.1`);
  expect(nearestAddOnVersions(versions, 'v1.40.3-eksbuild.1'))
    .toBe('v1.39.0-eksbuild.1, v1.40.0-eksbuild.1, v1.41.0-eksbuild.1, v1.42.0-eksbuild.1, v1.43.0-eksbuild.1 and 82 others');
  expect(nearestAddOnVersions(versions, 'v2.0.0-eksbuild.1')).toContain('v1.86.0-eksbuild.1 and 82 others');
  expect(nearestAddOnVersions(versions.slice(0, 2), 'v0.1.0-eksbuild.1')).toBe('v1.0.0-eksbuild.1, v1.1.0-eksbuild.1');
});
