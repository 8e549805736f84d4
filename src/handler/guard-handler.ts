import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { refreshStaleInsights } from './fresh-insights';
import { readSchedule } from './guard-schedule';
import { GuardedStack } from './guarded-stack';
import { Refusal } from './refusal';
import { RequestScope } from './runtime';
import { configuredAddOnsOf } from '../engine/change/add-on-configuration';
import { catalogNeedsOf } from '../engine/change/catalog-needs';
import { intentOf } from '../engine/change/deployment-intent';
import { movesAnything, movesForward } from '../engine/change/moves';
import { judgedVersion, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { UpgradeIntent } from '../engine/change/upgrade-intent';
import { evaluate, Verdict } from '../engine/judgement/verdict';
import { describeAccepted, describeFinding, describeVerdict, renderReason } from '../engine/judgement/verdict-text';
import { unseenRolls } from '../engine/judgement/when/unseen-rolls';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { ClusterState } from '../engine/state/cluster-state';
import { Known, known, Unknown } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';
import { RegionCatalog } from '../engine/state/region-catalog';
import { StackState } from '../engine/state/stack-state';
import { isNotFound } from '../live/aws-call-error';
import { AwsClients } from '../live/aws-clients';
import { readStackDeployment } from '../live/cloudformation/stack-deployment';
import { readCluster } from '../live/cluster';
import { readClusterState } from '../live/cluster-state';
import { Patience } from '../live/poll';
import { readRegionCatalog } from '../live/region-catalog';
import { regionOf } from '../live/stack';
import { awaitOngoingUpdates } from '../live/updates';

/** Leaves room in the answer for its other members, and for characters of several bytes. */
const REASON_LENGTH = 2000;

const SECOND_MILLIS = 1_000; // the finest that EKS may tell of a time
const MINUTE_MILLIS = 60_000;
const HOUR_MILLIS = 60 * MINUTE_MILLIS;
const POLL_MILLIS = 15_000;
const REFRESH_MILLIS = 10 * MINUTE_MILLIS;

/**
 * How long to read what runs in the cluster: thousands of pods are read in seconds, and what is not reached does not hold up the
 * deployment.
 */
const WORKLOADS_MILLIS = MINUTE_MILLIS;

/** What reading and judging a cluster take at most, after all waiting. */
const JUDGING_MILLIS = 2 * MINUTE_MILLIS;

/**
 * Guards a cluster: refuses what a deployment is about to do with it when that would fail or hurt, before CloudFormation touches it.
 *
 * Lets through what changes nothing that is judged, what creates the cluster, and everything in a rollback of the stack. Where it
 * cannot be told whether the stack is rolling back, only what moves a cluster forward is refused. Reads only, but for asking EKS
 * to look anew where its insights are too old.
 *
 * @throws if the change is refused, with the first findings in the message, or if the cluster cannot be read
 */
export async function guardUpgrade(
  event: CustomResourceEvent<UpgradeGuardProperties>, aws: AwsClients, scope: RequestScope,
): Promise<ResourceData> {
  const { StackId, LogicalResourceId, ResourceProperties: properties } = event;
  const deployment = await readStackDeployment(aws.cloudFormation, StackId);
  if (deployment.stack.known && deployment.stack.value.isRollingBack) return letThrough('the stack is rolling back', scope);

  const stack = new GuardedStack(StackId, LogicalResourceId, properties, deployment);
  scope.log({ message: `what the deployment changes is told by ${stack.source}` });
  if (stack.isToldByChangeSet && !movesAnything(intentOf(stack.cluster, stack.clusterName ?? '', stack.stacks(), EMPTY_CATALOG))) {
    return letThrough('nothing changes that needs a look at the cluster', scope);
  }
  const cluster = await findCluster(event, stack, aws, scope);
  if (!cluster) return {};
  return judgeDeployment(cluster, stack, deployment.stack, event, aws, scope);
}

function letThrough(why: string, { log }: RequestScope): ResourceData {
  log({ message: `let through: ${why}` });
  return {};
}

/** A cluster as it was found. */
interface FoundCluster {
  readonly name: string;
  readonly version: string;
}

/**
 * The cluster, unless there is nothing to guard.
 *
 * @throws if one that is imported does not exist
 */
async function findCluster(
  event: CustomResourceEvent<UpgradeGuardProperties>, { clusterName: name, unread }: GuardedStack, aws: AwsClients, scope: RequestScope,
): Promise<FoundCluster | undefined> {
  const { StackId, ResourceProperties } = event;
  if (name === undefined) {
    if (unread && raisesVersion(event)) throw new Error(`the cluster cannot be found, and its version is to be raised: ${unread.why}`);
    letThrough(
      unread ? `the cluster cannot be found, and its version is not raised: ${unread.why}` : 'the stack does not have its cluster yet',
      scope,
    );
    return undefined;
  }
  const version = await versionOf(name, aws);
  if (version !== undefined) return { name, version };
  if (ResourceProperties.Imported === 'true') {
    throw new Error(
      `cluster ${name} does not exist in ${regionOf(StackId)}: give the clusterName that 'aws eks list-clusters' shows there`,
    );
  }
  letThrough(`cluster ${name} does not exist any more`, scope);
  return undefined;
}

async function judgeDeployment(
  cluster: FoundCluster, stack: GuardedStack, stackState: Known<StackState>,
  { StackId, ResourceProperties: properties }: CustomResourceEvent<UpgradeGuardProperties>, aws: AwsClients, scope: RequestScope,
): Promise<ResourceData> {
  const { Ignore, MaxInsightAgeMinutes, WaitForOngoingUpdateSeconds } = properties;
  const intentIn = (state?: ClusterState): UpgradeIntent => ({
    ...intentOf(stack.cluster, cluster.name, stack.stacks(state), EMPTY_CATALOG), isExpress: stackState.known && stackState.value.isExpress,
  });
  const isOfStack = ({ launchTemplate }: NodeGroupState) => launchTemplate !== undefined && stack.holds(launchTemplate.id);
  const launchTemplatesOf = stack.isToldByChangeSet ? undefined : isOfStack;

  // a change set tells all that moves; without one, what is live has to
  const live = stack.isToldByChangeSet ? undefined : await readClusterState(aws, cluster.name, { now: scope.now(), launchTemplatesOf });
  const intent = intentIn(live);
  if (live && needsNoJudgement(intent, live, stackState, scope)) return {};

  const when = await readSchedule(properties, StackId, aws);
  const waitMillis = Number(WaitForOngoingUpdateSeconds) * 1000;
  if (waitMillis > 0) {
    await awaitOngoingUpdates(aws.eks, cluster.name, patience(waitMillis, scope));
  }
  const oldestLook = new Date(scope.now().getTime() - Number(MaxInsightAgeMinutes) * MINUTE_MILLIS);
  const movesControlPlane = !intent.isMovedElsewhere && intent.version !== intent.previousVersion;
  const staleInsights = movesControlPlane ? await refreshInsightsFor(cluster, intent.version, oldestLook, aws, scope) : undefined;
  const now = scope.now();
  const state = await readClusterState(aws, cluster.name, {
    now,
    signals: when.signals,
    launchTemplatesOf,
    workloads: properties.Workloads === 'true' ? { patienceMillis: WORKLOADS_MILLIS } : undefined,
    roomFor: ({ name }) => isChanged(name, intent),
  });
  const wanted = intentIn(state);
  const verdict = evaluate(
    staleInsights ? { ...state, insights: staleInsights } : state,
    await readRegionCatalog(aws, catalogNeedsOf(state, intent), (catalog) => configuredAddOnsOf(state, catalog, wanted)),
    wanted,
    { ignore: Ignore, maxInsightAgeHours: (now.getTime() - oldestLook.getTime() + SECOND_MILLIS) / HOUR_MILLIS, schedule: when.schedule },
  );
  logVerdict(verdict, scope);
  if (!verdict.passed) throw new Refusal(renderReason(verdict, REASON_LENGTH));
  return {};
}

/**
 * Whether nothing is wanted of a cluster but what is live, or nothing moves forward in what may be a rollback.
 *
 * @throws if something moves forward in what may be a rollback
 */
function needsNoJudgement(intent: UpgradeIntent, live: ClusterState, stack: Known<StackState>, scope: RequestScope): boolean {
  if (!movesAnything(intent, live) && unseenRolls(live).length === 0) {
    letThrough('nothing is wanted but what is live', scope);
    return true;
  }
  if (stack.known) return false;
  if (movesForward(intent, live)) {
    throw new Error(`whether the stack is rolling back is not known, so that nothing moves forward: ${stack.why}`);
  }
  letThrough(`nothing moves forward; whether the stack is rolling back is not known: ${stack.why}`, scope);
  return true;
}

const EMPTY_CATALOG: RegionCatalog = { offeredVersions: known([]), addOnOffers: {}, amiOffers: {} };

/** Only what the deployment changes is named. */
function isChanged(nodeGroup: string, { nodeGroups }: UpgradeIntent): boolean {
  const wanted = nodeGroups?.[nodeGroup];
  return wanted !== undefined && !wanted.removed;
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

/** Whether the app wants a higher Kubernetes minor than before: what no rollback of a stack does. */
function raisesVersion({ ResourceProperties: now, OldResourceProperties: before }: CustomResourceEvent<UpgradeGuardProperties>): boolean {
  const [wanted, old] = [now, before].map((properties) => judgedVersion(properties?.Judged));
  return wanted !== undefined && old !== undefined && KubernetesMinor.parse(wanted).isNewerThan(KubernetesMinor.parse(old));
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
  accepted.forEach((finding) => log({ message: describeAccepted(finding), acceptedFinding: finding }));
}
