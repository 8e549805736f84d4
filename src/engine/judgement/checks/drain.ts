import { messages, Said } from '../../messages/message';
import { workloadOf } from '../../state/workloads/pod-state';
import { Check, Observation, unread, unreadable } from '../check';
import { HeldPods, heldPods } from '../workloads/rehearsal';
import { addReplicas, kubectl, letBudgetGiveWay, letUnreadyGo } from '../workloads/remedies';
import { Drain, drainOf, rolledNodeGroups } from '../workloads/rolled-node-groups';
import { settled } from '../workloads/settled';
import { aboutWorkload, budgetInWords, groupsOf, podsInWords, whereInWords } from '../workloads/workload-words';

const FORCED = '{isForced?forceUpdate kills what cannot be evicted: }';

const says = messages({
  unread: unread('what runs in the cluster'),
  severalBudgets: {
    text: [
      `${FORCED}{who} can never be evicted: {count} PodDisruptionBudgets select the same pod, {budgets and},`,
      'which the eviction API refuses whatever they allow, when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'keep one of them: {command}',
  },
  uncountable: {
    text: [
      `${FORCED}{who} can never be evicted: {budget} selects pods whose expected number Kubernetes cannot determine, and so allows`,
      'no disruption{failure? (#)}, when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'narrow its selector, or set minAvailable to a number: {command}',
  },
  bare: {
    text: [
      `${FORCED}{who} can never be evicted: {budget} counts the replicas that owners want, and bare pods have no owner, when`,
      '{groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'manage the pods with a controller such as a Deployment, or delete them when you no longer need them: {command}',
  },
  lastBare: {
    text: [
      `${FORCED}{staying} of {who} can never be evicted: nothing recreates them, and {budget} requires {desired} of {healthy} to `
        + 'be healthy,',
      'when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'manage the pods with a controller such as a Deployment, or delete them when you no longer need them: {command}',
  },
  afterBare: {
    text: [
      `${FORCED}{who} cannot be evicted once the bare pods of the same budget are gone, which nothing recreates: `
        + '{budget} then requires all',
      '{desired} that are left, when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'relax the budget: {command}',
  },
  blocked: {
    text: [
      `${FORCED}{who} can never be evicted: {budget} requires {desired} healthy pods, and there are only {healthy} even when `
        + 'all are ready,',
      'when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'relax the budget: {command}{replicas?, or add replicas: #}',
  },
  blockedNow: {
    text: [
      `${FORCED}{who} cannot be evicted now: {healthy: # pod|# pods} of {budget} {healthy: is|are} ready, and it requires {wanted},`,
      'when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    ],
    remedy: 'wait until the pods are ready: {command}{letGo?; if they never become ready, allow their eviction: #}',
  },
});

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
  messages: says,
  looksInside: true,

  * examine(change) {
    const { workloads } = change.state;
    if (workloads && !workloads.known) {
      // the guard looks by itself, with access of its own
      const isMissed = !change.isBeforeGuard && rolledNodeGroups(change).length > 0;
      yield { ...unreadable(change, says.unread({ why: workloads.why })), severity: isMissed ? 'warning' : 'info' };
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
  const values = { isForced, who: podsInWords(pods), groups: groupsOf(pods, drained) };
  return {
    about: aboutWorkload(pods[0]),
    severity: isForced || !isForEver ? 'warning' : 'error',
    ...isForEver ? blockedForEver(judged.held, values) : blockedNow(judged.held, values),
    details: whereInWords(pods, drained),
  };
}

/** What every message says. */
interface Values {
  readonly isForced: boolean;
  readonly who: string;
  readonly groups: readonly string[];
}

function blockedForEver({ pods, staying, budgets, count, dependsOnOrder }: HeldPods, values: Values): Said {
  const [pod] = pods;
  const [first, ...others] = budgets;
  if (!count) {
    const names = others.map(({ name }) => name).join(' ');
    return says.severalBudgets({
      ...values,
      count: budgets.length,
      budgets: budgets.map(({ name }) => name),
      command: kubectl(first.namespace, `delete poddisruptionbudget ${names}`),
    });
  }
  const { healthy, desired } = count;
  const budget = budgetInWords(first);
  if (count.expected === undefined) {
    return says.uncountable({
      ...values, budget, failure: first.status?.failure, command: kubectl(first.namespace, `edit poddisruptionbudget ${first.name}`),
    });
  }
  if (!pod.owner) {
    const command = kubectl(pod.namespace, `delete pod ${nameAll(pods)}`);
    return count.expected === 0
      ? says.bare({ ...values, budget, command })
      : says.lastBare({ ...values, staying, budget, desired, healthy, command });
  }
  const command = letBudgetGiveWay(first);
  if (dependsOnOrder) return says.afterBare({ ...values, budget, desired, command });
  const replicas = desired > 0 && !isOfAll(first) ? addReplicas(pod, desired + 1) : undefined;
  return says.blocked({ ...values, budget, desired, healthy, command, replicas });
}

function blockedNow({ pods, budgets: [budget], count }: HeldPods, values: Values): Said {
  const { healthy = 0, desired = 0 } = count ?? {};
  const areReady = pods.every(({ isReady }) => isReady);
  return says.blockedNow({
    ...values,
    budget: budgetInWords(budget),
    healthy,
    wanted: areReady ? `more than ${desired}` : Math.max(desired, 1),
    command: kubectl(budget.namespace, 'get pods'),
    letGo: areReady ? undefined : letUnreadyGo(budget),
  });
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
