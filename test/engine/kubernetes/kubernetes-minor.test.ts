import * as fc from 'fast-check';
import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';

const minor = fc.tuple(fc.nat(3), fc.nat(60)).map(([major, n]) => KubernetesMinor.parse(`${major}.${n}`));
const ofMajorOne = fc.nat(60).map((n) => KubernetesMinor.parse(`1.${n}`));

describe('reading', () => {
  test('prints what it read', () => {
    fc.assert(fc.property(fc.nat(9), fc.nat(999), (major, n) => {
      expect(KubernetesMinor.parse(`${major}.${n}`).toString()).toBe(`${major}.${n}`);
    }));
  });

  test('any text is either refused or printed unchanged', () => {
    const almost = fc.stringMatching(/^[v ]?[0-9]{0,2}\.?[0-9]{0,3}(\.[0-9])?[ +]?$/);
    fc.assert(fc.property(fc.oneof(fc.string(), almost), (text) => {
      if (KubernetesMinor.isValid(text)) {
        expect(KubernetesMinor.parse(text).toString()).toBe(text);
      } else {
        expect(() => KubernetesMinor.parse(text)).toThrow(`'${text}' is not a Kubernetes version`);
      }
    }));
  });

  test.each([
    '1.36.2', 'v1.36', '1', '1.', '.36', '', '1.36 ', ' 1.36', '1.36\n', '1.36-eks', 'latest', '1.036', '01.36',
    '-1.36', '1.3e1',
  ])(
    'fails for %j and says what to write', (text) => {
      expect(KubernetesMinor.isValid(text)).toBe(false);
      expect(() => KubernetesMinor.parse(text)).toThrow("give major and minor only, such as '1.36'");
    });
});

describe('order', () => {
  test('counts minors as numbers, not as text', () => {
    expect(KubernetesMinor.parse('1.9').isOlderThan(KubernetesMinor.parse('1.10'))).toBe(true);
    expect(KubernetesMinor.parse('2.0').isNewerThan(KubernetesMinor.parse('1.99'))).toBe(true);
  });

  test('is antisymmetric and agrees with its predicates', () => {
    fc.assert(fc.property(minor, minor, (a, b) => {
      expect(Math.sign(a.compareTo(b))).toBe(0 - Math.sign(b.compareTo(a)));
      expect([a.isOlderThan(b), a.equals(b), a.isNewerThan(b)].filter(Boolean)).toHaveLength(1);
      expect(a.equals(b)).toBe(a.toString() === b.toString());
    }));
  });

  test('is transitive', () => {
    fc.assert(fc.property(minor, minor, minor, (a, b, c) => {
      const [first, second, third] = [a, b, c].sort((x, y) => x.compareTo(y));
      expect(first.compareTo(second)).toBeLessThanOrEqual(0);
      expect(second.compareTo(third)).toBeLessThanOrEqual(0);
      expect(first.compareTo(third)).toBeLessThanOrEqual(0);
    }));
  });
});

describe('arithmetic', () => {
  test('adding and taking away the same number of minors changes nothing', () => {
    fc.assert(fc.property(ofMajorOne, fc.nat(20), (version, n) => {
      expect(version.plus(n).plus(-n).equals(version)).toBe(true);
    }));
  });

  test('the distance to a version so many minors away is that number', () => {
    fc.assert(fc.property(ofMajorOne, fc.nat(20), (version, n) => {
      expect(version.plus(n).minorsAheadOf(version)).toBe(n);
      expect(version.minorsAheadOf(version.plus(n))).toBe(0 - n);
    }));
  });

  test('does not fall below minor zero', () => {
    expect(KubernetesMinor.parse('1.1').plus(-3).toString()).toBe('1.0');
  });

  test('another major is infinitely far away', () => {
    expect(KubernetesMinor.parse('2.0').minorsAheadOf(KubernetesMinor.parse('1.36'))).toBe(Infinity);
    expect(KubernetesMinor.parse('1.36').minorsAheadOf(KubernetesMinor.parse('2.0'))).toBe(-Infinity);
  });
});
