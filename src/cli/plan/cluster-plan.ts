import { byConstruct, ConstructNames, constructNamesOf } from '../../engine/change/construct-names';
import { UpgradeIntent } from '../../engine/change/upgrade-intent';
import { Minutes } from '../../engine/eks/minutes';
import { wayBack } from '../../engine/judgement/checks/way-back';
import { Finding } from '../../engine/judgement/finding';
import { evaluate } from '../../engine/judgement/verdict';
import { guardOptionsOf, WantedCluster, wantedCluster } from '../../engine/judgement/wanted-cluster';
import { BeforeWayBack, beforeWayBackIn } from '../../engine/judgement/way-back-words';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { sentence } from '../../engine/messages/sentence';
import { AppEdit, appEditsOf } from '../../engine/plan/app-edits';
import { intentBeyondStep, intentWithVersion } from '../../engine/plan/app-on-the-way';
import { JudgedDeployment, nextOfApp } from '../../engine/plan/deployment';
import { leavesOpen } from '../../engine/plan/messages';
import { areOfOthers, isExternal } from '../../engine/plan/plan-step';
import { sumOf, TimedStep, timesOf, totalOf } from '../../engine/plan/plan-times';
import { stateAfter, stateWithoutRemoved } from '../../engine/plan/steps-taken';
import { planUpgrade } from '../../engine/plan/upgrade-plan';
import { Waves } from '../../engine/plan/waves';
import { ClusterState, regionOfCluster } from '../../engine/state/cluster-state';
import { extendedSupportUsdInYear } from '../../engine/state/support-standing';
import { openWayBack } from '../../engine/state/version-history';
import { describeGap, gapIn, gapsBeside, gapsInParts, gapsOnTheWay, tells } from '../clusters/cluster-gaps';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';

/** The way of a cluster. Plain data: the JSON of `plan` holds it as it is. */
export type ClusterPlan = ClusterPlace & (
  | PlannedWay
  | { readonly unreadable: string }
  | { readonly toBeCreated: true }
  | { readonly noWay: string }
);

/** Deployment by deployment. */
export interface PlannedWay {
  readonly from: string;
  readonly to: string;
  readonly deployments: readonly PlannedDeployment[];
  readonly minutes: Minutes;
  /** What cannot be answered. */
  readonly open: readonly string[];
  /** What could not be read of what the way is worked out from, with the reason. */
  readonly gaps: readonly string[];
  /** The way with the node groups held, or not held; absent where it is the same. */
  readonly otherWay?: OtherWay;
  /** How much less extended support costs in the next year, in USD; absent where EKS does not tell, AWS has other prices, or upgrades the cluster by itself. */
  readonly savedUsdInYear?: number;
}

/** How the cluster can go as well. */
export interface OtherWay {
  /** Whether that is the way of `--hold-nodes`. */
  readonly holdNodes: boolean;
  /** How often a node group is rolled, or replaced. */
  readonly rolls: number;
  readonly minutes: Minutes;
}

/** One deployment of the app, or what others are to move before or after one. */
export interface PlannedDeployment {
  readonly from: string;
  readonly to: string;
  /** What to write into the app before it; absent of a cluster in no app, of one that follows an upgrade path, and of what others move. */
  readonly edits?: readonly AppEdit[];
  readonly steps: readonly TimedStep[];
  readonly minutes: Minutes;
  /** Whether nothing stops it. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  /** Why the cluster should not be left as the deployment leaves it; empty where it is safe to stop. */
  readonly unsafeToStop: readonly string[];
  /** The version to which EKS rolls the control plane back afterwards, within 7 days; absent where there is no way back. */
  readonly wayBackTo?: string;
  /** What has to go back before it; absent where there is no way back. */
  readonly beforeWayBack?: BeforeWayBack;
  /** The version to which the way back closes with this deployment. */
  readonly closesWayBackTo?: string;
}

/** How to go. */
export interface WayOptions {
  /** The version to go to. @default - what the app wants */
  readonly to?: string;
  /** Whether to hold the nodes until the control plane has arrived. */
  readonly holdNodes: boolean;
  /** Whether the app is to follow the way by a file, without an edit. @default - as it declares */
  readonly isFollowed?: boolean;
}

