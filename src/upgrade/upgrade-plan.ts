import { AddOnMoves } from './add-on-moves';
import { ClusterState } from './cluster-state';
import { NodeGroupMoves } from './node-group-moves';
import { ControlPlaneStep, PlanStep } from './plan-step';
import { RegionCatalog } from './region-catalog';
import { stateAfter } from './steps-taken';
import { UpgradeIntent } from './upgrade-intent';
import { upgradePath } from './upgrade-path';
import { evaluate, EvaluateOptions, Verdict } from './verdict';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** The way of a cluster to a version. */
export interface UpgradePlan {
  /** One after the other, at least one. */
  readonly hops: readonly UpgradeHop[];
  /** What the plan cannot answer, because it is not known or because EKS offers nothing. */
  readonly open: readonly string[];
}

/** What one deployment does: it moves the control plane by a minor at most. */
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
 * Plans the way of a cluster to a version, in the order that EKS recommends: control plane, add-ons, nodes.
 *
 * Up, the control plane goes minor by minor. Add-ons follow it where they must, and nodes only where the kubelet skew would else be exceeded;
 * at the end all of them catch up. Down, which is one minor only, nodes and add-ons go first.
 *
 * @throws if the version is more than one minor below the cluster's
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export function planUpgrade(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent, options: EvaluateOptions = {}): UpgradePlan {
  const [current, target] = [KubernetesMinor.parse(state.version), KubernetesMinor.parse(intent.version ?? state.version)];
  if (current.minorsAheadOf(target) > 1) {
    throw new Error(`EKS rolls back one minor at most, so there is no way from ${current} to ${target}: choose ${current.plus(-1)}`);
  }
  const [nodeGroups, addOns] = [new NodeGroupMoves(state.nodeGroups, catalog), new AddOnMoves(state.addOns, catalog)];
  const hops = target.isOlderThan(current)
    ? hopsDown(current, target, nodeGroups, addOns)
    : hopsUp(upgradePath(current, target), nodeGroups, addOns);
  return { hops: judged(hops, state, catalog, options), open: [...new Set([...nodeGroups.open, ...addOns.open])] };
}

type Hop = Omit<UpgradeHop, 'verdict'>;

function hopsUp(path: readonly KubernetesMinor[], nodeGroups: NodeGroupMoves, addOns: AddOnMoves): Hop[] {
  const target = path[path.length - 1];
  const climb = path.slice(1).flatMap((to, index): Hop[] => {
    const from = path[index];
    const catchUp = nodeGroups.catchUpBefore(to, from);
    return [
      ...catchUp.length > 0 ? [hopOf(from, from, catchUp)] : [],
      hopOf(from, to, [controlPlaneStep(from, to), ...addOns.follow(to)]),
    ];
  });
  const finish = [...addOns.bringUpTo(target), ...nodeGroups.bringAllTo(target)];
  const last = climb.pop() ?? hopOf(target, target, []);
  return [...climb, { ...last, steps: [...last.steps, ...finish] }];
}

function hopsDown(from: KubernetesMinor, to: KubernetesMinor, nodeGroups: NodeGroupMoves, addOns: AddOnMoves): Hop[] {
  const preparation = [...nodeGroups.takeBackTo(to), ...addOns.prepareFor(to, from)];
  return [
    ...preparation.length > 0 ? [hopOf(from, from, preparation)] : [],
    hopOf(from, to, [controlPlaneStep(from, to)]),
  ];
}

function hopOf(from: KubernetesMinor, to: KubernetesMinor, steps: readonly PlanStep[]): Hop {
  return { from: from.toString(), to: to.toString(), steps };
}

function judged(hops: readonly Hop[], start: ClusterState, catalog: RegionCatalog, options: EvaluateOptions): UpgradeHop[] {
  let state = start;
  return hops.map((hop) => {
    const verdict = evaluate(state, catalog, { version: hop.to }, options);
    state = stateAfter(state, hop.steps);
    return { ...hop, verdict };
  });
}

function controlPlaneStep(from: KubernetesMinor, to: KubernetesMinor): ControlPlaneStep {
  return { kind: 'control-plane', from: from.toString(), to: to.toString() };
}
