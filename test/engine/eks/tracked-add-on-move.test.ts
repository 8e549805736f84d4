import * as fc from 'fast-check';
import { compareAddOnVersions, parseAddOnVersion } from '../../../src/engine/eks/add-on-version';
import { hasAddOnVersion } from '../../../src/engine/eks/add-on-version-choice';
import { TrackedAddOnEntry } from '../../../src/engine/eks/tracked-add-on';
import { judgeTrackedAddOn, TrackedAddOnPolicy } from '../../../src/engine/eks/tracked-add-on-move';
import { TrackedChoice } from '../../../src/engine/state/add-on-policy';
import { known, notKnown } from '../../../src/engine/state/known';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY = 86_400_000;
const [V18, V19, V20, V21] = ['v1.18.6-eksbuild.1', 'v1.19.6-eksbuild.7', 'v1.20.1-eksbuild.3', 'v1.21.1-eksbuild.1'];

interface Case {
  readonly name?: string;
  readonly choice?: TrackedChoice;
  readonly entry?: TrackedAddOnEntry;
  readonly installed?: string;
  readonly before?: string;
  readonly versions: readonly string[];
  readonly defaultVersion?: string;
}

function judge(
  { name = 'coredns', choice = 'latest', versions, defaultVersion, ...rest }: Case, policy: Partial<TrackedAddOnPolicy> = {},
) {
  const offer = known({ kubernetesVersion: '1.36', versions, defaultVersion });
  return judgeTrackedAddOn({ ...rest, name, choice, offer }, { now: NOW, ...policy });
}

describe('without an entry', () => {
  test.each<[string, TrackedChoice, string]>([
    ['the newest', 'latest', V21], ['the default', 'recommended', V20],
  ])('%s is taken at once', (_, choice, to) => {
    expect(judge({ choice, versions: [V21, V19, V20], defaultVersion: V20 }, { soakMillis: 7 * DAY }))
      .toEqual({ move: { outcome: 'moved', to }, entry: { version: to } });
  });

  test.each(['installed', 'before'])('never one older than what the cluster has, or had at the minor before: %s', (where) => {
    expect(judge({ choice: 'recommended', [where]: V20, versions: [V19, V20, V21], defaultVersion: V19 }).entry).toEqual({ version: V20 });
  });

  test('vpc-cni is taken no further than the next minor of what the cluster has', () => {
    expect(judge({ name: 'vpc-cni', installed: V19, before: V18, versions: [V19, V20, V21] }).entry).toEqual({ version: V20 });
  });

  test('fails, and names what EKS offers, where nothing can follow', () => {
    expect(judge({ name: 'vpc-cni', installed: V18, versions: [V20, V21] })).toEqual({
      move: {
        outcome: 'unfit',
        why: expect.stringContaining(
          `vpc-cni ${V18} cannot be updated to a version that EKS offers for Kubernetes 1.36: ${V20}, ${V21}`,
        ),
      },
    });
  });
});

