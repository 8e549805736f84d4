import * as fc from 'fast-check';
import {
  catalogOf, eksWorld, EksWorld, minorAfter, observe, Readable, RUNS, wantedAddOns, wantedNodeGroups, wantedVersion,
} from './eks-world';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Finding } from '../../src/engine/judgement/finding';
import { evaluate, Verdict } from '../../src/engine/judgement/verdict';
import {
  EksCluster, EksService, failClusterVersion, refuseAddonVersion, refuseClusterVersion, refuseNewNodegroup,
  refuseNodegroupVersion, Refusal,
} from '../aws/eks-rules';

/** What could not be read: often nothing, else one thing or two. */
const hidden = fc.subarray<Readable>(
  [
    'supportType', 'updatesInProgress', 'versionHistory', 'nodeGroups', 'addOns', 'insights', 'subnets', 'offeredVersions',
  ], { maxLength: 2 },
);

/** Which check speaks for which refusal of EKS. */
const SPOKESMEN: [refusal: RegExp, check: string][] = [
  [/currently has update/, 'update-in-progress'],
  [/is in status|not in ACTIVE status/, 'cluster-active'],
  [/unsupported Kubernetes version/, 'target-supported'],
  [/was not upgraded/, 'version-rollback'],
  [/in extended support/, 'support-policy'],
  [/kube-proxy .* is newer/, 'kube-proxy-skew'],
  [/too old for|must be rolled back/, 'node-group-skew'],
  [/has insights in ERROR/, 'upgrade-insights|rollback-insights'],
  [/Unsupported Kubernetes minor version update/, 'minor-step|version-rollback'],
];

const worldAndVersion = eksWorld.chain((world) => fc.record({ world: fc.constant(world), version: wantedVersion(world) }));

const worldAndNodeGroups = worldAndVersion.chain(({ world, version }) => fc.record({
  world: fc.constant(world),
  version: fc.constantFrom(version, world.cluster.version),
  nodeGroups: wantedNodeGroups(world),
}));

const worldAndAddOns = worldAndVersion.chain(({ world, version }) => fc.record({
  world: fc.constant(world),
  version: fc.constantFrom(version, world.cluster.version),
  addOns: wantedAddOns(world),
}));

/** What EKS does when it is asked to move the control plane. */
function askEks({ service, cluster, now }: EksWorld, version: string): Refusal | undefined {
  return refuseClusterVersion(service, cluster, { version }, now);
}

function judge(world: EksWorld, intent: UpgradeIntent, unreadable: readonly Readable[] = []): Verdict {
  return evaluate(observe(world, unreadable), catalogOf(world, unreadable), intent);
}

function errorsOf({ findings }: Verdict): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

describe('a control plane on the move', () => {
  test('is accepted by EKS whenever the checks pass, whatever could not be read', () => {
    fc.assert(fc.property(worldAndVersion, hidden, ({ world, version }, unreadable) => {
      fc.pre(version !== world.cluster.version && judge(world, { version }, unreadable).passed);
      expect(askEks(world, version)).toBeUndefined();
      expect(failClusterVersion(world.cluster)).toBeUndefined();
    }), RUNS);
  });

  test('fails a check that names the reason whenever EKS refuses', () => {
    fc.assert(fc.property(worldAndVersion, ({ world, version }) => {
      const refusal = askEks(world, version);
      fc.pre(version !== world.cluster.version && refusal !== undefined);
      const spokesman = SPOKESMEN.find(([pattern]) => pattern.test(refusal!.message))?.[1].split('|');
      const errors = errorsOf(judge(world, { version }));
      expect(errors.filter(({ check }) => spokesman?.includes(check))).not.toEqual([]);
    }), RUNS);
  });

  test('fails no check that speaks for EKS when EKS accepts', () => {
    const spokesmen = SPOKESMEN.flatMap(([, checks]) => checks.split('|'));
    fc.assert(fc.property(worldAndVersion, ({ world, version }) => {
      const strict = {
        ...world, service: { ...world.service, behaviour: { errorInsightsBlockUpgrades: true, nodeGroupsMustMatch: false } },
      };
      fc.pre(version !== world.cluster.version && askEks(strict, version) === undefined);
      const objections = errorsOf(judge(world, { version }));
      // EKS looks at the insights of the next minor only, and lists none before it has looked for the first time; kube-proxy that
      // lags, it bears.
      const isOurs = ({ check, reason }: Finding) => check.endsWith('-insights') || (
        check === 'kube-proxy-skew' && reason === 'tooFarBehind'
      );
      expect(objections.filter((finding) => spokesmen.includes(finding.check) && !isOurs(finding))).toEqual([]);
    }), RUNS);
  });

  test('is warned of lagging node groups whenever an EKS refuses that wants them equal', () => {
    const lagging = eksWorld.map((world) => lagBehind(world)).map((world) => ({ world, version: minorAfter(world.cluster.version, 1) }));
    fc.assert(fc.property(lagging, ({ world, version }) => {
      const strict = {
        ...world, service: { ...world.service, behaviour: { errorInsightsBlockUpgrades: true, nodeGroupsMustMatch: true } },
      };
      fc.pre(/must be updated to match/.test(askEks(strict, version)?.message ?? ''));
      expect(judge(world, { version }).findings.map(({ check }) => check)).toContain('node-group-current');
    }), RUNS);
  });
});

