import { KubernetesObject } from './kubernetes-api';
import { BudgetState, BudgetStatus } from '../../engine/state/workloads/budget-state';

/** What is kept of a PodDisruptionBudget. */
export function budgetState({ metadata, spec = {}, status }: KubernetesObject): BudgetState {
  const { selector, minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = spec;
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    selector,
    minAvailable: minAvailable === undefined ? undefined : String(minAvailable),
    maxUnavailable: maxUnavailable === undefined ? undefined : String(maxUnavailable),
    evictsUnready: unhealthyPodEvictionPolicy === 'AlwaysAllow',
    status: statusOf(metadata, status),
  };
}

/** Absent while the controller has not seen what the budget says now. */
function statusOf({ generation = 0 }: KubernetesObject, status: KubernetesObject): BudgetStatus | undefined {
  const failed = status?.conditions?.find(({ type, reason }: KubernetesObject) => type === 'DisruptionAllowed' && reason === 'SyncFailed');
  if (failed) return { expectedPods: 0, failure: failed.message };
  return status?.observedGeneration === generation ? { expectedPods: status.expectedPods ?? 0 } : undefined;
}
