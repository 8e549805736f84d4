/**
 * Guard and preview judge the same: whatever the deployed template, the wanted one and what is live.
 */
import * as fc from 'fast-check';
import type { HandlerBench } from './handler-bench';
import { STACK } from './handler-bench';
import { AppAddOn, AppNodeGroup, GuardedApp, guardEvent, startGuardBench, templateOf } from './handler-guard-bench';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { ClusterInStacks } from '../../src/engine/change/cluster-in-templates';
import { intentOf } from '../../src/engine/change/deployment-intent';
import { movesAnything } from '../../src/engine/change/moves';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Finding } from '../../src/engine/judgement/finding';
import { evaluate } from '../../src/engine/judgement/verdict';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { templateResources } from '../../src/engine/state/deployed-stack';
import { known } from '../../src/engine/state/known';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { GuardedStack } from '../../src/handler/guarded-stack';
import { awsClients } from '../../src/live/aws-clients';
import { readStackDeployment } from '../../src/live/cloudformation/stack-deployment';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 60) };
const NO_CATALOG: RegionCatalog = { offeredVersions: known([]), addOnOffers: {}, amiOffers: {} };

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
  return fc.option(fc.record({ version: minor, date: fc.constantFrom('20261104', '20260714'), image: fc.constantFrom(undefined, undefined, 'ami-0a', 'ami-0b'), Others: others })
    .map(({ version, date, image, Others }): AppNodeGroup => ({
      LogicalId: name, Name: name, Version: version, ReleaseVersion: `${version}.2-${date}`, Others, ...image && { ImageId: image },
    })), { nil: undefined, freq: 5 });
}

function addOn(name: string): fc.Arbitrary<AppAddOn | undefined> {
  const pinned = fc.constantFrom(...ADD_ONS[name]).map((Version): AppAddOn => ({ Name: name, Policy: 'pinned', Version }));
  const tracked = fc.constantFrom('recommended' as const, 'latest' as const, 'keep-while-compatible' as const).map((Policy): AppAddOn => ({ Name: name, Policy }));
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

/** What is live: what the deployed app says, or a minor newer, as after an upgrade whose stack was rolled back; nodes and add-ons may have drifted. */
const drift = fc.record({ controlPlane: fc.constantFrom(0, 0, 0, 1), nodes: fc.constantFrom(0, 0, -1), installed: fc.nat(2) });

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  bench.aws.publishAmis({ minors: ['1.33'], date: '2026-07-14' });
});

afterEach(async () => bench.stop());

function plus(version: string, minors: number): string {
  return `1.${Math.min(37, Math.max(33, Number(version.slice(2)) + minors))}`;
}

function putLive({ TargetVersion = '1.35', NodeGroups = [], AddOns = [] }: GuardedApp, { controlPlane, nodes, installed }: { controlPlane: number; nodes: number; installed: number }): void {
  bench.aws.eks.addCluster({
    version: plus(TargetVersion, controlPlane),
    nodegroups: NodeGroups.map(({ Name, Version, ReleaseVersion, Others }) => ({
      name: Name!, amiType: Others!.AmiType as string, version: plus(Version!, nodes), ...nodes === 0 && { releaseVersion: ReleaseVersion },
    })),
    addons: AddOns.map(({ Name, Version }) => ({ name: Name, version: Version ?? ADD_ONS[Name][installed] })),
  });
}

/** What the app says of itself, as its metadata does. */
function declared({ TargetVersion, NodeGroups = [], AddOns = [] }: GuardedApp): ClusterInStacks {
  return {
    stackName: 'app',
    logicalId: 'Cluster',
    version: TargetVersion,
    nodeGroups: NodeGroups.map(({ LogicalId, Name, Version, ReleaseVersion, Others }) => ({
      path: `app/${LogicalId}`, stackName: 'app', logicalId: LogicalId, name: Name, amiType: Others!.AmiType as string, kubernetesVersion: Version, releaseVersion: ReleaseVersion,
      tracking: 'recommended',
    })),
    addOns: AddOns.map(({ Name, Policy, Version }) => ({ path: `app/${Name}`, stackName: 'app', logicalId: `AddOn${Name}`, name: Name, policy: Policy, version: Version })),
  };
}

/** What the preview makes of the templates: it has both, and no change set. */
function previewed(before: GuardedApp, after: GuardedApp, catalog: RegionCatalog): UpgradeIntent {
  const physicalIds = Object.fromEntries([
    ['Cluster', 'prod'],
    ...(before.NodeGroups ?? []).map(({ LogicalId, Name }) => [LogicalId, `prod/${Name}`]),
    ...(before.AddOns ?? []).map(({ Name }) => [`AddOn${Name}`, `prod|${Name}`]),
  ]);
  const [deployed, wanted] = [before, after].map((one) => templateResources(templateOf(one)));
  return intentOf(declared(after), 'prod', { wanted: { app: wanted }, deployed: { app: { resources: deployed, physicalIds } } }, catalog);
}

async function findingsOfPreview(intent: (catalog: RegionCatalog) => UpgradeIntent): Promise<{ readonly state: ClusterState; readonly findings: readonly Finding[] }> {
  const clients = awsClients({ maxAttempts: 1 });
  const { nodeGroups = {} } = intent(NO_CATALOG);
  const state = await readClusterState(clients, 'prod', {
    now: bench.aws.clock.now(), roomFor: ({ name }) => nodeGroups[name] !== undefined && !nodeGroups[name].removed,
  });
  const catalog = await readRegionCatalog(clients, catalogNeedsOf(state, intent(NO_CATALOG)));
  return { state, findings: evaluate(state, catalog, intent(catalog), { schedule: { isDeployment: true } }).findings };
}

const idsOf = (findings: readonly Finding[]) => findings.map(({ severity, id, message }) => `${severity} ${id}: ${message}`).sort();

test('from the same templates and the same live state they derive the same change, and find the same', async () => {
  await fc.assert(fc.asyncProperty(deployment, drift, async ({ before, after }, drifted) => {
    putLive(before, drifted);
    bench.log.length = 0;
    const event = guardEvent(bench, after, {}, before);
    const intent = (catalog: RegionCatalog) => previewed(before, after, catalog);

    const guarded = new GuardedStack(STACK, 'Resource', event.ResourceProperties as never, await readStackDeployment(awsClients({ maxAttempts: 1 }).cloudFormation, STACK));
    expect(told(intentOf(guarded.cluster, 'prod', guarded.stacks(), NO_CATALOG))).toEqual(told(intent(NO_CATALOG)));

    const { findings } = await findingsOfPreview(intent);
    await bench.serve(event);
    const seen = bench.log.flatMap((entry) => (entry.finding as Finding | undefined) ?? []);
    expect(idsOf(seen)).toEqual(movesAnything(intent(NO_CATALOG)) ? idsOf(findings) : []);
  }), RUNS);
}, 300_000);

/** An intent as JSON has it: what is absent is absent. */
function told(intent: UpgradeIntent): unknown {
  return JSON.parse(JSON.stringify(intent));
}
