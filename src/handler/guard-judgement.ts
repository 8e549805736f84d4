import { CustomResourceEvent, ResourceData } from './custom-resource-event';
import { areStale, insightsThatMayBeMended, refreshStaleInsights } from './fresh-insights';
import { readSchedule } from './guard-schedule';
import { GuardedStack } from './guarded-stack';
import { letThrough } from './let-through';
import { says } from './messages';
import { AlreadyLoggedError } from './refusal';
import { RequestScope } from './runtime';
import { configuredAddOnsOf } from '../engine/change/add-on-configuration';
import { catalogNeedsOf } from '../engine/change/catalog-needs';
import { controlPlaneMoveOf } from '../engine/change/change';
import { intentOf } from '../engine/change/deployment-intent';
import { readJudged } from '../engine/change/judged-property';
import { concernsChecks, isUnread, movesForward } from '../engine/change/moves';
import { UpgradeGuardProperties } from '../engine/change/resource-properties';
import { UpgradeIntent } from '../engine/change/upgrade-intent';
import { addOnReplacement } from '../engine/judgement/checks/add-on-replacement';
import { clusterReplacement } from '../engine/judgement/checks/cluster-replacement';
import { nodeGroupReplacement } from '../engine/judgement/checks/node-group-replacement';
import { rollbackInsights } from '../engine/judgement/checks/rollback-insights';
import { upgradeInsights } from '../engine/judgement/checks/upgrade-insights';
import { evaluate, Verdict } from '../engine/judgement/verdict';
import { describeAccepted, describeFinding, describeVerdict, renderReason } from '../engine/judgement/verdict-text';
import { unseenRolls } from '../engine/judgement/when/unseen-rolls';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { HOUR_MILLIS, MINUTE_MILLIS } from '../engine/kubernetes/millis';
import { refusal } from '../engine/messages/refusal';
import { ClusterState } from '../engine/state/cluster-state';
import { InsightState } from '../engine/state/insight-state';
import { Known, known, Unknown } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';
import { RegionCatalog } from '../engine/state/region-catalog';
import { StackState } from '../engine/state/stack-state';
import { unreadCluster } from '../engine/state/unread-cluster';
import { AwsCallError, unlessMissing } from '../live/aws-call-error';
import { AwsClients, clientsOf } from '../live/aws-clients';
import { AwsConnection } from '../live/aws-connection';
import { StackDeployment } from '../live/cloudformation/stack-deployment';
import { ReadCluster, readBesideCluster, readClusterWithParts } from '../live/cluster-state';
import { Patience } from '../live/poll';
import { readRegionCatalog } from '../live/region-catalog';
import { SignalSources } from '../live/signals';
import { physicalIdOf, regionOf } from '../live/stack';
import { awaitOngoingUpdates } from '../live/updates';

/** Leaves room in the answer for its other members, and for characters of several bytes. */
const REASON_LENGTH = 2000;

const SECOND_MILLIS = 1_000; // the finest that EKS may tell of a time
const POLL_MILLIS = 15_000;
const REFRESH_MILLIS = 10 * MINUTE_MILLIS;

/** Within this time of EKS's last look, nobody has mended what blocks and deployed again. */
const JUST_NOW_MILLIS = 2 * MINUTE_MILLIS;

/**
 * How long to read what runs in the cluster: thousands of pods are read in seconds, and what is not reached does not hold up the
 * deployment.
 */
const WORKLOADS_MILLIS = MINUTE_MILLIS;

/** What reading and judging a cluster take at most, after all waiting. */
const JUDGING_MILLIS = 2 * MINUTE_MILLIS;

/**
 * Judges what a deployment is about to do, unless it changes nothing that is judged, or creates the cluster.
 *
 * @throws if the change is refused, with the first findings in the message, or if the cluster cannot be read
 */
export async function judge(
  event: CustomResourceEvent<UpgradeGuardProperties>, deployment: StackDeployment, connection: AwsConnection, scope: RequestScope,
): Promise<ResourceData> {
  const stack = new GuardedStack(event, deployment);
  scope.log({ message: `what the deployment changes is told by ${stack.source}` });
  if (stack.isToldByChangeSet && !concernsChecks(intentOf(stack.cluster, stack.clusterName ?? '', stack.stacks(), EMPTY_CATALOG))) {
    return letThrough('nothing changes that needs a look at the cluster', scope);
  }
  if (deployment.stack.known && deployment.stack.value.status === 'UPDATE_IN_PROGRESS') {
    if (stack.unread) throw refusal(says.stackUnread({ why: stack.unread.why }));
    if (stack.untold) throw refusal(says.templateUnread({ why: stack.untold.why }));
  }
  const name = clusterNameOf(event, stack, scope);
  if (name === undefined) return {};
  return new Judgement(name, stack, deployment.stack, event, clientsOf(connection), scope).judge();
}

