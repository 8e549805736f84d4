/**
 * Guard and preview judge the same: whatever the deployed template, the wanted one and what is live.
 */
import * as fc from 'fast-check';
import { guarded, NO_CATALOG, preview, previewed } from './guard-and-preview';
import type { HandlerBench } from './handler-bench';
import { AppAddOn, AppNodeGroup, GuardedApp, startGuardBench } from './handler-guard-bench';
import { movesOfBlock, movesOfChange } from './moves-in-short';
import { changeOf } from '../../src/engine/change/change';
import { concernsChecks } from '../../src/engine/change/moves';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Finding } from '../../src/engine/judgement/finding';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 15) };

const ADD_ONS: Readonly<Record<string, readonly string[]>> = {
  'vpc-cni': ['v1.20.1-eksbuild.3', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'],
  'kube-proxy': ['v1.34.1-eksbuild.2', 'v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'],
  'coredns': ['v1.12.4-eksbuild.1', 'v1.13.2-eksbuild.1', 'v1.13.2-eksbuild.3'],
};

/** Images of the app's own, each with the minor that it has by the word of the app. */
const IMAGES = ['1.35', '1.36'].map((KubernetesVersion, index) => ({ Id: `ami-0123456789abcde0${index}`, KubernetesVersion }));

const minor = fc.constantFrom('1.34', '1.35', '1.36', '1.37');

/** Properties of all kinds: those that EKS updates, those that replace a group, and those that move nothing. */
const others = fc.record({
  ScalingConfig: fc.record({ MinSize: fc.constant(1), DesiredSize: fc.integer({ min: 1, max: 3 }), MaxSize: fc.constant(3) }),
  Labels: fc.constantFrom({}, { team: 'a' }, { team: 'b' }),
  Taints: fc.constantFrom([], [{ Key: 'gpu', Effect: 'NO_SCHEDULE' }]),
  UpdateConfig: fc.constantFrom({ MaxUnavailable: 1 }, { MaxUnavailable: 2 }),
  ForceUpdateEnabled: fc.boolean(),
  AmiType: fc.constantFrom('AL2023_x86_64_STANDARD', 'AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD'),
  DiskSize: fc.constantFrom(20, 20, 50),
  Tags: fc.constantFrom({}, { cost: 'x' }),
}, { requiredKeys: ['AmiType'] });

function nodeGroup(name: string): fc.Arbitrary<AppNodeGroup | undefined> {
  const group = fc.record({
    version: minor,
    date: fc.constantFrom('20261104', '20260714'),
    image: fc.constantFrom(undefined, undefined, 'ami-0a', 'ami-0b'),
    TemplateVersion: fc.constantFrom(undefined, '1', '2'),
    Others: others,
  });
  const golden = fc.record({ image: fc.constantFrom(...IMAGES), Others: others }).map(({ image, Others }): AppNodeGroup => {
    const { AmiType: _, DiskSize: __, ...Settings } = Others;
    return { LogicalId: name, Name: name, ImageId: image.Id, Others: Settings };
  });
  const ofEks = group.map(({ version, date, image, TemplateVersion, Others }): AppNodeGroup => ({
    LogicalId: name,
    Name: name,
    Version: version,
    ReleaseVersion: `${version}.2-${date}`,
    Others,
    ...image && {
      ImageId: image, TemplateVersion,
    },
  }));
  return fc.option(fc.oneof({ arbitrary: ofEks, weight: 3 }, { arbitrary: golden, weight: 1 }), { nil: undefined, freq: 5 });
}

function addOn(name: string): fc.Arbitrary<AppAddOn | undefined> {
  const configured = fc.constantFrom({}, {}, { Others: { ConfigurationValues: '{"replicaCount":2}' } }, {
    Others: { ConfigurationValues: '{"no-such-setting":true}' },
  });
  const pinned = fc.tuple(fc.constantFrom(...ADD_ONS[name]), configured).map(
    ([Version, settings]): AppAddOn => ({ Name: name, Policy: 'pinned', Version, ...settings }),
  );
  const tracked = fc.tuple(fc.constantFrom('recommended' as const, 'latest' as const, 'keep-while-compatible' as const), configured).map(
    ([Policy, settings]): AppAddOn => ({ Name: name, Policy, ...settings }),
  );
  return fc.option(fc.oneof(pinned, tracked), { nil: undefined, freq: 4 });
}

const app: fc.Arbitrary<GuardedApp> = fc.record({
  TargetVersion: minor,
  SupportType: fc.constantFrom(undefined, 'STANDARD', 'EXTENDED'),
  NodeGroups: fc.tuple(nodeGroup('workers'), nodeGroup('batch')).map(present),
  AddOns: fc.tuple(...Object.keys(ADD_ONS).map(addOn)).map(present),
});

function present<T>(things: readonly (T | undefined)[]): T[] {
  return things.filter((thing) => thing !== undefined);
}

/** A cluster of the app, one that it imports, and one of the older `aws-eks`. */
const kind = fc.constantFrom<Partial<GuardedApp>>({}, {}, { ClusterName: 'prod', Imported: 'true', SupportType: undefined }, { Config: {}, SupportType: undefined });

/** Half of the deployments change a part of an app only. */
const deployment = fc.tuple(kind, app, app, fc.boolean(), fc.boolean(), fc.boolean()).map(
  ([cluster, before, after, version, groups, addOns]) => ({
    before: { ...before, ...cluster, Images: IMAGES },
    after: {
      ...after,
      ...cluster,
      Images: IMAGES,
      ...version && { TargetVersion: before.TargetVersion },
      ...groups && { NodeGroups: before.NodeGroups },
      ...addOns && { AddOns: before.AddOns },
    },
  }),
);

/** What failed in its last update, of what is deployed and stays. */
const failures = fc.subarray(['Cluster', 'workers', 'batch', ...Object.keys(ADD_ONS).map((name) => `AddOn${name}`)]);

function failedIn(ids: readonly string[], ...apps: readonly GuardedApp[]): string[] {
  const has = (id: string) => ({ NodeGroups = [], AddOns = [], ClusterName }: GuardedApp) => (id === 'Cluster' && ClusterName === undefined)
    || NodeGroups.some(({ LogicalId }) => LogicalId === id) || AddOns.some(({ Name }) => `AddOn${Name}` === id);
  return ids.filter((id) => apps.every(has(id)));
}

interface Drift {
  readonly controlPlane: number;
  readonly nodes: number;
  readonly installed: number;
}

/**
 * What is live: what the deployed app says, or a minor newer, as after an upgrade whose stack was rolled back; nodes and add-ons
 * may have drifted.
 */
const drift: fc.Arbitrary<Drift> = fc.record({
  controlPlane: fc.constantFrom(0, 0, 0, 1), nodes: fc.constantFrom(0, 0, -1), installed: fc.nat(2),
});

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  bench.aws.publishAmis({ minors: ['1.33'], date: '2026-07-14' });
  IMAGES.forEach(({ Id }) => bench.aws.ec2.images.put(Id, { name: `golden-${Id}`, createdAt: new Date('2026-07-14') }));
});