describe('soaking', () => {
  const entry = { version: V19, seen: { [V20]: '2026-11-10' } };

  test('begins on the day a version is first seen, and leaves the entry its version', () => {
    expect(judge({ entry: { version: V19 }, versions: [V19, V20] }, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'soaking', from: V19, to: V20, since: '2026-11-20', until: '2026-11-27T00:00:00.000Z' },
      entry: { version: V19, seen: { [V20]: '2026-11-20' } },
    });
  });

  test('of those that have soaked the newest is taken, and what is newer goes on', () => {
    expect(judge({ entry, versions: [V19, V20, V21] }, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'moved', from: V19, to: V20 }, entry: { version: V20, seen: { [V21]: '2026-11-20' } },
    });
  });

  test('a new default does not make the one before it wait again', () => {
    expect(judge({ choice: 'recommended', entry, versions: [V19, V20, V21], defaultVersion: V21 }, { soakMillis: 7 * DAY }).move)
      .toEqual({ outcome: 'moved', from: V19, to: V20 });
  });

  test('a version that EKS offers no more is forgotten', () => {
    expect(judge({ entry, versions: [V19] }, { soakMillis: 30 * DAY })).toEqual({
      move: { outcome: 'current', from: V19 }, entry: { version: V19 },
    });
  });

  test('a day more or less decides', () => {
    expect(judge({ entry, versions: [V19, V20] }, { soakMillis: 10 * DAY }).move.outcome).toBe('moved');
    expect(judge({ entry, versions: [V19, V20] }, { soakMillis: 11 * DAY }).move.outcome).toBe('soaking');
  });

  test('ends with the last moment of it', () => {
    const after = (millis: number) =>
      judge({ entry, versions: [V19, V20] }, { soakMillis: 10 * DAY, now: new Date(Date.parse(entry.seen![V20]) + millis) }).move.outcome;
    expect(after(10 * DAY)).toBe('moved');
    expect(after(10 * DAY - 1)).toBe('soaking');
  });

  test('in hours begins when the day on which a version is first seen has ended, so that none is taken the moment it is seen', () => {
    const at = (time: string, seen?: Record<string, string>) => judge(
      { entry: { version: V19, seen }, versions: [V19, V20] }, { soakMillis: DAY / 2, now: new Date(time) },
    ).move.outcome;
    expect(at('2026-11-20T13:00Z')).toBe('soaking');
    expect(at('2026-11-21T11:59Z', { [V20]: '2026-11-20' })).toBe('soaking');
    expect(at('2026-11-21T12:00Z', { [V20]: '2026-11-20' })).toBe('moved');
  });
});

describe('an entry that the cluster has overtaken', () => {
  const overtaken: Case = { entry: { version: V18 }, installed: V20, versions: [V18, V19, V20] };

  test('moves up to the installed version at once', () => {
    expect(judge(overtaken, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'moved', from: V18, installed: V20, to: V20 }, entry: { version: V20 },
    });
    expect(judge({ ...overtaken, choice: 'recommended', defaultVersion: V18 })).toMatchObject({ entry: { version: V20 } });
  });

  test('moves beyond it where what is newer has soaked, which goes on until then', () => {
    const newer: Case = { ...overtaken, entry: { version: V18, seen: { [V21]: '2026-11-16' } }, versions: [V18, V20, V21] };
    expect(judge(newer, { soakMillis: 3 * DAY }).entry).toEqual({ version: V21 });
    expect(judge(newer, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'moved', from: V18, installed: V20, to: V20 }, entry: { version: V20, seen: { [V21]: '2026-11-16' } },
    });
  });

  test('is flagged where EKS does not offer the installed one and what follows still soaks', () => {
    const withdrawn: Case = { ...overtaken, versions: [V18, V21] };
    expect(judge(withdrawn, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'withdrawn', from: V18, installed: V20, to: V21, isOlder: false, until: '2026-11-27T00:00:00.000Z' },
      entry: { version: V18, seen: { [V21]: '2026-11-20' } },
    });
    expect(judge(withdrawn)).toEqual({ move: { outcome: 'moved', from: V18, installed: V20, to: V21 }, entry: { version: V21 } });
  });

  test('stays where an older one is allowed, and where EKS offers nothing as new', () => {
    expect(judge({ ...overtaken, choice: 'recommended', defaultVersion: V18 }, { allowOlder: true }).move)
      .toEqual({ outcome: 'current', from: V18 });
    expect(judge({ ...overtaken, versions: [V18] }).move).toEqual({ outcome: 'current', from: V18 });
  });

  test('gives way, though an older one is allowed, where vpc-cni would go back by two minors', () => {
    expect(judge({ ...overtaken, name: 'vpc-cni' }, { allowOlder: true }).entry).toEqual({ version: V20 });
  });

  test.each([[V18, 'the same'], [V19, 'the entry ahead, to be deployed']])('%s: %s is none', (installed) => {
    const entry = { version: installed === V18 ? V18 : V20 };
    expect(judge({ ...overtaken, entry, installed, versions: [entry.version] }).move).toEqual({ outcome: 'current', from: entry.version });
  });
});