/**
 * The name of the cluster; undefined where the stack has none that could be guarded.
 *
 * @throws if it cannot be found, and is to be upgraded
 */
function clusterNameOf(
  event: CustomResourceEvent<UpgradeGuardProperties>, { clusterName, unread }: GuardedStack, scope: RequestScope,
): string | undefined {
  if (clusterName !== undefined) return clusterName;
  if (unread && raisesVersion(event)) throw refusal(says.clusterNotFound({ why: unread.why }));
  letThrough(
    unread ? `the cluster cannot be found, and its version is not raised: ${unread.why}` : 'the stack does not have its cluster yet', scope,
  );
  return undefined;
}

/** The judgement of what a deployment does to a cluster. */
class Judgement {
  private readonly properties: UpgradeGuardProperties;

  constructor(
    /** The name of the cluster. */
    private readonly name: string,
    private readonly stack: GuardedStack,
    private readonly stackState: Known<StackState>,
    private readonly event: CustomResourceEvent<UpgradeGuardProperties>,
    private readonly aws: AwsClients,
    private readonly scope: RequestScope,
  ) {
    this.properties = event.ResourceProperties;
  }

  /**
   * Reads in as few round trips as there can be: first what everything else depends on, then, once nothing is to be waited for, all
   * the rest at once.
   *
   * @throws if the change is refused, or the cluster cannot be read
   */
  public async judge(): Promise<ResourceData> {
    const { stack, properties, scope } = this;
    const found = await unlessMissing(async () => this.read()).catch((error) => deniedWith(error));
    if (found instanceof AwsCallError) return this.judgeUnread(found);
    if (!found) return this.passMissing();
    // a change set tells all that moves; without one, what is live has to
    if (!stack.isToldByChangeSet && this.needsNoJudgement(this.intentIn(found.state), found.state)) return {};

    const when = await readSchedule(properties, () => stack.rollOrder, async (logicalId) => this.physicalIdOf(logicalId));
    const settled = await this.afterOngoingUpdates(found);
    const oldestLook = new Date(scope.now().getTime() - Number(properties.MaxInsightAgeMinutes) * MINUTE_MILLIS);
    const { cluster, staleInsights } = await this.withFreshInsights(settled, oldestLook);

    const intent = this.intentIn(cluster.state);
    const { state, catalog } = await this.readRest(cluster, intent, when.signals);
    return this.conclude(evaluate(
      staleInsights ? { ...state, insights: staleInsights } : state,
      catalog,
      intent,
      {
        ignore: properties.Ignore,
        maxInsightAgeHours: (Date.parse(state.observedAt) - oldestLook.getTime() + SECOND_MILLIS) / HOUR_MILLIS,
        schedule: when.schedule,
      },
    ));
  }

  private async read(): Promise<ReadCluster> {
    const { stack, scope } = this;
    const isOfStack = ({ launchTemplate }: NodeGroupState) => launchTemplate !== undefined && stack.holds(launchTemplate.id);
    return readClusterWithParts(this.aws, this.name, {
      now: scope.now(), launchTemplatesOf: stack.isToldByChangeSet ? undefined : isOfStack,
    });
  }

  private intentIn(state: ClusterState): UpgradeIntent {
    const { stack, stackState } = this;
    return {
      ...intentOf(stack.cluster, this.name, stack.stacks(state), EMPTY_CATALOG), isExpress: stackState.known && stackState.value.isExpress,
    };
  }

