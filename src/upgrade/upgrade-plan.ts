import { AddOnMoves } from './add-on-moves';
import { ClusterState } from './cluster-state';
import { NodeGroupMoves } from './node-group-moves';
import { ControlPlaneStep, PlanStep } from './plan-step';
import { upgradePath } from './upgrade-path';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** The way of a cluster to a version. */
export interface UpgradePlan {
  readonly steps: readonly PlanStep[];
  /** What the plan cannot answer, because it is not known or because EKS offers nothing. */
  readonly open: readonly string[];
}

/**
 * Plans the way of a cluster to a version, in the order that EKS recommends: control plane, add-ons, nodes.
 *
 * Up, the control plane goes minor by minor. Add-ons follow it where they must, and nodes only where the kubelet skew would else be exceeded;
 * at the end all of them catch up. Down, which is one minor only, nodes and add-ons go first.
 * A plan says what is to be done and in which order; whether the first step may be done now, the checks say.
 *
 * @throws if the version is more than one minor below the cluster's
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export function planUpgrade(state: ClusterState, targetVersion: string): UpgradePlan {
  const [current, target] = [KubernetesMinor.parse(state.version), KubernetesMinor.parse(targetVersion)];
  if (current.minorsAheadOf(target) > 1) {
    throw new Error(`EKS rolls back one minor at most, so there is no way from ${current} to ${target}: choose ${current.plus(-1)}`);
  }
  const [nodeGroups, addOns] = [new NodeGroupMoves(state.nodeGroups), new AddOnMoves(state.addOns)];
  const steps = target.isOlderThan(current)
    ? stepsDown(current, target, nodeGroups, addOns)
    : stepsUp(upgradePath(current, target), nodeGroups, addOns);
  return { steps, open: [...new Set([...nodeGroups.open, ...addOns.open])] };
}

function stepsUp(path: readonly KubernetesMinor[], nodeGroups: NodeGroupMoves, addOns: AddOnMoves): PlanStep[] {
  const target = path[path.length - 1];
  const climb = path.slice(1).flatMap((to, index) => [
    ...nodeGroups.catchUpBefore(to, path[index]),
    controlPlaneStep(path[index], to),
    ...addOns.follow(to),
  ]);
  return [...climb, ...addOns.bringUpTo(target), ...nodeGroups.bringAllTo(target)];
}

function stepsDown(from: KubernetesMinor, to: KubernetesMinor, nodeGroups: NodeGroupMoves, addOns: AddOnMoves): PlanStep[] {
  return [...nodeGroups.takeBackTo(to), ...addOns.prepareFor(to, from), controlPlaneStep(from, to)];
}

function controlPlaneStep(from: KubernetesMinor, to: KubernetesMinor): ControlPlaneStep {
  return { kind: 'control-plane', from: from.toString(), to: to.toString() };
}
