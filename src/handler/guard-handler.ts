import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { refreshStaleInsights } from './fresh-insights';
import { ReadSchedule, readSchedule } from './guard-schedule';
import { Refusal } from './refusal';
import { RequestScope } from './runtime';
import { catalogNeedsOf } from '../engine/change/catalog-needs';
import { GuardedChange, guardedChange, NodeGroupChange } from '../engine/change/guarded-change';
import { UpgradeGuardProperties } from '../engine/change/resource-properties';
import { UpgradeIntent } from '../engine/change/upgrade-intent';
import { evaluate, Verdict } from '../engine/judgement/verdict';
import { describeFinding, describeVerdict, renderReason } from '../engine/judgement/verdict-text';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { Unknown } from '../engine/state/known';
import { askForEach } from '../live/ask-for-each';
import { isNotFound } from '../live/aws-call-error';
import { AwsClients } from '../live/aws-clients';
import { readStackState } from '../live/cloudformation/stack-state';
import { readCluster } from '../live/cluster';
import { readClusterState } from '../live/cluster-state';
import { Patience } from '../live/poll';
import { readRegionCatalog } from '../live/region-catalog';
import { physicalIdOf, regionOf } from '../live/stack';
import { awaitOngoingUpdates } from '../live/updates';

/** Leaves room in the answer for its other members, and for characters of several bytes. */
const REASON_LENGTH = 2000;

const SECOND_MILLIS = 1_000; // the finest that EKS may tell of a time
const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 60 * MINUTE_MILLIS;
const POLL_MILLIS = 15_000;
const REFRESH_MILLIS = 10 * MINUTE_MILLIS;

/** What reading and judging a cluster take at most, after all waiting. */
const JUDGING_MILLIS = 2 * MINUTE_MILLIS;

/**
 * Guards a cluster: refuses what a deployment is about to do with it when that would fail or hurt, before CloudFormation touches it.
 *
 * Lets through what changes nothing of versions, what creates the cluster, and everything in a rollback of the stack. Reads only, but for
 * asking EKS to look anew where its insights are too old.
 *
 * @throws if the change is refused, with the first findings in the message, or if the cluster cannot be read
 */
export async function guardUpgrade(
  event: CustomResourceEvent<UpgradeGuardProperties>, aws: AwsClients, scope: RequestScope,
): Promise<ResourceData> {
  const change = guardedChange(event.ResourceProperties, event.OldResourceProperties);
  const cluster = await findChangingCluster(event, change, aws, scope);
  if (!cluster) return {};

  const nodeGroups = await nodeGroupIntents(event.StackId, change.nodeGroups, aws);
  const intent: UpgradeIntent = { ...change.intent, isExpress: cluster.isExpress, nodeGroups };
  const when = await readSchedule(event.ResourceProperties, event.StackId, aws);
  const verdict = await judge({ ...cluster, when }, change.movesControlPlane, intent, event.ResourceProperties, aws, scope);
  logVerdict(verdict, scope);
  if (!verdict.passed) throw new Refusal(renderReason(verdict, REASON_LENGTH));
  return {};
}

/** A cluster as it was found. */
interface FoundCluster {
  readonly name: string;
  readonly version: string;
  /** Whether CloudFormation waits for nothing in this deployment. */
  readonly isExpress: boolean;
}

/**
 * The cluster, unless there is nothing to guard.
 *
 * @throws if one that is made elsewhere does not exist
 */
async function findChangingCluster(
  { StackId, ResourceProperties }: CustomResourceEvent<UpgradeGuardProperties>, { isNothing }: GuardedChange, aws: AwsClients, { log }: RequestScope,
): Promise<FoundCluster | undefined> {
  const letThrough = (why: string): undefined => {
    log({ message: `let through: ${why}` });
    return undefined;
  };
  if (isNothing) return letThrough('nothing changes that needs a look at the cluster');
  const { isRollingBack, isExpress } = await readStackState(aws.cloudFormation, StackId);
  if (isRollingBack) return letThrough('the stack is rolling back');

  const { ClusterName, ClusterLogicalId, DeclaredVersion } = ResourceProperties;
  const name = ClusterName ?? await physicalIdOf(aws.cloudFormation, StackId, ClusterLogicalId!);
  if (name === undefined) return letThrough('the stack does not have its cluster yet');

  const version = await versionOf(name, aws);
  if (version !== undefined) return { name, version, isExpress };
  if (DeclaredVersion === undefined) return letThrough(`cluster ${name} does not exist any more`);
  throw new Error(`cluster ${name} does not exist in ${regionOf(StackId)}: give the clusterName that 'aws eks list-clusters' shows there`);
}