  /**
   * Judges the replacement of a cluster that may not be read: with another `clusterName`, CloudFormation gives the guard the permissions
   * for the new cluster before it runs, and takes those for the live one.
   *
   * @throws if the replacement is refused, and the denial where the cluster is not replaced
   */
  private judgeUnread(denied: AwsCallError): ResourceData {
    const { name, stack, scope, event: { OldResourceProperties: before, StackId } } = this;
    const told = intentOf(stack.cluster, name, stack.stacks(), EMPTY_CATALOG);
    const version = readJudged(before?.Judged).version ?? told.previousVersion ?? told.version;
    if (version === undefined) throw denied;
    const state = unreadCluster({ name, version, stackId: StackId, now: scope.now(), why: denied.message });
    const intent = this.intentIn(state);
    if ((intent.replacedBy ?? []).length === 0) throw denied;

    scope.log({ message: `the cluster that would be replaced cannot be read, and is not looked at: ${denied.message}` });
    if (!stack.isToldByChangeSet && this.needsNoJudgement(intent, state)) return {};
    return this.conclude(evaluate(state, EMPTY_CATALOG, intent, { ignore: this.properties.Ignore, checks: [clusterReplacement] }));
  }

  /** @throws if the verdict refuses the change */
  private conclude(verdict: Verdict): ResourceData {
    logVerdict(verdict, this.scope);
    if (!verdict.passed) throw new AlreadyLoggedError(renderReason(verdict, REASON_LENGTH));
    return {};
  }

  /** Lets through what is about a cluster that is gone. @throws if one that is imported does not exist */
  private passMissing(): ResourceData {
    const { name, properties: { Imported }, event: { StackId } } = this;
    if (Imported !== 'true') return letThrough(`cluster ${name} does not exist any more`, this.scope);
    throw refusal(says.clusterMissing({ name, region: regionOf(StackId) }));
  }

  /** The stack has been listed; only where that failed, and the cluster may not be rolled at any time, it is asked. */
  private async physicalIdOf(logicalId: string): Promise<string | undefined> {
    const { stack, properties: { Schedule: told }, event: { StackId } } = this;
    return stack.unread && told ? physicalIdOf(this.aws.cloudFormation, StackId, logicalId) : stack.physicalIdOf(logicalId);
  }

  /** The cluster once its updates have ended, if they are to be waited for. Where they could not be read, the wait tells why. */
  private async afterOngoingUpdates(cluster: ReadCluster): Promise<ReadCluster> {
    const { updatesInProgress: updates } = cluster.state;
    const waitMillis = Number(this.properties.WaitForOngoingUpdateSeconds) * SECOND_MILLIS;
    if (waitMillis === 0 || updates.known && updates.value.length === 0) return cluster;
    await awaitOngoingUpdates(this.aws.eks, this.name, patience(waitMillis, this.scope));
    return this.read();
  }

  /**
   * The cluster after EKS has looked anew, where a version is to change and its insights are too old for that, or one refuses it. Where
   * EKS cannot look at what refuses, what it has found out within the time that the app gives it counts.
   */
  private async withFreshInsights(
    cluster: ReadCluster, oldest: Date,
  ): Promise<{ readonly cluster: ReadCluster; readonly staleInsights?: Unknown }> {
    const { state, state: { insights } } = cluster;
    const intent = this.intentIn(state);
    const { direction } = controlPlaneMoveOf(state, intent);
    const category = direction === 'up' ? 'UPGRADE_READINESS' : 'ROLLBACK_READINESS';
    const now = this.scope.now();
    if (direction === 'none') return { cluster };
    const isStale = areStale({ insights, category, oldest });
    const mendable = insightsThatMayBeMended({ insights, category, oldest: new Date(now.getTime() - JUST_NOW_MILLIS) });
    const isToLookAgain = await this.isRefusedBy(mendable, state, intent);
    if (!isStale && !isToLookAgain) return { cluster };
    const since = isToLookAgain ? now : oldest;
    const unrefreshed = await refreshStaleInsights({
      clusterName: this.name, category, insights, oldest: since, patience: patience(REFRESH_MILLIS, this.scope),
    }, this.aws, this.scope);
    return { cluster: await this.read(), staleInsights: isStale ? unrefreshed : undefined };
  }

  /** Whether some insights alone refuse the change: not those that are accepted, nor those that the deployment itself cures. */
  private async isRefusedBy(insights: readonly InsightState[], state: ClusterState, intent: UpgradeIntent): Promise<boolean> {
    const { Mode: mode, Ignore: ignore } = this.properties;
    if (mode === 'warn' || insights.length === 0) return false;
    const { current, target } = controlPlaneMoveOf(state, intent);
    const addOns = insights.flatMap(({ detail }) => detail.known ? detail.value.addOns ?? [] : []).map(({ name }) => name);
    const catalog = addOns.length === 0 ? EMPTY_CATALOG : await readRegionCatalog(
      this.aws, { kubernetesVersions: [`${current}`, `${target}`], addOns: [...new Set(addOns)], amiTypes: [] },
    );
    return !evaluate({ ...state, insights: known(insights) }, catalog, intent, { ignore, checks: INSIGHT_CHECKS }).passed;
  }