describe('node groups on the move', () => {
  test('are accepted by EKS, after the control plane, whenever the checks pass', () => {
    fc.assert(fc.property(worldAndNodeGroups, hidden, ({ world, version, nodeGroups }, unreadable) => {
      fc.pre(judge(world, { version, nodeGroups }, unreadable).passed);
      expect(refusedNodeGroups(world.service, { ...world.cluster, version }, nodeGroups)).toEqual([]);
    }), RUNS);
  });

  test('fail a check about them whenever EKS refuses them', () => {
    fc.assert(fc.property(worldAndNodeGroups, ({ world, version, nodeGroups }) => {
      const refused = refusedNodeGroups(
        world.service, { ...world.cluster, version, status: 'ACTIVE', updateInProgress: undefined }, nodeGroups,
      );
      fc.pre(refused.length > 0);
      const subjects = errorsOf(judge(world, { version, nodeGroups })).map(({ subject }) => subject);
      expect(subjects).toEqual(expect.arrayContaining(refused.map((name) => `node group ${name}`)));
    }), RUNS);
  });

  test('are created as EKS wants it whenever the checks pass', () => {
    fc.assert(fc.property(worldAndVersion, fc.integer({ min: -1, max: 1 }), ({ world, version }, offset) => {
      const wanted = minorAfter(version, offset);
      fc.pre(judge(world, { version, nodeGroups: { fresh: { version: wanted } } }).passed);
      const request = { nodegroupName: 'fresh', amiType: 'AL2023_x86_64_STANDARD', version: wanted };
      expect(refuseNewNodegroup(world.service, { ...world.cluster, version }, request)).toBeUndefined();
    }), RUNS);
  });
});

describe('add-ons on the move', () => {
  test('are accepted by EKS, after the control plane, whenever the checks pass', () => {
    fc.assert(fc.property(worldAndAddOns, hidden, ({ world, version, addOns }, unreadable) => {
      fc.pre(judge(world, { version, addOns }, unreadable).passed);
      expect(refusedAddOns(world, version, addOns)).toEqual([]);
    }), RUNS);
  });

  test('fail a check about them whenever EKS refuses them', () => {
    fc.assert(fc.property(worldAndAddOns, ({ world, version, addOns }) => {
      const refused = refusedAddOns(world, version, addOns);
      fc.pre(refused.length > 0);
      const subjects = errorsOf(judge(world, { version, addOns })).map(({ subject }) => subject);
      expect(subjects).toEqual(expect.arrayContaining(refused.map((name) => `add-on ${name}`)));
    }), RUNS);
  });
});

function lagBehind(world: EksWorld): EksWorld {
  const nodegroups = world.cluster.nodegroups.map((group) => ({
    ...group, version: group.version && minorAfter(world.cluster.version, -1),
  }));
  return { ...world, cluster: { ...world.cluster, nodegroups } };
}

/** The node groups that EKS refuses to update. What is wanted as it is, is not asked for. */
function refusedNodeGroups(
  service: EksService, cluster: EksCluster, wanted: Record<string, { version: string; releaseVersion?: string }>,
): string[] {
  return cluster.nodegroups.filter(({ name, version, releaseVersion }) => {
    const request = wanted[name];
    const moves = request && (request.version !== version || (request.releaseVersion ?? releaseVersion) !== releaseVersion);
    return moves && refuseNodegroupVersion(service, cluster, { nodegroupName: name, ...request });
  }).map(({ name }) => name);
}

/** The add-ons that EKS refuses to update. What is wanted as it is, is not asked for. */
function refusedAddOns({ service, cluster }: EksWorld, clusterVersion: string, wanted: Record<string, { version: string }>): string[] {
  return cluster.addons.filter(({ name, version }) => {
    const addonVersion = wanted[name]?.version ?? version;
    return addonVersion !== version && refuseAddonVersion(
      service, { ...cluster, version: clusterVersion }, { addonName: name, addonVersion },
    );
  }).map(({ name }) => name);
}
