import * as fc from 'fast-check';
import { compareAddOnVersions } from '../../../src/engine/eks/add-on-version';
import { chooseAddOnVersion, noVersion, type AddOnToMove } from '../../../src/engine/eks/add-on-version-choice';
import { sentence } from '../../../src/engine/messages/sentence';
import { minorOf } from '../../aws/minor-of';

const VERSIONS = ['v1.20.1-eksbuild.3', 'v1.9.0-eksbuild.1', 'v1.21.1-eksbuild.10', 'v1.21.1-eksbuild.9'];

function choose(addOn: Partial<AddOnToMove>, versions = VERSIONS, defaultVersion: string | undefined = 'v1.20.1-eksbuild.3') {
  return chooseAddOnVersion({ name: 'coredns', policy: 'recommended', ...addOn }, { kubernetesVersion: '1.36', versions, defaultVersion });
}

test('recommended is what EKS installs by default', () => {
  expect(choose({})).toBe('v1.20.1-eksbuild.3');
});

test('recommended is the newest where EKS names no default', () => {
  expect(chooseAddOnVersion(
    { name: 'x', policy: 'recommended' }, { kubernetesVersion: '1.36', versions: VERSIONS },
  )).toBe('v1.21.1-eksbuild.10');
});

test('latest is the newest by number, not by text', () => {
  expect(choose({ policy: 'latest' })).toBe('v1.21.1-eksbuild.10');
});

test('an installed version newer than the default stays', () => {
  expect(choose({ installed: 'v1.21.1-eksbuild.9' })).toBe('v1.21.1-eksbuild.9');
});

test('where it is not offered any more, the next newer one follows', () => {
  expect(choose({ installed: 'v1.21.0-eksbuild.1' })).toBe('v1.21.1-eksbuild.9');
});

test('vpc-cni goes to the newest of the next minor when more is wanted', () => {
  const versions = ['v1.19.0-eksbuild.1', 'v1.20.1-eksbuild.3', 'v1.20.4-eksbuild.2', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'];
  expect(choose({ name: 'vpc-cni', installed: 'v1.19.0-eksbuild.1' }, versions, 'v1.22.0-eksbuild.1')).toBe('v1.20.4-eksbuild.2');
  expect(choose({ name: 'coredns', installed: 'v1.19.0-eksbuild.1' }, versions, 'v1.22.0-eksbuild.1')).toBe('v1.22.0-eksbuild.1');
});

test('versions that cannot be compared are left to the default', () => {
  expect(choose({ installed: 'gold' }, ['iron', 'gold'], 'iron')).toBe('iron');
});

test('fails when EKS offers nothing', () => {
  expect(() => choose({ name: 'core-dns' }, [], undefined)).toThrow(
    sentence(noVersion.noneOffered({ name: 'core-dns', kubernetesVersion: '1.36' })),
  );
});

test('fails rather than go back, and names what there is', () => {
  expect(() => choose({ installed: 'v1.22.0-eksbuild.1' }, VERSIONS.slice(0, 2)))
    .toThrow(sentence(noVersion.tooNew({
      name: 'coredns', installed: 'v1.22.0-eksbuild.1', kubernetesVersion: '1.36', offered: ['v1.9.0-eksbuild.1', 'v1.20.1-eksbuild.3'],
    })));
});

test('fails when vpc-cni would have to jump', () => {
  expect(() => choose({ name: 'vpc-cni', installed: 'v1.19.6-eksbuild.7' }, ['v1.21.1-eksbuild.1'], 'v1.21.1-eksbuild.1'))
    .toThrow(sentence(noVersion.leftBehind({
      name: 'vpc-cni', installed: 'v1.19.6-eksbuild.7', kubernetesVersion: '1.36', offered: ['v1.21.1-eksbuild.1'],
    })));
});

describe('whatever is offered', () => {
  const version = fc.record({ minor: fc.nat(5), patch: fc.nat(3), build: fc.nat(3) }).map(
    ({ minor, patch, build }) => `v1.${minor}.${patch}-eksbuild.${build}`,
  );
  const versions = fc.uniqueArray(
    fc.oneof({ weight: 9, arbitrary: version }, { weight: 1, arbitrary: fc.constantFrom('gold', 'iron') }), { maxLength: 12 },
  );
  const cases = fc.record({
    addOn: fc.record({
      name: fc.constantFrom('vpc-cni', 'coredns'),
      policy: fc.constantFrom('recommended' as const, 'latest' as const),
      installed: fc.option(version, { nil: undefined }),
    }),
    offered: versions,
    defaultIndex: fc.nat(12),
  });

  function attempt(addOn: AddOnToMove, offered: string[], defaultVersion?: string): string | undefined {
    try {
      return chooseAddOnVersion(addOn, { kubernetesVersion: '1.36', versions: offered, defaultVersion });
    } catch {
      return undefined;
    }
  }


  test('the choice is offered, not older than what is installed, and for vpc-cni at most one minor newer', () => {
    fc.assert(fc.property(cases, ({ addOn, offered, defaultIndex }) => {
      const allowed = offered.filter((candidate) => !addOn.installed
        || compareAddOnVersions(candidate, addOn.installed) >= 0 && (
          addOn.name !== 'vpc-cni' || minorOf(candidate) <= minorOf(addOn.installed) + 1
        ));
      const choice = attempt(addOn, offered, offered[defaultIndex]);
      if (allowed.length === 0) {
        expect(choice).toBeUndefined();
      } else {
        expect(allowed).toContain(choice);
      }
    }));
  });

  test('latest leaves nothing newer, and recommended is the default where that is allowed', () => {
    fc.assert(fc.property(cases, ({ addOn, offered, defaultIndex }) => {
      const [recommended, latest] = (['recommended', 'latest'] as const).map(
        (policy) => attempt({ ...addOn, policy }, offered, offered[defaultIndex]),
      );
      if (!recommended || !latest) return;
      expect(compareAddOnVersions(recommended, latest)).toBeLessThanOrEqual(0);
      const onlyDefault = attempt({ ...addOn, policy: 'latest' }, offered.slice(defaultIndex, defaultIndex + 1));
      if (onlyDefault) expect(recommended).toBe(onlyDefault);
    }));
  });

  test('the order in which EKS lists it has no influence', () => {
    fc.assert(fc.property(cases, fc.infiniteStream(
      fc.double({ min: 0, max: 1, noNaN: true }),
    ), ({ addOn, offered, defaultIndex }, random) => {
      const shuffled = offered.map((text) => ({ text, key: random.next().value })).sort((a, b) => a.key - b.key).map(({ text }) => text);
      expect(attempt(addOn, shuffled, offered[defaultIndex])).toBe(attempt(addOn, offered, offered[defaultIndex]));
    }));
  });
});

describe('keeping the installed version while it is compatible', () => {
  test('stays with any version that EKS offers', () => {
    expect(choose({ policy: 'keep-while-compatible', installed: 'v1.9.0-eksbuild.1' })).toBe('v1.9.0-eksbuild.1');
  });

  test('moves to the default where EKS does not offer the installed one', () => {
    expect(choose({ policy: 'keep-while-compatible', installed: 'v1.8.0-eksbuild.1' })).toBe('v1.20.1-eksbuild.3');
    expect(choose({ policy: 'keep-while-compatible' })).toBe('v1.20.1-eksbuild.3');
  });
});
