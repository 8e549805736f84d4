import { byConstruct, ConstructNames, constructNamesOf } from '../../engine/change/construct-names';
import { scheduleOf } from '../../engine/change/roll-order';
import { UpgradeIntent } from '../../engine/change/upgrade-intent';
import { Minutes } from '../../engine/eks/minutes';
import { Finding } from '../../engine/judgement/finding';
import { evaluate } from '../../engine/judgement/verdict';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { sumOf, TimedStep, timesOf, totalOf } from '../../engine/plan/plan-times';
import { stateAfter } from '../../engine/plan/steps-taken';
import { planUpgrade, UpgradeHop } from '../../engine/plan/upgrade-plan';
import { Waves } from '../../engine/plan/waves';
import { ClusterState } from '../../engine/state/cluster-state';
import { extendedSupportUsdInYear } from '../../engine/state/support-standing';
import { openWayBack } from '../../engine/state/version-history';
import { CommandCluster } from '../clusters/live-clusters';

/** The way of a cluster. Plain data: the JSON of `plan` holds it as it is. */
export type ClusterPlan = PlannedCluster & (
  | PlannedWay
  | { readonly unreadable: string }
  | { readonly toBeCreated: true }
  | { readonly noWay: string }
);

/** Which cluster it is. */
export interface PlannedCluster {
  readonly name: string;
  /** The construct path; the name of a cluster that is not in an app. */
  readonly path: string;
  readonly account?: string;
  readonly region?: string;
}

/** Deployment by deployment. */
export interface PlannedWay {
  readonly from: string;
  readonly to: string;
  readonly deployments: readonly PlannedDeployment[];
  readonly minutes: Minutes;
  /** What cannot be answered. */
  readonly open: readonly string[];
  /** How much less extended support costs in the next year, in USD; absent where EKS does not tell, or upgrades the cluster by itself. */
  readonly savedUsdInYear?: number;
}

/** One deployment of the app. */
export interface PlannedDeployment {
  readonly from: string;
  readonly to: string;
  readonly steps: readonly TimedStep[];
  readonly minutes: Minutes;
  /** Whether nothing stops it. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  /** Why the cluster should not be left as the deployment leaves it; empty where it is safe to stop. */
  readonly unsafeToStop: readonly string[];
  /** The version to which EKS takes the control plane back afterwards, within 7 days; absent where there is no way back. */
  readonly wayBackTo?: string;
  /** The version to which the way back closes with this deployment. */
  readonly closesWayBackTo?: string;
}

/** Plans the way of a cluster to what the app wants of it, or to a version. */
export function planOf({ declaration, name, read, toBeCreated }: CommandCluster, to: string | undefined): ClusterPlan {
  const { path, account, region } = declaration;
  const cluster = { name, path, account, region };
  if (toBeCreated) return { ...cluster, toBeCreated };
  if (!read.known) return { ...cluster, unreadable: read.why };
  try {
    return { ...cluster, ...wayOf(read.value, to) };
  } catch (error) {
    return { ...cluster, noWay: (error as Error).message };
  }
}

function wayOf({ declaration, state, catalog, deployed, intent }: WantedCluster, to: string | undefined): PlannedWay {
  const wanted: UpgradeIntent = to === undefined ? intent : { version: to, supportType: intent.supportType };
  const { hops, open } = planUpgrade(state, catalog, wanted, { ignore: declaration.guard.ignore, schedule: scheduleOf(declaration, deployed) });
  const target = wanted.version ?? state.version;
  const waves = new Waves(declaration, deployed);
  const names = constructNamesOf(intent);
  let before = state;
  const deployments = hops.map((hop, index) => {
    const deployment = deploymentOf(hop, hops[index - 1], { declaration, state: before, catalog, waves, names });
    before = stateAfter(before, hop.steps);
    return deployment;
  });
  return {
    from: state.version,
    to: target,
    deployments,
    minutes: sumOf(deployments.map(({ minutes }) => minutes)),
    open: open.map((question) => byConstruct(question, names)),
    savedUsdInYear: savedBy(state, target, catalog),
  };
}

type Before = Pick<WantedCluster, 'declaration' | 'state' | 'catalog'> & { readonly waves: Waves; readonly names: ConstructNames };

function deploymentOf(hop: UpgradeHop, previous: UpgradeHop | undefined, { declaration, state, catalog, waves, names }: Before): PlannedDeployment {
  const { from, to, steps, verdict } = hop;
  const timed = timesOf(steps, { state, waves, isNext: previous === undefined });
  const after = stateAfter(state, steps);
  const left = evaluate(after, catalog, {}, { ignore: declaration.guard.ignore, isAhead: true });
  const isUp = KubernetesMinor.parse(to).isNewerThan(KubernetesMinor.parse(from));
  return {
    from,
    to,
    steps: timed.map((step) => withConstruct(step, names)),
    minutes: totalOf(timed),
    passed: verdict.passed,
    findings: verdict.findings,
    unsafeToStop: left.findings.filter(({ severity }) => severity === 'error').map(({ message }) => byConstruct(message, names)),
    wayBackTo: isUp ? from : undefined,
    closesWayBackTo: isUp ? openWayBack(state) : undefined,
  };
}

function withConstruct(timed: TimedStep, names: ConstructNames): TimedStep {
  const { step } = timed;
  if (step.kind === 'control-plane' || step.kind === 'add-on' || step.name === undefined) return timed;
  const constructPath = names.get(step.name);
  return constructPath === undefined ? timed : { ...timed, step: { ...step, constructPath } };
}

function savedBy({ version, observedAt, supportType }: ClusterState, target: string, catalog: WantedCluster['catalog']): number | undefined {
  const [stays, moves] = [version, target].map((candidate) => extendedSupportUsdInYear(candidate, observedAt, catalog));
  return stays === undefined || moves === undefined || (supportType.known && supportType.value === 'STANDARD') ? undefined : stays - moves;
}
