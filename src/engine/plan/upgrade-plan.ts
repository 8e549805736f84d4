import { AddOnMoves } from './add-on-moves';
import { Deployment, JudgedDeployment, nextOfApp } from './deployment';
import { intentOfLater, intentOfNext } from './intent-of-deployment';
import { says } from './messages';
import { NodeGroupMoves } from './node-group-moves';
import { ControlPlaneStep, NodeGroupStep, PlanStep } from './plan-step';
import { stateAfter, stateWithoutRemoved } from './steps-taken';
import { controlPlaneMoveOf } from '../change/change';
import { UpgradeIntent } from '../change/upgrade-intent';
import { inUpgradeOrder, isNeededByNodes, UpgradeStage } from '../eks/upgrade-order';
import { evaluate, EvaluateOptions } from '../judgement/verdict';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { upgradePath } from '../kubernetes/upgrade-path';
import { refusal } from '../messages/refusal';
import { ClusterState } from '../state/cluster-state';
import { RegionCatalog } from '../state/region-catalog';

/** The way of a cluster to a version. */
export interface UpgradePlan {
  /** One after the other, at least one. */
  readonly deployments: readonly JudgedDeployment[];
  /** What the plan cannot answer, because it is not known or because EKS offers nothing. */
  readonly open: readonly string[];
}

/**
 * Plans the way of a cluster to what is wanted of it, deployment by deployment, each in the order of {@link UPGRADE_ORDER}.
 *
 * Up, the control plane goes minor by minor. Tracked add-ons follow it as the deployment chooses their versions, others where
 * they must. Node groups follow it where they do so in the app; those that the app holds back, or that are in no app, only where
 * the kubelet skew would else be exceeded; those to which the app gives no version stay.
 * A changed launch template exchanges nodes in the next deployment of the app.
 * In the last deployment all of them catch up, but for those that are held back, and, where the app is behind a control plane that it
 * does not move, not beyond the app. An add-on that has no way
 * to a version for the next minor is moved before, on the minor that the control plane has. What is in no app comes last in its
 * deployment, which leaves it to others; what is only to be moved by others is no deployment of the app. Down, which is one minor only, nodes
 * and add-ons go first.
 *
 * @throws if the version is more than one minor below the cluster's
 */
export function planUpgrade(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent, options: PlanOptions = {}): UpgradePlan {
  const { appVersion, holdNodes = false, isOfApp = false, ...evaluation } = options;
  const { current, target } = controlPlaneMoveOf(state, intent);
  if (current.minorsAheadOf(target) > 1) {
    throw refusal(says.rollsBackOneMinor({ current, target, nearest: current.plus(-1) }));
  }
  const nodeGroups = new NodeGroupMoves(state, catalog, intent, new Date(state.observedAt), appVersion);
  const addOns = new AddOnMoves(state, catalog, intent, holdNodes);
  const movers = { nodeGroups, addOns, holdNodes, deploymentOf: deploymentMaker(intent, isOfApp) };
  const relaunches = nodeGroups.relaunches();
  const way = target.isOlderThan(current) ? wayDown(current, target, movers) : wayUp(upgradePath(current, target), movers);
  const deployments = judged(withRelaunches(way.flatMap(spread), relaunches, movers), { state, catalog, intent, appVersion }, evaluation);
  return { deployments, open: [...new Set([...nodeGroups.open, ...addOns.open])] };
}

/** How to go, and how strictly to judge it. */
export interface PlanOptions extends Omit<EvaluateOptions, 'isAhead' | 'isMovedBefore'> {
  /**
   * The minor in the app as it is written: node groups of that minor follow the control plane, those of another are held there.
   *
   * @default - the wanted one
   */
  readonly appVersion?: string;
  /**
   * Whether to hold all node groups until the control plane has arrived, as far as the kubelet skew allows it.
   *
   * @default false
   */
  readonly holdNodes?: boolean;
  /**
   * Whether an app makes the deployments: what it does not have, they leave to others.
   *
   * @default false
   */
  readonly isOfApp?: boolean;
}

/** Who moves what, and what makes a deployment of it. */
interface Movers {
  readonly nodeGroups: NodeGroupMoves;
  readonly addOns: AddOnMoves;
  readonly holdNodes: boolean;
  deploymentOf(from: KubernetesMinor, to: KubernetesMinor, steps: readonly PlanStep[]): Deployment;
}

