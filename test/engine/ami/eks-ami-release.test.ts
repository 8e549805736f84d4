import * as fc from 'fast-check';
import { EksAmiRelease, EksAmiType } from '../../../src';
import { says as saysOfAmi } from '../../../src/engine/ami/messages';
import { sentence } from '../../../src/engine/messages/sentence';

const AMAZON_LINUX = EksAmiType.AL2023_X86_64_STANDARD;
const BOTTLEROCKET = EksAmiType.BOTTLEROCKET_ARM_64;
const WINDOWS = EksAmiType.WINDOWS_CORE_2022_X86_64;

const day = fc.date({
  min: new Date('2018-01-01'), max: new Date('2099-12-31'), noInvalidDate: true,
}).map((date) => date.toISOString().slice(0, 10));
const build = fc.oneof(fc.stringMatching(/^[0-9a-f]{7,8}$/), day.map((date) => date.replaceAll('-', '')));

const ARBITRARY_RELEASES: [EksAmiType, fc.Arbitrary<string>][] = [
  [AMAZON_LINUX, fc.tuple(fc.nat(40), fc.nat(20), day).map(([minor, patch, date]) => `1.${minor}.${patch}-${date.replaceAll('-', '')}`)],
  [
    BOTTLEROCKET,
    fc.tuple(fc.nat(3), fc.nat(60), fc.nat(9), build).map(([major, minor, patch, hash]) => `${major}.${minor}.${patch}-${hash}`),
  ],
  [WINDOWS, fc.tuple(fc.nat(40), day, fc.constantFrom('.', '-')).map(([minor, date, mark]) => `1.${minor}-${date.replaceAll('-', mark)}`)],
];

const sign = (a: EksAmiRelease, b: EksAmiRelease) => Math.sign(a.compareTo(b));

describe('what a release says', () => {
  test('Amazon Linux: Kubernetes and day', () => {
    const release = AMAZON_LINUX.parseRelease('1.36.2-20260714');
    expect(release).toMatchObject({
      kubernetesVersion: '1.36', kubernetesPatchVersion: '1.36.2', date: '2026-07-14', osVersion: undefined,
    });
    expect(release.toString()).toBe('release of 2026-07-14 with Kubernetes 1.36.2');
  });

  test('Bottlerocket: the version of the operating system only', () => {
    const release = BOTTLEROCKET.parseRelease('1.34.0-18d04e52');
    expect(release).toMatchObject({
      kubernetesVersion: undefined, kubernetesPatchVersion: undefined, date: undefined, osVersion: '1.34.0',
    });
    expect(release.toString()).toBe('Bottlerocket 1.34.0');
  });

  test('Bottlerocket with a build of digits only is not taken for an Amazon Linux date', () => {
    expect(BOTTLEROCKET.parseRelease('1.34.0-20260714')).toMatchObject({
      kubernetesVersion: undefined, date: undefined, osVersion: '1.34.0',
    });
  });

  test('Bottlerocket with a build of seven digits', () => {
    expect(BOTTLEROCKET.parseRelease('1.20.5-a3e8bda').osVersion).toBe('1.20.5');
  });

  test.each(['1.28-2025.01.01', '1.28-2025-01-01'])('Windows: Kubernetes and day, also spelt %s', (text) => {
    const release = WINDOWS.parseRelease(text);
    expect(release).toMatchObject({
      releaseVersion: text, kubernetesVersion: '1.28', kubernetesPatchVersion: undefined, date: '2025-01-01',
    });
    expect(release.toString()).toBe('release of 2025-01-01 with Kubernetes 1.28');
  });

  test.each(ARBITRARY_RELEASES)('%s: any release is kept as it was written', (type, text) => {
    fc.assert(fc.property(text, (releaseVersion) => {
      expect(type.isRelease(releaseVersion)).toBe(true);
      expect(type.parseRelease(releaseVersion).releaseVersion).toBe(releaseVersion);
    }));
  });

  test('the parts of an Amazon Linux release put together again are the release', () => {
    fc.assert(fc.property(ARBITRARY_RELEASES[0][1], (text) => {
      const { kubernetesPatchVersion, date } = AMAZON_LINUX.parseRelease(text);
      expect(`${kubernetesPatchVersion}-${date?.replaceAll('-', '')}`).toBe(text);
    }));
  });

  test.each<[string, EksAmiType, string]>([
    ['a day that does not exist', AMAZON_LINUX, '1.36.2-20260230'],
    ['a month that does not exist', AMAZON_LINUX, '1.36.2-20261301'],
    ['a Kubernetes minor without patch', AMAZON_LINUX, '1.36-20260714'],
    ['a leading v', AMAZON_LINUX, 'v1.36.2-20260714'],
    ['the name of a GitHub release', AMAZON_LINUX, 'v20260714'],
    ['a dotted date', AMAZON_LINUX, '1.36.2-2026.07.14'],
    ['trailing white space', AMAZON_LINUX, '1.36.2-20260714\n'],
    ['nothing', AMAZON_LINUX, ''],
    ['a Bottlerocket release', AMAZON_LINUX, '1.34.0-18d04e52'],
    ['no build', BOTTLEROCKET, '1.34.0'],
    ['a build of six digits', BOTTLEROCKET, '1.34.0-18d04e'],
    ['a build of nine digits', BOTTLEROCKET, '1.34.0-18d04e521'],
    ['a build that is not hexadecimal', BOTTLEROCKET, '1.34.0-18d04g52'],
    ['a leading v', BOTTLEROCKET, 'v1.34.0-18d04e52'],
    ['an Amazon Linux release', WINDOWS, '1.35.2-20260418'],
    ['a day that does not exist', WINDOWS, '1.35-2026.04.31'],
    ['undivided date', WINDOWS, '1.35-20260418'],
  ])('fails for %s: %s %j', (_, type, text) => {
    expect(type.isRelease(text)).toBe(false);
    expect(() => type.parseRelease(text)).toThrow(`'${text}' is not a release version of ${type.apiName}: write `);
  });
});

