/**
 * Guard and preview judge the same: whatever the deployed template, the wanted one and what is live.
 */
import * as fc from 'fast-check';
import { findingsOfPreview, guarded, NO_CATALOG, previewed } from './guard-and-preview';
import type { HandlerBench } from './handler-bench';
import { AppAddOn, AppNodeGroup, GuardedApp, startGuardBench } from './handler-guard-bench';
import { movesAnything } from '../../src/engine/change/moves';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Finding } from '../../src/engine/judgement/finding';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 15) };

const ADD_ONS: Readonly<Record<string, readonly string[]>> = {
  'vpc-cni': ['v1.20.1-eksbuild.3', 'v1.21.1-eksbuild.1', 'v1.22.0-eksbuild.1'],
  'kube-proxy': ['v1.34.1-eksbuild.2', 'v1.35.3-eksbuild.2', 'v1.36.2-eksbuild.2'],
  'coredns': ['v1.12.4-eksbuild.1', 'v1.13.2-eksbuild.1', 'v1.13.2-eksbuild.3'],
};

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
  return fc.option(group.map(({ version, date, image, TemplateVersion, Others }): AppNodeGroup => ({
    LogicalId: name,
    Name: name,
    Version: version,
    ReleaseVersion: `${version}.2-${date}`,
    Others,
    ...image && {
      ImageId: image, TemplateVersion,
    },
  })), { nil: undefined, freq: 5 });
}

function addOn(name: string): fc.Arbitrary<AppAddOn | undefined> {
  const pinned = fc.constantFrom(...ADD_ONS[name]).map((Version): AppAddOn => ({ Name: name, Policy: 'pinned', Version }));
  const tracked = fc.constantFrom('recommended' as const, 'latest' as const, 'keep-while-compatible' as const).map(
    (Policy): AppAddOn => ({ Name: name, Policy }),
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

/** Half of the deployments change a part of an app only. */
const deployment = fc.tuple(app, app, fc.boolean(), fc.boolean(), fc.boolean()).map(([before, after, version, groups, addOns]) => ({
  before,
  after: {
    ...after,
    ...version && { TargetVersion: before.TargetVersion },
    ...groups && { NodeGroups: before.NodeGroups },
    ...addOns && { AddOns: before.AddOns },
  },
}));

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
});

afterEach(async () => bench.stop());

function plus(version: string, minors: number): string {
  return `1.${Math.min(37, Math.max(33, Number(version.slice(2)) + minors))}`;
}

function putLive({ TargetVersion = '1.35', NodeGroups = [], AddOns = [] }: GuardedApp, { controlPlane, nodes, installed }: Drift): void {
  bench.aws.eks.addCluster({
    version: plus(TargetVersion, controlPlane),
    nodegroups: NodeGroups.map(({ Name, Version, ReleaseVersion, Others }) => ({
      name: Name!, amiType: Others!.AmiType as string, version: plus(Version!, nodes), ...nodes === 0 && { releaseVersion: ReleaseVersion },
    })),
    addons: AddOns.map(({ Name, Version }) => ({ name: Name, version: Version ?? ADD_ONS[Name][installed] })),
  });
}

const inWords = (findings: readonly Finding[]) => findings.map(({ severity, id, message }) => `${severity} ${id}: ${message}`).sort();

test('from the same templates and the same live state they derive the same change, and find the same', async () => {
  await fc.assert(fc.asyncProperty(deployment, drift, async ({ before, after }, drifted) => {
    putLive(before, drifted);
    const seen = await guarded(bench, before, after);
    const intent = previewed(before, after, NO_CATALOG);

    expect(told(seen.intent)).toEqual(told(intent));
    expect(inWords(seen.findings)).toEqual(movesAnything(intent) ? inWords(await findingsOfPreview(bench, before, after)) : []);
  }), RUNS);
}, 600_000);

/** An intent as JSON has it: what is absent is absent. */
function told(intent: UpgradeIntent): unknown {
  return JSON.parse(JSON.stringify(intent));
}