function wayUp(path: readonly KubernetesMinor[], { nodeGroups, addOns, holdNodes, deploymentOf }: Movers): Deployment[] {
  const [start, ...climb] = path;
  return path.flatMap((to, index): Deployment[] => {
    const from = path[index - 1] ?? start;
    const next = path[index + 1];
    const hasMoved = index > 0;
    const arrival = hasMoved || !next
      ? [...hasMoved ? [controlPlaneStep(from, to)] : [], ...addOns.arriveAt(to, { hasMoved, isLast: !next })]
      : [];
    const rest = next
      ? [...addOns.prepareFor(next, to), ...hasMoved && !holdNodes ? nodeGroups.follow(to) : [], ...nodeGroups.catchUpBefore(next, to)]
      : nodeGroups.bringAllTo(to);
    // nothing may be to do before the first minor; where it is the only one, the plan says so
    return index === 0 && climb.length > 0 && rest.length === 0 ? [] : [deploymentOf(from, to, [...arrival, ...rest])];
  });
}

function wayDown(from: KubernetesMinor, to: KubernetesMinor, { nodeGroups, addOns, deploymentOf }: Movers): Deployment[] {
  const preparation = [...addOns.retreatBefore(to, from), ...nodeGroups.takeBackTo(to)];
  return [
    ...preparation.length > 0 ? [deploymentOf(from, from, preparation)] : [],
    deploymentOf(from, to, [controlPlaneStep(from, to), ...addOns.retreatAfter(to)]),
  ];
}

function deploymentMaker(intent: UpgradeIntent, isOfApp: boolean): Movers['deploymentOf'] {
  return (from, to, steps) => {
    const ordered = inUpgradeOrder(steps, (step) => stageOf(step, intent));
    const own = ordered.filter((step) => !isOfApp || isIn(intent, step));
    const others = ordered.filter((step) => !own.includes(step)).map((step) => ({ ...step, isExternal: true as const }));
    return { from: from.toString(), to: to.toString(), steps: [...own, ...others] };
  };
}

function isIn({ nodeGroups = {}, addOns = {} }: UpgradeIntent, step: PlanStep): boolean {
  if (step.kind === 'control-plane') return true;
  return (step.kind === 'add-on' ? addOns : nodeGroups)[step.name] !== undefined;
}

function stageOf(step: PlanStep, { addOns = {} }: UpgradeIntent): UpgradeStage {
  switch (step.kind) {
    case 'control-plane': return 'control plane';
    case 'add-on': return addOns[step.name]?.isNeededByNodes ?? isNeededByNodes(step.name) ? 'add-ons before nodes' : 'add-ons after nodes';
    default: return 'node groups';
  }
}

/** A deployment moves each add-on once: what goes on after that is for the deployments that follow. */
function spread({ from, to, steps }: Deployment): Deployment[] {
  const isFirst = (step: PlanStep, index: number) => step.kind !== 'add-on'
    || steps.findIndex((other) => other.kind === 'add-on' && other.name === step.name) === index;
  const rest = steps.filter((step, index) => !isFirst(step, index));
  return [{ from, to, steps: steps.filter(isFirst) }, ...rest.length > 0 ? spread({ from: to, to, steps: rest }) : []];
}

/** A launch template that changes does so with the next deployment of the app, and exchanges the nodes that this does not move. */
function withRelaunches(way: readonly Deployment[], relaunches: readonly NodeGroupStep[], { deploymentOf }: Movers): Deployment[] {
  const next = nextOfApp(way);
  return way.map((deployment, index) => {
    const { from, to, steps } = deployment;
    const isMoved = (name: string) => steps.some((step) => step.kind.startsWith('node-group') && 'name' in step && step.name === name);
    const alone = index === next ? relaunches.filter(({ name }) => !isMoved(name)) : [];
    return alone.length === 0 ? deployment : deploymentOf(KubernetesMinor.parse(from), KubernetesMinor.parse(to), [...steps, ...alone]);
  });
}

interface Start {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
  readonly appVersion?: string;
}

function judged(
  way: readonly Deployment[], { state: start, catalog, intent, appVersion }: Start, options: EvaluateOptions,
): JudgedDeployment[] {
  let state = start;
  const next = nextOfApp(way);
  return way.map((deployment, index) => {
    const wanted = index === next ? intentOfNext(deployment, state, intent, appVersion) : intentOfLater(deployment, state, intent);
    const isMovedBefore = index > 0 && deployment.from === start.version;
    const verdict = evaluate(state, catalog, wanted, { ...options, isAhead: index > next, isMovedBefore });
    const after = stateAfter(state, deployment.steps);
    state = index < next ? after : stateWithoutRemoved(after, intent);
    return { ...deployment, verdict };
  });
}

function controlPlaneStep(from: KubernetesMinor, to: KubernetesMinor): ControlPlaneStep {
  return { kind: 'control-plane', from: from.toString(), to: to.toString() };
}