/** Plans the way of a cluster to what the app wants of it, or to a version. */
export function planOf(command: CommandCluster, options: WayOptions): ClusterPlan {
  const { declaration, read, toBeCreated } = command;
  const cluster = placeOf(command);
  if (toBeCreated) return { ...cluster, toBeCreated };
  if (!read.known) return { ...cluster, unreadable: read.why };
  try {
    const wanted = wantedCluster({ ...read.value, declaration });
    const [way, other] = [options.holdNodes, !options.holdNodes].map((holdNodes) => wayOf(wanted, { ...options, holdNodes }));
    const otherWay: OtherWay = { holdNodes: !options.holdNodes, rolls: rollsOf(other), minutes: other.minutes };
    return { ...cluster, ...way, ...rollsOf(way) !== otherWay.rolls && { otherWay } };
  } catch (error) {
    return { ...cluster, noWay: (error as Error).message };
  }
}

/** Whether it is none of the app: others move all that moves in it. */
export function isOfOthers({ steps }: Pick<PlannedDeployment, 'steps'>): boolean {
  return areOfOthers(steps.map(({ step }) => step));
}

/** How often a node group is rolled, or replaced. */
export function rollsOf({ deployments }: Pick<PlannedWay, 'deployments'>): number {
  return deployments.flatMap(({ steps }) => steps).filter(({ step }) => step.kind.startsWith('node-group') && !isExternal(step)).length;
}

function wayOf(cluster: WantedCluster, { to, holdNodes, isFollowed }: WayOptions): PlannedWay {
  const { declaration, state, catalog, deployed } = cluster;
  const intent = to === undefined ? cluster.intent : intentBeyondStep(cluster.intent, declaration, deployed);
  const isAsWritten = to === undefined || (to === intent.version && intent.isMovedElsewhere !== true);
  const wanted = isAsWritten ? intent : intentWithVersion(intent, declaration, to);
  const isInNoApp = declaration.stackName === '';
  const options = { ...guardOptionsOf(cluster), appVersion: intent.version, holdNodes, isOfApp: !isInNoApp };
  const { deployments: judged, open } = planUpgrade(state, catalog, wanted, options);
  const waves = new Waves(declaration, deployed);
  const names = constructNamesOf(intent);
  const edits = isInNoApp || isFollowed || declaration.upgradePath ? undefined : appEditsOf(cluster, judged);
  const next = nextOfApp(judged);
  let before = state;
  const deployments = judged.map((deployment, index) => {
    const [after, left] = [deployment.steps, deployment.steps.filter((step) => !isExternal(step))].map(
      (steps) => index < next ? stateAfter(before, steps) : stateWithoutRemoved(stateAfter(before, steps), intent),
    );
    const planned = plannedDeployment(deployment, { declaration, state: before, left, catalog, waves, names, isNext: index === next });
    before = after;
    return edits && !areOfOthers(deployment.steps) ? { ...planned, edits: edits[index] } : planned;
  });
  const target = judged.at(-1)!.to;
  const unread = [...gapIn('the insights', state.insights), ...gapsOnTheWay(cluster, judged)];
  const gaps = gapsBeside(judged.map(({ verdict }) => verdict), unread);
  const questions = [...unsentOf(cluster, judged[next], wanted.version), ...open];
  const untold = gaps.filter((gap) => !questions.some((question) => tells(question, gap)));
  return {
    from: state.version,
    to: target,
    deployments,
    minutes: sumOf(deployments.map(({ minutes }) => minutes)),
    open: [...questions, ...untold.map(describeGap)].map((question) => byConstruct(question, names)),
    gaps: gaps.map((gap) => byConstruct(describeGap(gap), names)),
    savedUsdInYear: savedBy(state, target, catalog),
  };
}