describe('vpc-cni', () => {
  const vpcCni: Case = { name: 'vpc-cni', entry: { version: V19 }, installed: V18, versions: [V18, V19, V20, V21] };

  test('waits while the cluster is on the minor before, and what is newer soaks meanwhile', () => {
    expect(judge(vpcCni, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'undeployed', from: V19, installed: V18, to: V20 }, entry: { version: V19, seen: { [V20]: '2026-11-20' } },
    });
    expect(judge({ ...vpcCni, installed: V19 }).entry).toEqual({ version: V20 });
  });

  test('moves within its minor all the same', () => {
    const patch = 'v1.19.7-eksbuild.1';
    expect(judge({ ...vpcCni, versions: [...vpcCni.versions, patch] }).move).toEqual({ outcome: 'moved', from: V19, to: patch });
  });

  test('comes back to the next minor where the entry is beyond it', () => {
    expect(judge({ ...vpcCni, entry: { version: V20 } }, { soakMillis: 7 * DAY })).toEqual({
      move: { outcome: 'moved', from: V20, installed: V18, to: V19 }, entry: { version: V19 },
    });
  });

  test('stays where EKS offers no next minor', () => {
    const entry = { version: V20 };
    expect(judge({ ...vpcCni, entry, versions: [V20, V21] })).toMatchObject({ move: { outcome: 'unfit', from: V20, installed: V18 }, entry });
  });

  test('no other add-on waits for a deployment', () => {
    expect(judge({ ...vpcCni, name: 'coredns' }).entry).toEqual({ version: V21 });
  });
});

describe('going back', () => {
  test('a version that was withdrawn is flagged where only older ones are left, and left behind when that is allowed', () => {
    const withdrawn = { entry: { version: V20 }, versions: [V18, V19] };
    expect(judge(withdrawn).move).toEqual({ outcome: 'withdrawn', from: V20, to: V19, isOlder: true });
    expect(judge(withdrawn, { allowOlder: true })).toEqual({
      move: { outcome: 'moved', from: V20, to: V19, wasWithdrawn: true }, entry: { version: V19 },
    });
  });

  test('a newer one takes the place of a withdrawn version, once it has soaked', () => {
    const withdrawn = { entry: { version: V20 }, versions: [V19, V21] };
    expect(judge(withdrawn).move).toEqual({ outcome: 'moved', from: V20, to: V21, wasWithdrawn: true });
    expect(judge(withdrawn, { soakMillis: DAY }).move)
      .toEqual({ outcome: 'withdrawn', from: V20, to: V21, isOlder: false, until: '2026-11-21T00:00:00.000Z' });
  });

  test('an older default is told, and followed when that is allowed', () => {
    const ahead: Case = { choice: 'recommended', entry: { version: V20 }, versions: [V19, V20, V21], defaultVersion: V19 };
    expect(judge(ahead).move).toEqual({ outcome: 'ahead', from: V20, to: V19 });
    expect(judge(ahead, { allowOlder: true }).move).toEqual({ outcome: 'moved', from: V20, to: V19 });
  });

  test('with the newest tracked, what is still offered never goes back', () => {
    expect(judge({ entry: { version: V20 }, versions: [V19, V20], defaultVersion: V19 }, { allowOlder: true }).move).toEqual({
      outcome: 'current', from: V20,
    });
  });

  test.each([V20, V21])('the default of EKS is not older, whatever is: %s', (defaultVersion) => {
    expect(judge({ entry: { version: V20 }, versions: [V19, V20], defaultVersion }, { allowOlder: true }).move).toEqual({
      outcome: 'current', from: V20,
    });
  });

  test('nothing is left of the add-on', () => {
    expect(judge({ entry: { version: V20 }, versions: [] }, { allowOlder: true }).move).toEqual({
      outcome: 'withdrawn', from: V20, to: undefined, isOlder: true,
    });
  });
});

