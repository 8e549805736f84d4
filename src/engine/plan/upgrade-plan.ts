import { AddOnMoves } from './add-on-moves';
import { intentOfLater, intentOfNext } from './hop-intent';
import { says } from './messages';
import { NodeGroupMoves } from './node-group-moves';
import { ControlPlaneStep, PlanStep } from './plan-step';
import { stateAfter } from './steps-taken';
import { controlPlaneMoveOf } from '../change/change';
import { UpgradeIntent } from '../change/upgrade-intent';
import { inUpgradeOrder, isNeededByNodes, UpgradeStage } from '../eks/upgrade-order';
import { evaluate, EvaluateOptions, Verdict } from '../judgement/verdict';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { upgradePath } from '../kubernetes/upgrade-path';
import { refusal } from '../messages/refusal';
import { ClusterState } from '../state/cluster-state';
import { RegionCatalog } from '../state/region-catalog';

/** The way of a cluster to a version. */
export interface UpgradePlan {
  /** One after the other, at least one. */
  readonly hops: readonly UpgradeHop[];
  /** What the plan cannot answer, because it is not known or because EKS offers nothing. */
  readonly open: readonly string[];
}

/** What one deployment does: it moves the control plane by a minor at most, and each add-on once. */
export interface UpgradeHop {
  /** The version of the control plane before. */
  readonly from: string;
  /** The version of the control plane after; the same when only nodes and add-ons move. */
  readonly to: string;
  readonly steps: readonly PlanStep[];
  /** What the checks say of the hop, on the state that the hops before it leave behind. */
  readonly verdict: Verdict;
}

/**
 * Plans the way of a cluster to what is wanted of it, hop by hop, each in the order of {@link UPGRADE_ORDER}.
 *
 * Up, the control plane goes minor by minor. Tracked add-ons follow it as the deployment chooses their versions, others where
 * they must. Node groups follow it where they do so in the app; those that the app holds back, or that are in no app, only where
 * the kubelet skew would else be exceeded.
 * In the last hop all of them catch up, but for those that are held back. An add-on that has no way
 * to a version for the next minor is moved before, on the minor that the control plane has. Down, which is one minor only, nodes
 * and add-ons go first.
 *
 * @throws if the version is more than one minor below the cluster's
 */
export function planUpgrade(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent, options: PlanOptions = {}): UpgradePlan {
  const { appVersion, holdNodes = false, ...evaluation } = options;
  const { current, target } = controlPlaneMoveOf(state, intent);
  if (current.minorsAheadOf(target) > 1) {
    throw refusal(says.rollsBackOneMinor({ current, target, nearest: current.plus(-1) }));
  }
  const nodeGroups = new NodeGroupMoves(state.nodeGroups, catalog, intent, new Date(state.observedAt), appVersion);
  const addOns = new AddOnMoves(state, catalog, intent, holdNodes);
  const movers = { nodeGroups, addOns, holdNodes, hopOf: hopMaker(intent) };
  const hops = target.isOlderThan(current) ? hopsDown(current, target, movers) : hopsUp(upgradePath(current, target), movers);
  return {
    hops: judged(hops.flatMap(spread), { state, catalog, intent }, evaluation), open: [...new Set([...nodeGroups.open, ...addOns.open])],
  };
}

/** How to go, and how strictly to judge it. */
export interface PlanOptions extends Omit<EvaluateOptions, 'isAhead'> {
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
}

type Hop = Omit<UpgradeHop, 'verdict'>;

/** Who moves what, and what makes a deployment of it. */
interface Movers {
  readonly nodeGroups: NodeGroupMoves;
  readonly addOns: AddOnMoves;
  readonly holdNodes: boolean;
  hopOf(from: KubernetesMinor, to: KubernetesMinor, steps: readonly PlanStep[]): Hop;
}

function hopsUp(path: readonly KubernetesMinor[], { nodeGroups, addOns, holdNodes, hopOf }: Movers): Hop[] {
  const [start, ...climb] = path;
  return path.flatMap((to, index): Hop[] => {
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
    return index === 0 && climb.length > 0 && rest.length === 0 ? [] : [hopOf(from, to, [...arrival, ...rest])];
  });
}

function hopsDown(from: KubernetesMinor, to: KubernetesMinor, { nodeGroups, addOns, hopOf }: Movers): Hop[] {
  const preparation = [...addOns.retreatBefore(to, from), ...nodeGroups.takeBackTo(to)];
  return [
    ...preparation.length > 0 ? [hopOf(from, from, preparation)] : [],
    hopOf(from, to, [controlPlaneStep(from, to), ...addOns.retreatAfter(to)]),
  ];
}

function hopMaker(intent: UpgradeIntent): Movers['hopOf'] {
  return (from, to, steps) => ({ from: from.toString(), to: to.toString(), steps: inUpgradeOrder(steps, (step) => stageOf(step, intent)) });
}

function stageOf(step: PlanStep, { addOns = {} }: UpgradeIntent): UpgradeStage {
  switch (step.kind) {
    case 'control-plane': return 'control plane';
    case 'add-on': return addOns[step.name]?.isNeededByNodes ?? isNeededByNodes(step.name) ? 'add-ons before nodes' : 'add-ons after nodes';
    default: return 'node groups';
  }
}

/** A deployment moves each add-on once: what goes on after that is for the deployments that follow. */
function spread(hop: Hop): Hop[] {
  const isFirst = (step: PlanStep, index: number) => step.kind !== 'add-on'
    || hop.steps.findIndex((other) => other.kind === 'add-on' && other.name === step.name) === index;
  const rest = hop.steps.filter((step, index) => !isFirst(step, index));
  return [{ ...hop, steps: hop.steps.filter(isFirst) }, ...rest.length > 0 ? spread({ from: hop.to, to: hop.to, steps: rest }) : []];
}

interface Start {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
}

function judged(hops: readonly Hop[], { state: start, catalog, intent }: Start, options: EvaluateOptions): UpgradeHop[] {
  let state = start;
  return hops.map((hop, index) => {
    const wanted = index === 0 ? intentOfNext(hop, state, intent) : intentOfLater(hop, state, intent);
    const verdict = evaluate(state, catalog, wanted, { ...options, isAhead: index > 0 });
    state = stateAfter(state, hop.steps);
    return { ...hop, verdict };
  });
}

function controlPlaneStep(from: KubernetesMinor, to: KubernetesMinor): ControlPlaneStep {
  return { kind: 'control-plane', from: from.toString(), to: to.toString() };
}