/** By name; a node group that the stack does not have yet goes by its logical ID unless the template names it. */
async function nodeGroupIntents(
  stackId: string, changes: readonly NodeGroupChange[], { cloudFormation }: AwsClients,
): Promise<UpgradeIntent['nodeGroups']> {
  return Object.fromEntries(await askForEach(changes, async ({ logicalId, name, intent }) => [
    name ?? nameIn(await physicalIdOf(cloudFormation, stackId, logicalId)) ?? logicalId, intent,
  ] as const));
}

/** The physical ID of a node group is `<cluster>/<name>`. */
function nameIn(physicalId: string | undefined): string | undefined {
  return physicalId?.slice(physicalId.indexOf('/') + 1);
}

async function judge(
  cluster: FoundCluster & { readonly when: ReadSchedule }, movesControlPlane: boolean, intent: UpgradeIntent,
  properties: UpgradeGuardProperties, aws: AwsClients, scope: RequestScope,
): Promise<Verdict> {
  const { Ignore, MaxInsightAgeMinutes, WaitForOngoingUpdateSeconds } = properties;
  const waitMillis = Number(WaitForOngoingUpdateSeconds) * 1000;
  if (waitMillis > 0) {
    await awaitOngoingUpdates(aws.eks, cluster.name, patience(waitMillis, scope));
  }
  const oldestLook = new Date(scope.now().getTime() - Number(MaxInsightAgeMinutes) * MINUTE_MILLIS);
  const staleInsights = movesControlPlane ? await refreshInsightsFor(cluster, intent.version, oldestLook, aws, scope) : undefined;
  const now = scope.now();
  const state = await readClusterState(aws, cluster.name, { now, signals: cluster.when.signals });
  return evaluate(
    staleInsights ? { ...state, insights: staleInsights } : state,
    await readRegionCatalog(aws, catalogNeedsOf(state, intent)),
    intent,
    { ignore: Ignore, maxInsightAgeHours: (now.getTime() - oldestLook.getTime() + SECOND_MILLIS) / HOUR_MILLIS, schedule: cluster.when.schedule },
  );
}

/** Lets EKS look anew before a change of the version, where its insights are too old. */
async function refreshInsightsFor(
  { name, version }: FoundCluster, targetVersion = version, oldest: Date, aws: AwsClients, scope: RequestScope,
): Promise<Unknown | undefined> {
  const difference = KubernetesMinor.parse(targetVersion).compareTo(KubernetesMinor.parse(version));
  return difference === 0 ? undefined : refreshStaleInsights({
    clusterName: name,
    category: difference > 0 ? 'UPGRADE_READINESS' : 'ROLLBACK_READINESS',
    oldest,
    patience: patience(REFRESH_MILLIS, scope),
  }, aws, scope);
}

/** Undefined when the cluster does not exist. */
async function versionOf(clusterName: string, { eks }: AwsClients): Promise<string | undefined> {
  try {
    return (await readCluster(eks, clusterName)).version;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function patience(millis: number, { sleep, remainingMillis }: RequestScope): Patience {
  return { everyMillis: POLL_MILLIS, atMostMillis: Math.max(0, Math.min(millis, remainingMillis() - JUDGING_MILLIS)), sleep };
}

function logVerdict(verdict: Verdict, { log }: RequestScope): void {
  const { findings, accepted, ...summary } = verdict;
  log({ message: describeVerdict(verdict), verdict: summary });
  findings.forEach((finding) => log({ message: describeFinding(finding), finding }));
  accepted.forEach((finding) => log({ message: `accepted: ${describeFinding(finding)}`, acceptedFinding: finding }));
}
