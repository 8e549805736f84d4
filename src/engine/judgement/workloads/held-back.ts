import { heldPods } from './rehearsal';
import { settled } from './settled';
import { budgetInWords } from './workload-words';
import { UpdateFailure } from '../../state/node-room';
import { BudgetState } from '../../state/workloads/budget-state';
import { PodState, workloadNamesOf } from '../../state/workloads/pod-state';
import { WorkloadState } from '../../state/workloads/workload-state';

/** The code by which EKS says that pods of a node could not be evicted. */
export const POD_EVICTION_FAILURE = 'PodEvictionFailure';

/** A pod that stands in the way of a drain, and what holds it. */
export interface HeldBack {
  readonly pod: PodState;
  /** What its workload is called by. */
  readonly workload: string;
  readonly budgets: readonly BudgetState[];
}

/**
 * What holds an update that failed at evicting pods, as far as it still does: of the nodes or pods that EKS names, which are
 * nodes as a rule, else of the whole node group.
 *
 * @see https://github.com/kubernetes-sigs/cluster-api-provider-aws/issues/5455 what EKS names
 */
export function heldBack(nodeGroup: string, { resourceIds }: Pick<UpdateFailure, 'resourceIds'>, workloads: WorkloadState): HeldBack[] {
  const drained = new Set(workloads.nodes.filter((node) => node.nodeGroup === nodeGroup).map(({ name }) => name));
  const held = new Map([...heldPods(settled(workloads), drained), ...heldPods(workloads, drained)]
    .flatMap(({ pods, budgets }) => pods.map((pod) => [`${pod.namespace}/${pod.name}`, { pod, budgets }] as const)));
  const all = [...held].map(([name, found]) => ({ name, ...found }));
  const named = all.filter(({ name, pod }) => [name, pod.name, pod.node].some((id) => id !== undefined && resourceIds.includes(id)));
  const nameOf = workloadNamesOf(workloads.pods);
  return (named.length > 0 ? named : all).map(({ pod, budgets }) => ({ pod, workload: nameOf(pod), budgets }));
}

/** Such as `shop/web-1 on ip-10-0-1-2.ec2.internal is held by PodDisruptionBudget web (minAvailable 2)`. */
export function heldInWords({ pod: { namespace, name, node }, budgets }: HeldBack): string {
  const by = budgets.map(budgetInWords).join(' and ');
  return `${namespace}/${name} on ${node} is held by ${by}${budgets.length > 1 ? ', which select the same pod' : ''}`;
}

/** The workloads whose pods are held, each once. */
export function heldWorkloads(held: readonly HeldBack[]): string[] {
  return [...new Set(held.map(({ workload }) => workload))].sort();
}