describe('order', () => {
  test.each([
    ['a later day', AMAZON_LINUX, '1.36.2-20260714', '1.36.2-20260721'],
    ['a later day with an older patch', AMAZON_LINUX, '1.36.3-20260714', '1.36.2-20260721'],
    ['a newer patch of the same day', AMAZON_LINUX, '1.36.2-20260714', '1.36.10-20260714'],
    ['a newer minor, even if built earlier', AMAZON_LINUX, '1.35.9-20260721', '1.36.0-20260714'],
    ['a newer Bottlerocket', BOTTLEROCKET, '1.9.0-ffffffff', '1.34.0-00000000'],
    ['a later day of Windows', WINDOWS, '1.35-2026.04.18', '1.35-2026.05.01'],
  ])('%s is newer (%s: %s, %s)', (_, type, older, newer) => {
    expect(sign(type.parseRelease(older), type.parseRelease(newer))).toBe(-1);
  });

  test('two builds of one Bottlerocket version have no order', () => {
    expect(sign(BOTTLEROCKET.parseRelease('1.34.0-00000000'), BOTTLEROCKET.parseRelease('1.34.0-ffffffff'))).toBe(0);
  });

  test('the spelling of a Windows date does not matter', () => {
    expect(sign(WINDOWS.parseRelease('1.28-2025-01-01'), WINDOWS.parseRelease('1.28-2025.01.01'))).toBe(0);
  });

  test.each(ARBITRARY_RELEASES)('%s: is total, antisymmetric and transitive', (type, text) => {
    fc.assert(fc.property(text, text, text, (...texts) => {
      const [a, b, c] = texts.map((releaseVersion) => type.parseRelease(releaseVersion)).sort((x, y) => x.compareTo(y));
      expect(sign(a, a)).toBe(0);
      expect(sign(a, b)).toBe(0 - sign(b, a));
      expect(sign(a, b)).toBeLessThanOrEqual(0);
      expect(sign(b, c)).toBeLessThanOrEqual(0);
      expect(sign(a, c)).toBeLessThanOrEqual(0);
    }));
  });

  test('among releases of one minor the later day wins', () => {
    fc.assert(fc.property(fc.nat(40), fc.nat(9), fc.nat(9), day, day, (minor, patch, otherPatch, date, otherDate) => {
      fc.pre(date !== otherDate);
      const release = AMAZON_LINUX.parseRelease(`1.${minor}.${patch}-${date.replaceAll('-', '')}`);
      const other = AMAZON_LINUX.parseRelease(`1.${minor}.${otherPatch}-${otherDate.replaceAll('-', '')}`);
      expect(release.compareTo(other) > 0).toBe(date > otherDate);
    }));
  });

  test('fails between kinds of AMI that have no common order', () => {
    expect(() => AMAZON_LINUX.parseRelease('1.36.2-20260714').compareTo(BOTTLEROCKET.parseRelease('1.34.0-18d04e52')))
      .toThrow(sentence(saysOfAmi.differentKinds({ one: '1.36.2-20260714', other: '1.34.0-18d04e52' })));
  });
});