test('what could not be read stays as it is', () => {
  const entry = { version: V20, seen: { [V21]: '2026-11-01' } };
  expect(judgeTrackedAddOn({ name: 'coredns', choice: 'latest', entry, offer: notKnown('access denied') }, { now: NOW }))
    .toEqual({ move: { outcome: 'unreadable', from: V20, why: 'access denied' }, entry });
});

describe('laws', () => {
  const version = fc.tuple(fc.integer({ min: 17, max: 22 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 3 }))
    .map(([minor, patch, build]) => `v1.${minor}.${patch}-eksbuild.${build}`);
  const day = fc.integer({ min: 0, max: 40 }).map((days) => new Date(NOW.getTime() - days * DAY).toISOString().slice(0, 10));
  const world = fc.record({
    name: fc.constantFrom('vpc-cni', 'coredns'),
    choice: fc.constantFrom<TrackedChoice>('latest', 'recommended'),
    versions: fc.uniqueArray(version, { maxLength: 8 }),
    which: fc.nat(7),
    entry: fc.option(fc.record({ version, seen: fc.dictionary(version, day, { maxKeys: 3 }) }), { nil: undefined }),
    installed: fc.option(version, { nil: undefined }),
    before: fc.option(version, { nil: undefined }),
    soakMillis: fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((days) => days * DAY), fc.integer({ min: 0, max: 480 }).map((hours) => hours * DAY / 24),
    ),
    allowOlder: fc.boolean(),
  });

  test('what is taken is offered, not older unless that is allowed, within a minor of vpc-cni, and has soaked', () => {
    fc.assert(fc.property(world, ({ which, soakMillis, allowOlder, ...rest }) => {
      const defaultVersion = rest.versions[which];
      const { move, entry } = judge({ ...rest, defaultVersion }, { soakMillis, allowOlder });
      const live = rest.installed ?? (rest.entry ? undefined : rest.before);
      const from = rest.entry?.version ?? live;
      const canFollow = live !== undefined && hasAddOnVersion(rest.name, live, { kubernetesVersion: '1.36', versions: rest.versions });
      if (move.outcome !== 'moved') {
        expect(entry?.version).toBe(rest.entry?.version);
        return;
      }
      expect(entry?.version).toBe(move.to);
      expect(rest.versions).toContain(move.to);
      if (from === undefined) return;
      if ((!allowOlder || !rest.entry) && canFollow) expect(compareAddOnVersions(move.to, live)).toBeGreaterThanOrEqual(0);
      if ((!allowOlder || !rest.entry) && !canFollow) expect(compareAddOnVersions(move.to, from)).toBeGreaterThanOrEqual(0);
      if (rest.name === 'vpc-cni') {
        const start = canFollow ? live : from;
        expect(Math.abs(parseAddOnVersion(move.to)!.minor - parseAddOnVersion(start)!.minor)).toBeLessThanOrEqual(1);
      }
      const isRunBefore = canFollow && compareAddOnVersions(move.to, live) <= 0; // the cluster has it, or is beyond it
      if (rest.entry && soakMillis > 0 && compareAddOnVersions(move.to, from) > 0 && !isRunBefore) {
        expect(Date.parse(rest.entry.seen[move.to]) + soakMillis).toBeLessThanOrEqual(NOW.getTime());
      }
    }), { numRuns: 2000 });
  });

  test('the order in which EKS lists the versions has no influence, and a second look moves nothing', () => {
    fc.assert(fc.property(world, ({ which, soakMillis, allowOlder: _, ...rest }) => {
      const defaultVersion = rest.versions[which];
      const judged = judge({ ...rest, defaultVersion }, { soakMillis });
      expect(judge({ ...rest, versions: [...rest.versions].reverse(), defaultVersion }, { soakMillis })).toEqual(judged);
      if (judged.entry && rest.name !== 'vpc-cni') {
        expect(judge({ ...rest, entry: judged.entry, defaultVersion }, { soakMillis }).move.outcome).not.toBe('moved');
      }
    }), { numRuns: 1000 });
  });
});
