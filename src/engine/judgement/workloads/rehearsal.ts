import { allowsDisruption, BudgetCount, countOf } from './budget-count';
import { BudgetState } from '../../state/workloads/budget-state';
import { selects } from '../../state/workloads/label-selector';
import { isFinished, PodState } from '../../state/workloads/pod-state';
import { WorkloadState } from '../../state/workloads/workload-state';

/** Pods that a drain does not get rid of. */
export interface HeldPods {
  readonly pods: readonly PodState[];
  /** How many of them stay at least; of bare pods some may go before the rest cannot. */
  readonly staying: number;
  /** The budgets that hold them. */
  readonly budgets: readonly BudgetState[];
  /** All pods that the first of the budgets selects. */
  readonly selected: readonly PodState[];
  /** What the budget comes to; absent where several select the same pod, which the eviction API refuses without a count. */
  readonly count?: BudgetCount;
  /** Whether they stay only when pods that do not come back are evicted first: EKS drains in no order that one could rely on. */
  readonly dependsOnOrder: boolean;
}

/**
 * Works out which pods EKS's drain of some nodes never gets rid of, as Kubernetes' eviction API decides it, while nothing else changes.
 *
 * The pods that an owner brings back are ready again on new nodes, so that a budget that allows one disruption allows all of them
 * in the end.
 * Bare pods do not come back: each that goes leaves less for those that remain.
 *
 * @param drained names of the nodes that are drained, all of them: node groups that roll side by side share their budgets
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/registry/core/pod/storage/eviction.go
 */
export function heldPods({ pods, budgets }: WorkloadState, drained: ReadonlySet<string>): HeldPods[] {
  const evicted = new Set(pods.filter((pod) => pod.node !== undefined && drained.has(pod.node) && isEvicted(pod)));
  const selection = new BudgetSelection(pods, budgets);
  const several = [...evicted].filter((pod) => selection.budgetsOf(pod).length > 1);
  return [
    ...groupedBy(several, (pod) => selection.budgetsOf(pod).map(({ name }) => name).join()).map((held): HeldPods => ({
      pods: held,
      staying: held.length,
      budgets: selection.budgetsOf(held[0]),
      selected: selection.podsOf(selection.budgetsOf(held[0])[0]),
      dependsOnOrder: false,
    })),
    ...budgets.flatMap(
      (budget) => heldBy(budget, selection.podsOf(budget), (pod) => evicted.has(pod) && selection.budgetsOf(pod).length === 1),
    ),
  ].filter((held) => held.pods.length > 0);
}

/** Which budgets select a pod, and the other way round. */
export class BudgetSelection {
  private readonly byPod = new Map<PodState, BudgetState[]>();
  private readonly byBudget = new Map<BudgetState, PodState[]>();

  constructor(pods: readonly PodState[], budgets: readonly BudgetState[]) {
    const podsByNamespace = new Map<string, PodState[]>();
    pods.forEach((pod) => append(podsByNamespace, pod.namespace, pod));
    for (const budget of budgets) {
      const { selector, namespace } = budget;
      const selected = selector ? (podsByNamespace.get(namespace) ?? []).filter(({ labels }) => selects(selector, labels)) : [];
      this.byBudget.set(budget, selected);
      selected.forEach((pod) => append(this.byPod, pod, budget));
    }
  }

  public budgetsOf(pod: PodState): readonly BudgetState[] {
    return this.byPod.get(pod) ?? [];
  }

  public podsOf(budget: BudgetState): readonly PodState[] {
    return this.byBudget.get(budget) ?? [];
  }
}

/** Whether a drain evicts a pod, and asks its budget. What has not started, has ended or ends is deleted without a question. */
export function isEvicted(pod: PodState): boolean {
  return !pod.isMirror && pod.owner?.kind !== 'DaemonSet' && pod.phase !== 'Pending' && !isFinished(pod) && !pod.isTerminating;
}

function heldBy(budget: BudgetState, selected: readonly PodState[], isAsked: (pod: PodState) => boolean): HeldPods[] {
  const asked = selected.filter(isAsked);
  if (asked.length === 0) return [];

  const count = countOf(budget, selected);
  const ready = asked.filter(({ isReady }) => isReady);
  const [bare, returning] = [ready.filter(({ owner }) => owner === undefined), ready.filter(({ owner }) => owner !== undefined)];
  const unready = budget.evictsUnready ? [] : asked.filter(({ isReady }) => !isReady);

  const isAllowed = allowsDisruption(count);
  const goingBare = isAllowed ? Math.min(bare.length, count.healthy - count.desired) : 0;
  // after the bare pods that can go have gone
  const isAllowedLater = allowsDisruption({ ...count, healthy: count.healthy - goingBare });
  const held = (pods: readonly PodState[], staying: number, dependsOnOrder = false): HeldPods => (
    { pods, staying, budgets: [budget], selected, count, dependsOnOrder }
  );

  return [
    ...groupedBy(returning, () => '').filter(() => !isAllowedLater).map((pods) => held(pods, isAllowed ? 0 : pods.length, isAllowed)),
    ...bare.length > goingBare ? [held(bare, bare.length - goingBare)] : [],
    // not ready: evicted while the others suffice, which bare pods that go do not change; a budget that wants none is asked as
    // for ready ones
    ...count.desired > 0
      ? count.healthy < count.desired ? groupedBy(unready, () => '').map((pods) => held(pods, pods.length)) : []
      : groupedBy(unready, () => '').filter(() => !isAllowedLater).map((pods) => held(pods, isAllowed ? 0 : pods.length, isAllowed)),
  ];
}

/** By owner, and by what else tells them apart. */
function groupedBy(pods: readonly PodState[], key: (pod: PodState) => string): PodState[][] {
  const groups = new Map<string, PodState[]>();
  pods.forEach((pod) => append(groups, [pod.namespace, pod.owner?.kind, pod.owner?.name ?? pod.name, key(pod)].join('/'), pod));
  return [...groups.values()];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
