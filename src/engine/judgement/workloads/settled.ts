import { isFinished, isLeaving, PodState } from '../../state/workloads/pod-state';
import { WorkloadState } from '../../state/workloads/workload-state';

/**
 * The workloads once everything has settled: what starts has started, and what is not ready now has become so.
 *
 * What blocks a drain even then, blocks it for ever.
 */
export function settled(workloads: WorkloadState): WorkloadState {
  return { ...workloads, pods: workloads.pods.filter((pod) => !isLeaving(pod)).map(settledPod) };
}

/** A pod that is being deleted, and that its owner brings back, is back. */
function settledPod(pod: PodState): PodState {
  return isFinished(pod) ? pod : { ...pod, phase: 'Running', isReady: true, isTerminating: false };
}