/** CloudFormation sends what differs from the deployed template only, whatever the cluster runs, and others may have gone beyond the app. */
function unsentOf({ state, intent }: WantedCluster, first: JudgedDeployment, wanted: string | undefined): string[] {
  const { name, version } = state;
  const { previousVersion, isMovedElsewhere } = intent;
  if (isLeftBehind(state, wanted, intent)) return [sentence(leavesOpen.versionBehind({ live: version, named: wanted! }))];
  if (isMovedElsewhere || previousVersion === undefined || previousVersion === version) return [];
  const [live, deployed] = [version, previousVersion].map((minor) => KubernetesMinor.parse(minor));
  const isBehind = wanted === previousVersion && deployed.isNewerThan(live);
  const isMoved = first.from !== first.to && first.to === previousVersion;
  if (!isBehind && !isMoved) return [];
  const next = deployed.isNewerThan(live) ? live.plus(1) : deployed;
  const further = next.equals(deployed) ? undefined : deployed;
  return [sentence(leavesOpen.versionNotSent({ cluster: name, deployed, live, next, further, region: regionOfCluster(state) }))];
}

/** Whether others have taken the cluster beyond what the app names, which a deployment of it leaves so. */
function isLeftBehind(
  { version: live }: ClusterState, wanted: string | undefined, { previousVersion, isMovedElsewhere }: UpgradeIntent,
): boolean {
  return wanted !== undefined && (isMovedElsewhere === true || wanted === previousVersion)
    && KubernetesMinor.parse(wanted).isOlderThan(KubernetesMinor.parse(live));
}

interface Before extends Pick<WantedCluster, 'declaration' | 'state' | 'catalog'> {
  /** What it leaves behind, before others have moved what is theirs. */
  readonly left: ClusterState;
  readonly waves: Waves;
  readonly names: ConstructNames;
  /** Whether it is the next deployment of the app. */
  readonly isNext: boolean;
}

function plannedDeployment(
  { from, to, steps, verdict }: JudgedDeployment, { declaration, state, left, catalog, waves, names, isNext }: Before,
): PlannedDeployment {
  const timed = timesOf(steps, { state, waves, isNext });
  const { findings: remaining } = evaluate(left, catalog, {}, { ignore: declaration.guard.ignore, isAhead: true });
  const isUp = KubernetesMinor.parse(to).isNewerThan(KubernetesMinor.parse(from));
  const isOneWay = verdict.findings.some(({ check, severity, about }) =>
    check === wayBack.id && severity !== 'info' && about.kind === 'cluster');
  const before = beforeWayBackIn([...verdict.findings, ...verdict.accepted]);
  const replaced = steps.flatMap((step) => step.kind === 'node-group-replacement' && !isExternal(step) ? [step.name] : []);
  const created = [...new Set([...before.created, ...replaced.filter((name) => !before.after.includes(name))])];
  return {
    from,
    to,
    steps: timed.map((step) => withConstruct(step, names)),
    minutes: totalOf(timed),
    passed: verdict.passed,
    findings: verdict.findings,
    unsafeToStop: [
      ...gapsInParts(left).map(describeGap), ...remaining.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ].map((reason) => byConstruct(reason, names)),
    ...isUp && !isOneWay && {
      wayBackTo: from,
      beforeWayBack: {
        after: before.after.map((name) => byConstruct(name, names)), created: created.map((name) => byConstruct(name, names)),
      },
    },
    closesWayBackTo: isUp ? openWayBack(state) : undefined,
  };
}

function withConstruct(timed: TimedStep, names: ConstructNames): TimedStep {
  const { step } = timed;
  if (step.kind === 'control-plane' || step.kind === 'add-on' || step.name === undefined) return timed;
  const constructPath = names.get(step.name);
  return constructPath === undefined ? timed : { ...timed, step: { ...step, constructPath } };
}

function savedBy(
  { arn, version, observedAt, supportType }: ClusterState, target: string, catalog: WantedCluster['catalog'],
): number | undefined {
  const [stays, moves] = [version, target].map((candidate) => extendedSupportUsdInYear(candidate, { arn, observedAt }, catalog));
  return stays === undefined || moves === undefined || (supportType.known && supportType.value === 'STANDARD') ? undefined : stays - moves;
}
