/**
 * The guard and the preview of one deployment, side by side.
 */
import type { HandlerBench } from './handler-bench';
import { STACK } from './handler-bench';
import { GuardedApp, guardEvent, templateOf } from './handler-guard-bench';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { ClusterInStacks } from '../../src/engine/change/cluster-in-templates';
import { intentOf } from '../../src/engine/change/deployment-intent';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { Finding } from '../../src/engine/judgement/finding';
import { evaluate } from '../../src/engine/judgement/verdict';
import { templateResources } from '../../src/engine/state/deployed-stack';
import { known } from '../../src/engine/state/known';
import { RegionCatalog } from '../../src/engine/state/region-catalog';
import { GuardedStack } from '../../src/handler/guarded-stack';
import { awsClients } from '../../src/live/aws-clients';
import { readStackDeployment } from '../../src/live/cloudformation/stack-deployment';
import { readClusterState } from '../../src/live/cluster-state';
import { readRegionCatalog } from '../../src/live/region-catalog';

export const NO_CATALOG: RegionCatalog = { offeredVersions: known([]), addOnOffers: {}, amiOffers: {} };

/** What the app says of itself, as its metadata does. */
function declared({ TargetVersion, NodeGroups = [], AddOns = [] }: GuardedApp, neededByNodes: readonly string[]): ClusterInStacks {
  return {
    stackName: 'app',
    logicalId: 'Cluster',
    version: TargetVersion,
    objects: { removedApis: [], controllers: [] },
    nodeGroups: NodeGroups.map(({ LogicalId, Name, Version, ReleaseVersion, Others }) => ({
      path: `app/${LogicalId}`,
      stackName: 'app',
      logicalId: LogicalId,
      name: Name,
      amiType: Others!.AmiType as string,
      kubernetesVersion: Version,
      releaseVersion: ReleaseVersion,
      tracking: 'recommended',
    })),
    addOns: AddOns.map(({ Name, Policy, Version }) => ({
      path: `app/${Name}`,
      stackName: 'app',
      logicalId: `AddOn${Name}`,
      name: Name,
      policy: Policy,
      version: Version,
      ...neededByNodes.includes(Name) && { neededByNodes: true },
    })),
  };
}

/** What the preview makes of the templates: it has both, and no change set. */
export function previewed(
  before: GuardedApp, after: GuardedApp, catalog: RegionCatalog, neededByNodes: readonly string[] = [],
): UpgradeIntent {
  const physicalIds = Object.fromEntries([
    ['Cluster', 'prod'],
    ...(before.NodeGroups ?? []).map(({ LogicalId, Name }) => [LogicalId, `prod/${Name}`]),
    ...(before.AddOns ?? []).map(({ Name }) => [`AddOn${Name}`, `prod|${Name}`]),
  ]);
  const [deployed, wanted] = [before, after].map((one) => templateResources(JSON.parse(JSON.stringify(templateOf(one)))));
  return intentOf(declared(after, neededByNodes), 'prod', {
    wanted: { app: wanted }, deployed: { app: { resources: deployed, physicalIds } },
  }, catalog);
}

/** What the preview finds. */
export async function findingsOfPreview(bench: HandlerBench, before: GuardedApp, after: GuardedApp): Promise<readonly Finding[]> {
  const intent = (catalog: RegionCatalog) => previewed(before, after, catalog);
  const clients = awsClients({ maxAttempts: 1 });
  const { nodeGroups = {} } = intent(NO_CATALOG);
  const state = await readClusterState(clients, 'prod', {
    now: bench.aws.clock.now(), roomFor: ({ name }) => nodeGroups[name] !== undefined && !nodeGroups[name].removed,
  });
  const catalog = await readRegionCatalog(clients, catalogNeedsOf(state, intent(NO_CATALOG)));
  return evaluate(state, catalog, intent(catalog), { schedule: { isDeployment: true } }).findings;
}

/** What the guard makes of a deployment. */
export interface Guarded {
  readonly intent: UpgradeIntent;
  readonly findings: readonly Finding[];
}

/** What the guard takes the deployment to change, and what it finds. */
export async function guarded(bench: HandlerBench, before: GuardedApp, after: GuardedApp): Promise<Guarded> {
  const event = guardEvent(bench, after, {}, before);
  const deployment = await readStackDeployment(awsClients({ maxAttempts: 1 }).cloudFormation, STACK);
  const stack = new GuardedStack(STACK, 'Resource', event.ResourceProperties as never, deployment);
  bench.log.length = 0;
  await bench.serve(event);
  return {
    intent: intentOf(stack.cluster, 'prod', stack.stacks(), NO_CATALOG),
    findings: bench.log.flatMap((entry) => (entry.finding as Finding | undefined) ?? []),
  };
}