  /**
   * Reads what the checks want to know beside the cluster and its parts. What workloads tell of add-ons that run by themselves is
   * asked for, too.
   */
  private async readRest(
    cluster: ReadCluster, intent: UpgradeIntent, signals: SignalSources,
  ): Promise<{ readonly state: ClusterState; readonly catalog: RegionCatalog }> {
    const { aws } = this;
    const roomFor = ({ name }: NodeGroupState) => isChanged(name, intent);
    const workloads = this.properties.Workloads === 'true' ? { patienceMillis: WORKLOADS_MILLIS } : undefined;
    const readBeside = async () => readBesideCluster(aws, cluster, { signals, workloads, roomFor });
    const readCatalog = async (state: ClusterState) =>
      readRegionCatalog(aws, catalogNeedsOf(state, intent), (catalog) => configuredAddOnsOf(state, catalog, intent));
    if (workloads) {
      const state = await readBeside();
      return { state, catalog: await readCatalog(state) };
    }
    const [state, catalog] = await Promise.all([readBeside(), readCatalog(cluster.state)]);
    return { state, catalog };
  }

  /**
   * Whether nothing is wanted of a cluster but what is live, or nothing is known to move forward in what may be a rollback.
   *
   * @throws if something moves forward in what may be a rollback, or would be replaced
   */
  private needsNoJudgement(intent: UpgradeIntent, live: ClusterState): boolean {
    const { stackState, scope } = this;
    if (!concernsChecks(intent, live) && !isUnread(intent, live) && unseenRolls(live).length === 0) {
      letThrough('the template matches what the cluster runs', scope);
      return true;
    }
    if (stackState.known) return false;
    if (movesForward(intent, live) || replacesAnew(intent, live, this.event)) {
      throw refusal(says.rollbackUnknown({ why: stackState.why }));
    }
    letThrough(`nothing is known to move forward; whether the stack is rolling back is not known: ${stackState.why}`, scope);
    return true;
  }
}

/** @throws any error but that the cluster may not be read */
function deniedWith(error: unknown): AwsCallError {
  if (error instanceof AwsCallError && error.isAccessDenied) return error;
  throw error;
}

const INSIGHT_CHECKS = [upgradeInsights, rollbackInsights];
const REPLACEMENT_CHECKS = [clusterReplacement, nodeGroupReplacement, addOnReplacement];

/**
 * Whether something would be replaced that cannot be the rollback of a replacement: only one that was accepted, or only warned of, has
 * come about. In a rollback, CloudFormation calls the properties the old ones that it had just sent.
 */
function replacesAnew(
  intent: UpgradeIntent, live: ClusterState,
  { ResourceProperties: now, OldResourceProperties: before }: CustomResourceEvent<UpgradeGuardProperties>,
): boolean {
  const told = before ? [now, before] : [now];
  const ignore = told.flatMap((properties) => properties.Ignore ?? []);
  return !told.some(({ Mode }) => Mode === 'warn') && !evaluate(live, EMPTY_CATALOG, intent, { ignore, checks: REPLACEMENT_CHECKS }).passed;
}

const EMPTY_CATALOG: RegionCatalog = { offeredVersions: known([]), addOnOffers: {}, amiOffers: {} };

/** Only what the deployment changes is named. */
function isChanged(nodeGroup: string, { nodeGroups }: UpgradeIntent): boolean {
  const wanted = nodeGroups?.[nodeGroup];
  return wanted !== undefined && !wanted.removed;
}

/** Whether the app wants a higher Kubernetes minor than before: what no rollback of a stack does. */
function raisesVersion({ ResourceProperties: now, OldResourceProperties: before }: CustomResourceEvent<UpgradeGuardProperties>): boolean {
  const [wanted, old] = [now, before].map((properties) => readJudged(properties?.Judged).version);
  return wanted !== undefined && old !== undefined && KubernetesMinor.parse(wanted).isNewerThan(KubernetesMinor.parse(old));
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
