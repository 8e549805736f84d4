/**
 * The add-ons that EKS offers, by their names and versions as EKS spells and lists them, read and chosen from by this library.
 */
import { ADD_ON_CATALOGUE, MINORS, offerFor, versionsOf } from './_add-on-catalogue';
import { LATEST_OF_THE_GUIDE } from './answers';
import { AddOnVersion } from '../../src';
import { preparationOf } from '../../src/engine/eks/add-on-preparation';
import { compareAddOnVersions, newestAddOnVersion, parseAddOnVersion } from '../../src/engine/eks/add-on-version';
import { considerAddOnVersions } from '../../src/engine/eks/add-on-version-choice';
import { nearestName } from '../../src/engine/eks/nearest-name';

const NAMES = [...ADD_ON_CATALOGUE.keys()];
const MOVES = MINORS.slice(1).map((to, index): [from: string, to: string] => [MINORS[index], to]);

test('the table is the whole of the catalogue', () => {
  expect(NAMES).toHaveLength(84);
  expect([...ADD_ON_CATALOGUE.values()].flat()).toHaveLength(1506);
});

describe.each(NAMES)('%s', (name) => {
  const versions = versionsOf(name);

  test('has versions that are read, and ordered as EKS lists them, the newest first', () => {
    expect(versions.filter((version) => !parseAddOnVersion(version))).toEqual([]);
    expect([...versions].sort(compareAddOnVersions).reverse()).toEqual(versions);
    expect(newestAddOnVersion(versions)).toBe(versions[0]);
  });

  test('can be pinned to each of them', () => {
    expect(versions.map((version) => AddOnVersion.pinned(version).version)).toEqual(versions);
  });

  test('is the one that is meant by a slip of its name', () => {
    expect(nearestName(name.toUpperCase().replace(/[-_]/, ''), NAMES)).toBe(name);
  });

  test.each(MOVES)('moves with the control plane from %s to %s where any way leads there, and is told of it before', (from, to) => {
    const [today, next] = [offerFor(name, from), offerFor(name, to)];
    if (next.versions.length === 0) return;
    const ways = waysOf(name, today.versions, next.versions, to);
    const wrong = versions.flatMap((installed): object[] => {
      const steps = preparationOf({ name, policy: 'recommended', installed }, { today, next });
      if (steps === undefined) return ways.has(installed) ? [{ installed, steps }] : [];
      const isAccepted = [installed, ...steps].every((version, index, all) =>
        index === 0 || today.versions.includes(version) && eksMoves(name, all[index - 1], version));
      return isAccepted && canStay(name, steps.at(-1) ?? installed, next.versions, to) ? [] : [{ installed, steps }];
    });
    expect(wrong).toEqual([]);
  });

  test('is given a version that is offered, not older and near enough, and none where there is none', () => {
    const wrong = ['1.33', '1.36'].flatMap((minor) => {
      const offer = offerFor(name, minor);
      return versions.flatMap((installed) => {
        const { version } = considerAddOnVersions({ name, policy: 'latest', installed }, offer);
        const inReach = offer.versions.filter((candidate) => eksMoves(name, installed, candidate));
        return version === inReach[0] ? [] : [{ minor, installed, version }]; // listed first is newest
      });
    });
    expect(wrong).toEqual([]);
  });
});

test.each(LATEST_OF_THE_GUIDE)('what the user guide had as the latest for %s, the catalogue still has, with a way on', (minor, ...latest) => {
  ['vpc-cni', 'coredns', 'kube-proxy'].forEach((name, index) => {
    const offer = offerFor(name, minor);
    expect(offer.versions).toContain(latest[index]);
    expect(considerAddOnVersions({ name, policy: 'latest', installed: latest[index] }, offer).objection).toBeUndefined();
  });
});

test('of all add-ons but kube-proxy, ten times a deployment has to prepare the move of the control plane', () => {
  const prepared = NAMES.filter((name) => name !== 'kube-proxy').flatMap((name) => versionsOf(name).flatMap((installed) => MOVES.flatMap(([from, to]) => {
    const steps = preparationOf({ name, policy: 'recommended', installed }, { today: offerFor(name, from), next: offerFor(name, to) });
    return steps?.length ? [`${name} ${installed}, ${from} to ${to}: ${steps.join(', ')}`] : [];
  })));
  expect(prepared).toEqual([
    'vpc-cni v1.17.1-eksbuild.1, 1.34 to 1.35: v1.18.6-eksbuild.1',
    'vpc-cni v1.16.4-eksbuild.2, 1.33 to 1.34: v1.17.1-eksbuild.1',
    'vpc-cni v1.16.3-eksbuild.2, 1.33 to 1.34: v1.17.1-eksbuild.1',
    'vpc-cni v1.16.2-eksbuild.1, 1.33 to 1.34: v1.17.1-eksbuild.1',
    'vpc-cni v1.16.0-eksbuild.1, 1.33 to 1.34: v1.17.1-eksbuild.1',
    'vpc-cni v1.15.5-eksbuild.1, 1.31 to 1.32: v1.16.4-eksbuild.2',
    'vpc-cni v1.15.4-eksbuild.1, 1.31 to 1.32: v1.16.4-eksbuild.2',
    'vpc-cni v1.15.3-eksbuild.1, 1.31 to 1.32: v1.16.4-eksbuild.2',
    'vpc-cni v1.15.1-eksbuild.1, 1.31 to 1.32: v1.16.4-eksbuild.2',
    'vpc-cni v1.15.0-eksbuild.2, 1.31 to 1.32: v1.16.4-eksbuild.2',
  ]);
});

test('an add-on whose newer versions are not for the next minor yet does not move on to them', () => {
  // v5.1.0 is for 1.34 at most, v4.10 for 1.35 as well
  const installed = 'v5.1.0-eksbuild.1';
  const { version } = considerAddOnVersions({ name: 'amazon-cloudwatch-observability', policy: 'recommended', installed }, {
    ...offerFor('amazon-cloudwatch-observability', '1.35'), defaultVersion: 'v4.10.3-eksbuild.1',
  });
  expect(version).toBe('v5.2.2-eksbuild.1');
});

/** The order of the table decides, for this side of the comparison. */
function eksMoves(name: string, installed: string, version: string): boolean {
  const all = versionsOf(name);
  const isNewer = all.indexOf(version) <= all.indexOf(installed);
  return isNewer && (name !== 'vpc-cni' || Number(version.split('.')[1]) - Number(installed.split('.')[1]) <= 1);
}

/** Whether a version serves until the control plane has moved, and has one to go to then. */
function canStay(name: string, version: string, next: readonly string[], to: string): boolean {
  const isTooOld = name === 'kube-proxy' && Number(to.split('.')[1]) - Number(version.split('.')[1]) > 3;
  return !isTooOld && next.some((candidate) => eksMoves(name, version, candidate));
}

/** The installed versions from which any chain of moves, each to what is offered today, leads to one that can stay. */
function waysOf(name: string, today: readonly string[], next: readonly string[], to: string): Set<string> {
  const ways = new Set(versionsOf(name).filter((version) => canStay(name, version, next, to)));
  for (let size = -1; size !== ways.size;) {
    size = ways.size;
    const stopovers = today.filter((version) => ways.has(version));
    for (const version of versionsOf(name)) if (stopovers.some((stopover) => eksMoves(name, version, stopover))) ways.add(version);
  }
  return ways;
}
