import { nodesAtOnce } from './nodes-at-once';
import { BudgetSelection, isEvicted } from './rehearsal';
import { kubectl } from './remedies';
import { Drain } from './rolled-node-groups';
import { aboutWorkload, byWorkload, groupsInWords, podsInWords, whereInWords } from './workload-words';
import { isFinished, PodState } from '../../state/workloads/pod-state';
import { Observation } from '../check';

/** Owners whose pods serve side by side. */
const SERVING = ['Deployment', 'ReplicaSet', 'StatefulSet'];

/**
 * What a drain takes away more of than somebody may think: all pods of a workload at once, where no budget keeps any of them;
 * pods for which nobody waits until they have ended; and budgets that count pods as ready before they serve.
 */
export function interruptions(drained: Drain): Observation[] {
  const { pods, budgets } = drained.workloads;
  const selection = new BudgetSelection(pods, budgets);
  return byWorkload(pods.filter((pod) => SERVING.includes(pod.owner?.kind ?? '') && !isFinished(pod))).flatMap((all) => {
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
function goTogether(pods: readonly PodState[], { groupOfNode }: Drain): boolean {
  const nodes = new Set(pods.map(({ node }) => node!));
  const groups = new Set([...nodes].map((node) => groupOfNode.get(node)!));
  if (groups.size > 1) return false;
  const [group] = groups;
  const size = [...groupOfNode.values()].filter((other) => other === group).length;
  return nodes.size <= nodesAtOnce(group, size);
}

function takenAway(pods: readonly PodState[], drained: Drain): Observation {
  const [pod] = pods;
  const isAlone = pods.length === 1;
  const seconds = pod.readyAfterSeconds;
  const until = seconds === undefined ? 'until they are ready elsewhere' : `until they are ready elsewhere, which took ${seconds} seconds the last time`;
  return {
    about: aboutWorkload(pod),
    severity: isAlone ? 'info' : 'warning',
    message: `${isAlone ? `the only pod of ${ownerOf(pod)} goes` : `all ${podsInWords(pods)} go at once`} when ${groupsInWords(pods, drained)} rolls, and no budget keeps `
      + `${isAlone ? 'it' : 'any'}: nothing of it serves ${until.replace('they are', isAlone ? 'it is' : 'they are')}`,
    remedy: isAlone
      ? `if that hurts, run a second one, ${kubectl(pod.namespace, scaled(pod))}, and give them a PodDisruptionBudget with maxUnavailable 1`
      : 'give them a PodDisruptionBudget with maxUnavailable 1, and spread them over nodes with topologySpreadConstraints',
    details: whereInWords(pods, drained),
  };
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations */
function endingUnwatched(pods: readonly PodState[], drained: Drain): Observation[] {
  const [pod] = pods;
  if (pod.owner?.kind !== 'StatefulSet' || !pods.some(({ graceSeconds }) => graceSeconds === 0)) return [];
  return [{
    about: aboutWorkload(pod),
    severity: 'warning',
    message: `${podsInWords(pods)} ${has(pods)} terminationGracePeriodSeconds 0: the next one may start while the one before still writes to the same volume`,
    remedy: `give the pods time to end: ${kubectl(pod.namespace, `edit statefulset ${pod.owner.name}`)}`,
    details: whereInWords(pods, drained),
  }];
}

function countedTooEarly(pods: readonly PodState[], drained: Drain): Observation {
  const [pod] = pods;
  return {
    about: aboutWorkload(pod),
    severity: 'info',
    message: `${podsInWords(pods)} ${has(pods)} no readinessProbe: their budget counts new ones as healthy as soon as they start, and lets the next go before they serve`,
    remedy: `give the pods a readinessProbe: ${kubectl(pod.namespace, `edit ${pod.owner!.kind.toLowerCase()} ${pod.owner!.name}`)}`,
    details: whereInWords(pods, drained),
  };
}

function has({ length }: readonly PodState[]): string {
  return length === 1 ? 'has' : 'have';
}

function ownerOf({ owner }: PodState): string {
  return `${owner!.kind} ${owner!.name}`;
}

function scaled({ owner }: PodState): string {
  return `scale ${owner!.kind.toLowerCase()} ${owner!.name} --replicas=2`;
}
