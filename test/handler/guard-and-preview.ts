/**
 * The guard and the preview of one deployment, side by side.
 */
import { declarationOf } from './app-in-metadata';
import type { HandlerBench } from './handler-bench';
import { STACK } from './handler-bench';
import { GuardedApp, guardEvent, putStack, templateOf } from './handler-guard-bench';
import { configuredAddOnsOf } from '../../src/engine/change/add-on-configuration';
import { catalogNeedsOf } from '../../src/engine/change/catalog-needs';
import { Stacks } from '../../src/engine/change/cluster-in-templates';
import { intentOf } from '../../src/engine/change/deployment-intent';
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
import { ClusterPreview, previewCluster } from '../../src/preview/cluster-preview';
import type { StackResourceSeed } from '../aws/cloudformation';

export const NO_CATALOG: RegionCatalog = { offeredVersions: known([]), addOnOffers: {}, amiOffers: {} };

/** What the preview makes of the templates: it has both, and no change set. */
export function previewed(
  before: GuardedApp, after: GuardedApp, catalog: RegionCatalog, neededByNodes: readonly string[] = [], failed: readonly string[] = [],
): UpgradeIntent {
  return intentOf(declarationOf(after, neededByNodes), 'prod', stacksOf(before, after, failed), catalog);
}

function stacksOf(before: GuardedApp, after: GuardedApp, failed: readonly string[]): Stacks {
  const physicalIds = Object.fromEntries([
    ...before.ClusterName === undefined ? [['Cluster', 'prod']] : [],
    ...(before.NodeGroups ?? []).map(({ LogicalId, Name }) => [LogicalId, `prod/${Name}`]),
    ...(before.AddOns ?? []).map(({ Name }) => [`AddOn${Name}`, `prod|${Name}`]),
  ]);
  const [deployed, wanted] = [before, after].map((one) => templateResources(JSON.parse(JSON.stringify(templateOf(one)))));
  return { wanted: { app: wanted }, deployed: { app: { resources: deployed, physicalIds, failed } } };
}

/** The preview of a deployment, and what every check says of it. */
export interface Previewed {
  readonly preview: ClusterPreview;
  readonly findings: readonly Finding[];
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
}

/** The preview, made as the app makes it. */
export async function preview(
  bench: HandlerBench, before: GuardedApp, after: GuardedApp, failed: readonly string[] = [],
): Promise<Previewed> {
  const intentIn = (catalog: RegionCatalog) => previewed(before, after, catalog, [], failed);
  const clients = awsClients({ maxAttempts: 1 });
  const intent = intentIn(NO_CATALOG);
  const { nodeGroups = {} } = intent;
  const state = await readClusterState(clients, 'prod', {
    now: bench.aws.clock.now(), roomFor: ({ name }) => nodeGroups[name] !== undefined && !nodeGroups[name].removed,
  });
  const catalog = await readRegionCatalog(clients, catalogNeedsOf(state, intent), (read) => configuredAddOnsOf(state, read, intent));
  return {
    preview: previewCluster({ declaration: declarationOf(after), state, catalog, ...stacksOf(before, after, failed) }),
    findings: evaluate(state, catalog, intentIn(catalog), { schedule: { isDeployment: true } }).findings,
    state,
    catalog,
  };
}

/** What the preview finds. */
export async function findingsOfPreview(bench: HandlerBench, before: GuardedApp, after: GuardedApp): Promise<readonly Finding[]> {
  return (await preview(bench, before, after)).findings;
}

/** What the guard makes of a deployment. */
export interface Guarded {
  readonly intent: UpgradeIntent;
  readonly findings: readonly Finding[];
}

/** What the guard takes the deployment to change, and what it finds. */
export async function guarded(
  bench: HandlerBench, before: GuardedApp, after: GuardedApp, failed: readonly string[] = [],
): Promise<Guarded> {
  putStack(bench, 'UPDATE_IN_PROGRESS', failed.map((logicalId) => failedResource(logicalId, before)));
  const event = guardEvent(bench, after, {}, before);
  const deployment = (await readStackDeployment(awsClients({ maxAttempts: 1 }).cloudFormation, STACK))!;
  const stack = new GuardedStack(event as never, deployment);
  bench.log.length = 0;
  await bench.serve(event);
  return {
    intent: intentOf(stack.cluster, 'prod', stack.stacks(), NO_CATALOG),
    findings: bench.log.flatMap((entry) => (entry.finding as Finding | undefined) ?? []),
  };
}

function failedResource(logicalId: string, { NodeGroups = [] }: GuardedApp): StackResourceSeed {
  const status = 'UPDATE_FAILED';
  if (logicalId === 'Cluster') return { logicalId, type: 'AWS::EKS::Cluster', physicalId: 'prod', status };
  const group = NodeGroups.find((one) => one.LogicalId === logicalId);
  return group
    ? { logicalId, type: 'AWS::EKS::Nodegroup', physicalId: `prod/${group.Name}`, status }
    : { logicalId, type: 'AWS::EKS::Addon', physicalId: `prod|${logicalId.slice('AddOn'.length)}`, status };
}
