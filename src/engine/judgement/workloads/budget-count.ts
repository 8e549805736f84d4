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
  return { expected, desired: desiredOf(budget, expected), healthy };
}

/** How many pods must be healthy of so many that there should be. */
function desiredOf({ minAvailable, maxUnavailable }: BudgetState, expected: number): number {
  return maxUnavailable !== undefined ? Math.max(0, expected - scaled(maxUnavailable, expected)) : scaled(minAvailable ?? '0', expected);
}

/** How many more replicas somebody may want to run for the sake of a budget. */
const MOST_ADDED = 10;

/** The least number of replicas more with which a budget allows a disruption; undefined where no sane number does. */
export function missingReplicas(budget: BudgetState, { expected = 0, healthy }: BudgetCount): number | undefined {
  return Array.from({ length: MOST_ADDED }, (_, index) => index + 1).find((more) => (
    allowsDisruption({ expected: expected + more, desired: desiredOf(budget, expected + more), healthy: healthy + more })
  ));
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