afterEach(async () => bench.stop());

function plus(version: string, minors: number): string {
  return `1.${Math.min(37, Math.max(33, Number(version.slice(2)) + minors))}`;
}

function putLive({ TargetVersion = '1.35', NodeGroups = [], AddOns = [] }: GuardedApp, { controlPlane, nodes, installed }: Drift): void {
  bench.aws.eks.addCluster({
    version: plus(TargetVersion, controlPlane),
    nodegroups: NodeGroups.map(({ Name, Version, ReleaseVersion, ImageId, Others }) => ({
      name: Name!,
      ...Version === undefined
        ? { amiType: 'CUSTOM', releaseVersion: nodes === 0 ? ImageId : IMAGES[0].Id }
        : { amiType: Others!.AmiType as string, version: plus(Version, nodes), ...nodes === 0 && { releaseVersion: ReleaseVersion } },
    })),
    addons: AddOns.map(({ Name, Version }) => ({ name: Name, version: installed < 2 && Version || ADD_ONS[Name][installed] })),
  });
}

const inWords = (findings: readonly Finding[]) => findings.map(({ severity, id, message }) => `${severity} ${id}: ${message}`).sort();

/** What stops or warns: the block has places of its own for the rest, and tells what could not be read as such. */
const grave = (findings: readonly Finding[]) => inWords(findings.filter(({ unknown, severity }) => !unknown && severity !== 'info'));

test('from the same templates and the same live state they derive the same change, find the same, and the block tells the moves of that change', async () => {
  await fc.assert(fc.asyncProperty(deployment, drift, failures, async ({ before, after }, drifted, ids) => {
    putLive(before, drifted);
    const failed = failedIn(ids, before, after);
    const seen = await guarded(bench, before, after, failed);
    const intent = previewed(before, after, NO_CATALOG, [], failed);

    expect(told(seen.intent)).toEqual(told(intent));
    const { preview: block, findings, state, catalog } = await preview(bench, before, after, failed);
    expect(movesOfBlock(block)).toEqual(movesOfChange(changeOf(state, catalog, seen.intent, { maxInsightAgeHours: 1 })));
    expect(inWords(seen.findings)).toEqual(concernsChecks(intent) ? inWords(findings) : []);
    if (concernsChecks(intent)) expect(grave(block.findings)).toEqual(grave(seen.findings));
  }), RUNS);
}, 600_000);

/** An intent as JSON has it: what is absent is absent. */
function told(intent: UpgradeIntent): unknown {
  return JSON.parse(JSON.stringify(intent));
}
