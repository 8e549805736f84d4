import { messages } from '../../messages/message';
import { PodState } from '../../state/workloads/pod-state';
import { Check, Observation } from '../check';
import { countOf, disruptionsAllowed } from '../workloads/budget-count';
import { interruptions, interruptionMessages } from '../workloads/interruptions';
import { nodesAtOnce } from '../workloads/nodes-at-once';
import { BudgetSelection, isEvicted } from '../workloads/rehearsal';
import { editOwner, kubectl } from '../workloads/remedies';
import { Drain, drainOf, RolledNodeGroup } from '../workloads/rolled-node-groups';
import { settled } from '../workloads/settled';
import {
  aboutWorkload, budgetInWords, byWorkload, groupsOf, oneForEachWorkload, podsInWords, whereInWords,
} from '../workloads/workload-words';

/** How long EKS waits for the pods of a node. */
const LIMIT_SECONDS = 15 * 60;

const says = messages({
  slowEnd: {
    text: [
      '{pods} may take {minutes: # minute|# minutes} to terminate (terminationGracePeriodSeconds {seconds}), but EKS waits 15 '
        + 'minutes for a node',
      'of {groups: node group|node groups} {groups and}',
    ],
    remedy: 'make the pods terminate faster on SIGTERM, or lower terminationGracePeriodSeconds to 900 or less: {command}',
  },
  slowBudget: {
    text: [
      '{budget} lets {pods} leave the nodes of {groups: node group|node groups} {groups and} that are drained together only '
        + '{atOnce} at a time:',
      'about {minutes: # minute|# minutes} if each takes {seconds} seconds to become ready on another node, but EKS waits 15',
    ],
    remedy: 'spread the pods over more nodes, or let the budget allow more at a time: {command}',
  },
});

/**
 * The pods of a node are gone within the 15 minutes that EKS waits, and others serve meanwhile.
 *
 * A warning where a pod may take longer to end than that (`terminationGracePeriodSeconds`), and where a budget lets so few pods of one node
 * go at a time that the last has to wait longer for the others to be ready elsewhere, as long as they took the last time.
 * Likewise where all pods of a workload go at once, since no budget keeps any of them; of the only pod of a workload that is an
 * information, as it is where a budget counts pods as healthy that have no readinessProbe.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export const drainTime: Check = {
  id: 'drain-time',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  messages: { ...says, ...interruptionMessages },

  * examine(change) {
    const drained = drainOf(change);
    if (!drained) return;
    const pods = drained.workloads.pods.filter((pod) => drained.groupOfNode.has(pod.node ?? '') && isEvicted(pod));
    const slow = byWorkload(pods.filter(({ graceSeconds }) => graceSeconds > LIMIT_SECONDS));
    yield* oneForEachWorkload([...slow.map((workload) => slowEnd(workload, drained)), ...slowBudgets(drained), ...interruptions(drained)]);
  },
};

function slowEnd(pods: readonly PodState[], drained: Drain): Observation {
  const longest = Math.max(...pods.map(({ graceSeconds }) => graceSeconds));
  return {
    about: aboutWorkload(pods[0]),
    ...says.slowEnd({
      pods: podsInWords(pods),
      minutes: minutesOf(longest),
      seconds: longest,
      groups: groupsOf(pods, drained),
      command: editOwner(pods[0]),
    }),
    details: whereInWords(pods, drained),
  };
}

function slowBudgets(drained: Drain): Observation[] {
  const { pods, budgets } = settled(drained.workloads);
  const selection = new BudgetSelection(pods, budgets);
  return budgets.flatMap((budget) => {
    const selected = selection.podsOf(budget);
    const atOnce = disruptionsAllowed(countOf(budget, selected));
    const evicted = selected.filter((pod) => drained.groupOfNode.has(pod.node ?? '') && isEvicted(pod));
    const seconds = median(selected.flatMap(({ readyAfterSeconds = [] }) => readyAfterSeconds));
    if (atOnce === 0 || evicted.length === 0 || seconds === undefined) return [];

    const together = mostAtOnce(evicted, drained);
    const waits = (Math.ceil(together.length / atOnce) - 1) * seconds;
    return waits <= LIMIT_SECONDS ? [] : [{
      about: aboutWorkload(together[0]),
      ...says.slowBudget({
        pods: podsInWords(together),
        groups: groupsOf(together, drained),
        atOnce,
        budget: budgetInWords(budget),
        minutes: minutesOf(waits),
        seconds,
        command: kubectl(budget.namespace, `edit poddisruptionbudget ${budget.name}`),
      }),
      details: whereInWords(together, drained),
    }];
  });
}

/** The most pods that nodes hold which EKS drains at the same time. */
function mostAtOnce(pods: readonly PodState[], { groupOfNode }: Drain): PodState[] {
  const byGroup = new Map<RolledNodeGroup, Map<string, PodState[]>>();
  for (const pod of pods) {
    const group = groupOfNode.get(pod.node!)!;
    const nodes = byGroup.get(group) ?? new Map<string, PodState[]>();
    nodes.set(pod.node!, [...nodes.get(pod.node!) ?? [], pod]);
    byGroup.set(group, nodes);
  }
  const fullest = [...byGroup].map(([group, nodes]) => {
    const size = [...groupOfNode.values()].filter((other) => other === group).length;
    return [...nodes.values()].sort((a, b) => b.length - a.length).slice(0, nodesAtOnce(group, size)).flat();
  });
  return fullest.sort((a, b) => b.length - a.length)[0];
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b).at(Math.floor(values.length / 2));
}

function minutesOf(seconds: number): number {
  return Math.ceil(seconds / 60);
}
