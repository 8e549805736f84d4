import { workloadOf } from '../../state/workloads/pod-state';
import { Check, Observation, unreadable } from '../check';
import { HeldPods, heldPods } from '../workloads/rehearsal';
import { addReplicas, kubectl, letBudgetGiveWay, letUnreadyGo } from '../workloads/remedies';
import { Drain, drainOf, rolledNodeGroups } from '../workloads/rolled-node-groups';
import { settled } from '../workloads/settled';
import { aboutWorkload, budgetInWords, countOfPods, groupsInWords, podsInWords, whereInWords } from '../workloads/workload-words';

/**
 * Every pod on the nodes that are replaced can be evicted.
 *
 * EKS evicts the pods of a node before it ends the node, and gives up when one is still there after 15 minutes: `PodEvictionFailure`. A
 * PodDisruptionBudget that allows no disruption even when all its pods are ready blocks for ever, and so does a second budget of
 * the same pod.
 * What blocks only because pods are not ready now is a warning, and so is what EKS will kill under `forceUpdate`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
export const drain: Check = {
  id: 'drain',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',

  * examine(change) {
    const { workloads } = change.state;
    if (workloads && !workloads.known && rolledNodeGroups(change).length > 0) {
      yield { ...unreadable(change, 'what runs in the cluster', workloads.why), severity: 'warning' };
    }
    const drained = drainOf(change);
    if (drained) yield* observationsOf(drained);
  },
};

function observationsOf(drained: Drain): Observation[] {
  const { workloads, groupOfNode } = drained;
  const nodes = new Set(groupOfNode.keys());
  const forEver = heldPods(settled(workloads), nodes).map((held): Judged => ({ held, isForEver: true }));
  const now = heldPods(workloads, nodes).map((held): Judged => ({ held, isForEver: false }));
  const known = new Set(forEver.flatMap(({ held }) => held.pods.map(workloadOf)));
  const onlyNow = now.filter(({ held }) => !held.pods.some((pod) => known.has(workloadOf(pod))));
  return merged([...forEver, ...onlyNow].map((judged) => observationOf(judged, drained)));
}

interface Judged {
  readonly held: HeldPods;
  readonly isForEver: boolean;
}

function observationOf(judged: Judged, drained: Drain): Observation {
  const { held: { pods }, isForEver } = judged;
  const isForced = pods.every(({ node = '' }) => drained.groupOfNode.get(node)?.isForced);
  const { message, remedy } = isForEver ? blockedForEver(judged.held) : blockedNow(judged.held);
  return {
    about: aboutWorkload(pods[0]),
    severity: isForced || !isForEver ? 'warning' : 'error',
    message: `${isForced ? 'forceUpdate kills what cannot be evicted: ' : ''}${message}, when ${groupsInWords(pods, drained)} rolls`,
    remedy,
    details: whereInWords(pods, drained),
  };
}

function blockedForEver({ pods, staying, budgets, count, dependsOnOrder }: HeldPods): Pick<Observation, 'message' | 'remedy'> {
  const [pod] = pods;
  const [budget, ...others] = budgets;
  const who = podsInWords(pods);
  if (!count) {
    return {
      message: `${who} can never be evicted: ${budgets.length} PodDisruptionBudgets select the same pod, ${budgets.map(({ name }) => name).join(' and ')}, `
        + 'which the eviction API refuses whatever they allow',
      remedy: `leave one of them, with ${kubectl(budget.namespace, `delete poddisruptionbudget ${others.map(({ name }) => name).join(' ')}`)}`,
    };
  }
  const giveWay = letBudgetGiveWay(budget);
  if (count.expected === undefined) {
    return {
      message: `${who} can never be evicted: ${budgetInWords(budget)} selects pods of which Kubernetes cannot tell how many there should be, and so allows no disruption`
        + `${budget.status?.failure ? ` (${budget.status.failure})` : ''}`,
      remedy: `narrow its selector, or give it a minAvailable that is a number: ${kubectl(budget.namespace, `edit poddisruptionbudget ${budget.name}`)}`,
    };
  }
  if (!pod.owner) {
    return count.expected === 0 ? {
      message: `${who} can never be evicted: ${budgetInWords(budget)} counts the replicas that owners want, and bare pods have no owner`,
      remedy: `give the pods an owner, such as a Deployment, or delete them when they may end: ${kubectl(pod.namespace, `delete pod ${nameAll(pods)}`)}`,
    } : {
      message: `${staying} of ${who} can never be evicted: they do not come back, and ${budgetInWords(budget)} wants ${count.desired} of `
        + `${count.healthy} healthy`,
      remedy: `give the pods an owner, such as a Deployment, or delete them when they may end: ${kubectl(pod.namespace, `delete pod ${nameAll(pods)}`)}`,
    };
  }
  if (dependsOnOrder) {
    return {
      message: `${who} cannot be evicted once the bare pods of the same budget have gone, which do not come back: ${budgetInWords(budget)} then wants all `
        + `${count.desired} that are left`,
      remedy: `let the budget give way: ${giveWay}`,
    };
  }
  const replicas = addReplicas(pod, count.desired + 1);
  return {
    message: `${who} can never be evicted: ${budgetInWords(budget)} wants ${count.desired} healthy, and there are only ${count.healthy} with all of them ready`,
    remedy: `let the budget give way: ${giveWay}${replicas && count.desired > 0 && !isOfAll(budget) ? `, or add replicas: ${replicas}` : ''}`,
  };
}

function blockedNow({ pods, budgets: [budget], count }: HeldPods): Pick<Observation, 'message' | 'remedy'> {
  const { healthy = 0, desired = 0 } = count ?? {};
  const areReady = pods.every(({ isReady }) => isReady);
  return {
    message: `${podsInWords(pods)} cannot be evicted now: ${countOfPods(healthy)} of ${budgetInWords(budget)} ${healthy === 1 ? 'is' : 'are'} ready, and it wants `
      + `${areReady ? `more than ${desired}` : Math.max(desired, 1)}`,
    remedy: `wait until the pods are ready: ${kubectl(budget.namespace, 'get pods')}`
      + `${areReady ? '' : `; if they never will be, let them go: ${letUnreadyGo(budget)}`}`,
  };
}

/** Whether no number of replicas is enough. */
function isOfAll({ minAvailable, maxUnavailable }: { readonly minAvailable?: string; readonly maxUnavailable?: string }): boolean {
  return maxUnavailable !== undefined || minAvailable === '100%';
}

function nameAll(pods: HeldPods['pods']): string {
  return pods.map(({ name }) => name).join(' ');
}

/** One for each workload: the worst first, with the pods of all. */
function merged(observations: readonly Observation[]): Observation[] {
  const byName = new Map<string, Observation>();
  for (const observation of observations) {
    const other = byName.get(observation.about.name);
    const [worse, better] = other && other.severity === 'error' ? [other, observation] : [observation, other];
    byName.set(observation.about.name, { ...worse, details: [...new Set([...worse.details ?? [], ...better?.details ?? []])] });
  }
  return [...byName.values()];
}
