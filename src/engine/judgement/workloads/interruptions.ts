import { nodesAtOnce } from './nodes-at-once';
import { BudgetSelection, isEvicted } from './rehearsal';
import { editOwner, scale } from './remedies';
import { Drain, sizeOf } from './rolled-node-groups';
import { aboutWorkload, byWorkload, GROUPS_GO, groupsThatGo, podsInWords, whereInWords } from './workload-words';
import { messages } from '../../messages/message';
import { isFinished, isLeaving, PodState } from '../../state/workloads/pod-state';
import { Observation } from '../check';

/** What is said of them. */
export const interruptionMessages = messages({
  onlyPod: {
    text: [
      `the only pod of {owner} is evicted when ${GROUPS_GO}, and no`,
      'PodDisruptionBudget protects it: the workload is down until it is',
      'ready on another node{took?, which took # last time}',
    ],
    remedy: 'if that matters, run a second replica ({command}) and add a PodDisruptionBudget with maxUnavailable 1',
  },
  allPods: {
    text: [
      `all {pods} are evicted at once when ${GROUPS_GO}, and no`,
      'PodDisruptionBudget protects them: the workload is down until they are',
      'ready on other nodes{took?, which took # last time}',
    ],
    remedy: 'add a PodDisruptionBudget with maxUnavailable 1, and spread the pods over nodes with topologySpreadConstraints: {command}',
  },
  endsUnwatched: {
    text: [
      '{pods} {count: has|have} terminationGracePeriodSeconds 0: the next pod may start while the one before',
      'still writes to the same volume',
    ],
    remedy: 'give the pods time to terminate: {command}',
  },
  countedTooEarly: {
    text: [
      '{pods} {count: has|have} no readinessProbe: their budget counts new pods as healthy as soon as they start,',
      'and allows the next eviction before they serve',
    ],
    remedy: 'add a readinessProbe: {command}',
  },
});

/** Owners whose pods serve side by side. */
const SERVING = ['Deployment', 'ReplicaSet', 'Rollout', 'StatefulSet'];

/**
 * What a drain takes away more of than somebody may think: all pods of a workload at once, where no budget keeps any of them;
 * pods for which nobody waits until they have ended; and budgets that count pods as ready before they serve.
 */
export function interruptions(drained: Drain): Observation[] {
  const { pods, budgets } = drained.workloads;
  const selection = new BudgetSelection(pods, budgets);
  return byWorkload(pods.filter((pod) => SERVING.includes(pod.owner?.kind ?? '') && !isFinished(pod) && !isLeaving(pod))).flatMap((all) => {
    const leaving = all.filter((pod) => drained.groupOfNode.has(pod.node ?? '') && isEvicted(pod));
    if (leaving.length === 0) return [];
    const hasBudget = leaving.some((pod) => selection.budgetsOf(pod).length > 0);
    return [
      ...endingUnwatched(leaving, drained),
      ...!hasBudget && leaving.length === all.length && goTogether(leaving, drained) ? [takenAway(leaving, drained)] : [],
      ...hasBudget && leaving.every(({ hasReadinessProbe }) => hasReadinessProbe === false) ? [countedTooEarly(leaving, drained)] : [],
    ];
  });
}

/** Whether EKS drains their nodes at the same time. */
function goTogether(pods: readonly PodState[], drained: Drain): boolean {
  const nodes = new Set(pods.map(({ node }) => node!));
  const groups = new Set([...nodes].map((node) => drained.groupOfNode.get(node)!));
  if (groups.size > 1) return false;
  const [group] = groups;
  return nodes.size <= nodesAtOnce(group, sizeOf(drained, group));
}

function takenAway(pods: readonly PodState[], drained: Drain): Observation {
  const [pod] = pods;
  const isAlone = pods.length === 1;
  const seconds = pod.readyAfterSeconds;
  const values = { ...groupsThatGo(pods, drained), took: seconds === undefined ? undefined : `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` };
  return {
    about: aboutWorkload(pod, drained),
    severity: isAlone ? 'info' : 'warning',
    ...isAlone
      ? interruptionMessages.onlyPod({ ...values, owner: ownerOf(pod), command: scale(pod, 2)! })
      : interruptionMessages.allPods({ ...values, pods: podsInWords(pods), command: editOwner(pod) }),
    details: whereInWords(pods, drained),
  };
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations */
function endingUnwatched(pods: readonly PodState[], drained: Drain): Observation[] {
  const [pod] = pods;
  if (pod.owner?.kind !== 'StatefulSet' || !pods.some(({ graceSeconds }) => graceSeconds === 0)) return [];
  return [{
    about: aboutWorkload(pod, drained),
    severity: 'warning',
    ...interruptionMessages.endsUnwatched({
      pods: podsInWords(pods), count: pods.length, command: editOwner(pod),
    }),
    details: whereInWords(pods, drained),
  }];
}

function countedTooEarly(pods: readonly PodState[], drained: Drain): Observation {
  const [pod] = pods;
  return {
    about: aboutWorkload(pod, drained),
    severity: 'info',
    ...interruptionMessages.countedTooEarly({
      pods: podsInWords(pods),
      count: pods.length,
      command: editOwner(pod),
    }),
    details: whereInWords(pods, drained),
  };
}

function ownerOf({ owner }: PodState): string {
  return `${owner!.kind} ${owner!.name}`;
}
