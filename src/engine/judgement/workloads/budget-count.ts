import { BudgetState } from '../../state/workloads/budget-state';
import { isLeaving, PodState } from '../../state/workloads/pod-state';

/** What Kubernetes' disruption controller works out for a budget. */
export interface BudgetCount {
  /** How many pods there should be; undefined where the controller cannot tell, and so allows nothing. */
  readonly expected?: number;
  /** How many must be healthy. */
  readonly desired: number;
  /** How many are. */
  readonly healthy: number;
}

/** Owners that have no scale: a budget that needs to know how many pods there should be cannot be worked out for their pods. */
const OWNERS_WITHOUT_SCALE = ['DaemonSet', 'Job', 'Node'];

/**
 * Counts as the disruption controller does: a percentage, and `maxUnavailable`, are of the replicas that the owners of the pods want,
 * and rounded up; a `minAvailable` that is a number is one of pods, whoever owns them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controller/disruption/disruption.go `getExpectedPodCount`, `updatePdbStatus`
 */
export function countOf(budget: BudgetState, pods: readonly PodState[]): BudgetCount {
  const healthy = pods.filter(({ isReady, isTerminating }) => isReady && !isTerminating).length;
  const { minAvailable, maxUnavailable } = budget;
  if (maxUnavailable === undefined && minAvailable !== undefined && !isPercentage(minAvailable)) {
    return { expected: pods.length, desired: Number(minAvailable), healthy };
  }
  const expected = replicasOf(budget, pods);
  if (expected === undefined) return { desired: 0, healthy };
  const desired = maxUnavailable !== undefined ? Math.max(0, expected - scaled(maxUnavailable, expected)) : scaled(
    minAvailable ?? '0', expected,
  );
  return { expected, desired, healthy };
}

/** Whether a pod that is healthy can be evicted now. */
export function allowsDisruption({ expected = 0, desired, healthy }: BudgetCount): boolean {
  return expected > 0 && healthy > desired;
}

/** How many can be evicted at once. */
export function disruptionsAllowed(count: BudgetCount): number {
  return allowsDisruption(count) ? count.healthy - count.desired : 0;
}

/** The replicas that the owners want: what the controller found, or as many as there are before it has looked. */
function replicasOf({ status }: BudgetState, pods: readonly PodState[]): number | undefined {
  if (status?.failure !== undefined) return undefined;
  if (status) return status.expectedPods;
  const owned = pods.filter((pod) => pod.owner !== undefined && !isLeaving(pod));
  return owned.some(({ owner }) => OWNERS_WITHOUT_SCALE.includes(owner!.kind)) ? undefined : owned.length;
}

function isPercentage(value: string): boolean {
  return value.endsWith('%');
}

function scaled(value: string, of: number): number {
  return isPercentage(value) ? Math.ceil(Number(value.slice(0, -1)) * of / 100) : Number(value);
}
