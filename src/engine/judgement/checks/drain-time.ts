import { DRAIN_MINUTES } from '../../eks/drain-limit';
import { messages } from '../../messages/message';
import { PodState } from '../../state/workloads/pod-state';
import { Check, Observation } from '../check';
import { countOf, disruptionsAllowed } from '../workloads/budget-count';
import { interruptions, interruptionMessages } from '../workloads/interruptions';
import { nodesAtOnce } from '../workloads/nodes-at-once';
import { BudgetSelection, isEvicted } from '../workloads/rehearsal';
import { editOwner, kubectl } from '../workloads/remedies';
import { Drain, drainOf, RolledNodeGroup, sizeOf } from '../workloads/rolled-node-groups';
import { settled } from '../workloads/settled';
import {
  aboutWorkload, budgetInWords, byWorkload, groupNamesOf, oneForEachWorkload, podsInWords, whereInWords,
} from '../workloads/workload-words';

/** How long EKS waits for the pods of a node. */
interface Wait {
  /** In minutes. */
  readonly limit: number;
  /** Whether it does so because it deletes the node group. */
  readonly isDeleted: boolean;
}

const WAITS: readonly Wait[] = [{ limit: DRAIN_MINUTES.update, isDeleted: false }, { limit: DRAIN_MINUTES.deletion, isDeleted: true }];

const DELETED = '{isDeleted?, since it deletes the node group, and then terminates the node with what still runs on it}';

const says = messages({
  slowEnd: {
    text: [
      '{pods} may take {minutes: # minute|# minutes} to terminate (terminationGracePeriodSeconds {seconds}), but EKS',
      `waits {limit} minutes for a node of {groups: node group|node groups} {groups and}${DELETED}`,
    ],
    remedy: 'make the pods terminate faster on SIGTERM, or lower terminationGracePeriodSeconds to {limitSeconds} or less: {command}',
  },
  slowBudget: {
    text: [
      '{budget} lets {pods} leave the nodes of {groups: node group|node groups} {groups and} that are drained together only '
        + '{atOnce} at a time:',
      'about {minutes: # minute|# minutes} if each takes {seconds: # second|# seconds} to become ready on another node, but EKS',
      `waits {limit}${DELETED}`,
    ],
    remedy: 'spread the pods over more nodes, or let the budget allow more at a time: {command}',
  },
});

/**
 * The pods of a node are gone within the 15 minutes that EKS waits, 5 where it deletes the node group, and others serve meanwhile.
 *
 * A warning where a pod may take longer to end than that (`terminationGracePeriodSeconds`), and where a budget lets so few pods of one node
 * go at a time that the last has to wait longer for the others to be ready elsewhere, as long as they took the last time.
 * Likewise where all pods of a workload go at once, since no budget keeps any of them; of the only pod of a workload that is an
 * information, as it is where a budget counts pods as healthy that have no readinessProbe.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html
 */
export const drainTime: Check = {
  id: 'drain-time',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  messages: { ...says, ...interruptionMessages },

  * examine(change) {
    const drained = drainOf(change);
    if (!drained) return;
    yield* oneForEachWorkload([
      ...WAITS.flatMap((wait) => slowEnds(wait, drained)),
      ...WAITS.flatMap((wait) => slowBudgets(wait, drained)),
      ...interruptions(drained),
    ]);
  },
};

/** Those that a drain evicts, for which EKS waits so long. */
function waitedFor(pods: readonly PodState[], { isDeleted }: Wait, { groupOfNode }: Drain): PodState[] {
  return pods.filter((pod) => groupOfNode.get(pod.node ?? '')?.isRemoved === isDeleted && isEvicted(pod));
}

function slowEnds(wait: Wait, drained: Drain): Observation[] {
  const slow = waitedFor(drained.workloads.pods, wait, drained).filter(({ graceSeconds }) => graceSeconds > wait.limit * 60);
  return byWorkload(slow).map((workload) => slowEnd(workload, wait, drained));
}

function slowEnd(pods: readonly PodState[], wait: Wait, drained: Drain): Observation {
  const longest = Math.max(...pods.map(({ graceSeconds }) => graceSeconds));
  return {
    about: aboutWorkload(pods[0], drained),
    ...says.slowEnd({
      pods: podsInWords(pods),
      minutes: minutesOf(longest),
      seconds: longest,
      ...wait,
      limitSeconds: wait.limit * 60,
      groups: groupNamesOf(pods, drained),
      command: editOwner(pods[0]),
    }),
    details: whereInWords(pods, drained),
  };
}

function slowBudgets(wait: Wait, drained: Drain): Observation[] {
  const { pods, budgets } = settled(drained.workloads);
  const selection = new BudgetSelection(pods, budgets);
  return budgets.flatMap((budget) => {
    const selected = selection.podsOf(budget);
    const atOnce = disruptionsAllowed(countOf(budget, selected));
    const evicted = waitedFor(selected, wait, drained);
    const seconds = median(selected.flatMap(({ readyAfterSeconds = [] }) => readyAfterSeconds));
    if (atOnce === 0 || evicted.length === 0 || seconds === undefined) return [];

    const together = mostAtOnce(evicted, drained);
    const waits = (Math.ceil(together.length / atOnce) - 1) * seconds;
    return waits <= wait.limit * 60 ? [] : [{
      about: aboutWorkload(together[0], drained),
      ...says.slowBudget({
        pods: podsInWords(together),
        groups: groupNamesOf(together, drained),
        atOnce,
        budget: budgetInWords(budget),
        minutes: minutesOf(waits),
        seconds,
        ...wait,
        command: kubectl(budget.namespace, `edit poddisruptionbudget ${budget.name}`),
      }),
      details: whereInWords(together, drained),
    }];
  });
}

/** The most pods that nodes hold which EKS drains at the same time. */
function mostAtOnce(pods: readonly PodState[], drained: Drain): PodState[] {
  const byGroup = new Map<RolledNodeGroup, Map<string, PodState[]>>();
  for (const pod of pods) {
    const group = drained.groupOfNode.get(pod.node!)!;
    const nodes = byGroup.get(group) ?? new Map<string, PodState[]>();
    nodes.set(pod.node!, [...nodes.get(pod.node!) ?? [], pod]);
    byGroup.set(group, nodes);
  }
  const fullest = [...byGroup].map(([group, nodes]) => {
    const atOnce = nodesAtOnce(group, sizeOf(drained, group));
    return [...nodes.values()].sort((a, b) => b.length - a.length).slice(0, atOnce).flat();
  });
  return fullest.sort((a, b) => b.length - a.length)[0];
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b).at(Math.floor(values.length / 2));
}

function minutesOf(seconds: number): number {
  return Math.ceil(seconds / 60);
}
