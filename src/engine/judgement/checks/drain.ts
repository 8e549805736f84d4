import { messages, Said } from '../../messages/message';
import { Check, Observation, unreadable } from '../check';
import { missingReplicas } from '../workloads/budget-count';
import { HeldPods, heldPods, isEvicted } from '../workloads/rehearsal';
import { editOwner, kubectl, letBudgetGiveWay, letUnreadyGo, scale } from '../workloads/remedies';
import { Drain, drainOf, rolledNodeGroups } from '../workloads/rolled-node-groups';
import { settled } from '../workloads/settled';
import {
  aboutWorkload, budgetInWords, byWorkload, GROUPS_GO, groupsOf, GroupsThatGo, groupsThatGo, NODES_TERMINATED, oneForEachWorkload,
  podsInWords, whereInWords,
} from '../workloads/workload-words';

/** What becomes of the pods all the same: by force, or because their node group goes. */
const FORCED = '{isForced?forceUpdate kills what cannot be evicted: }';
const KILLED = `${FORCED}{isDeleted?${NODES_TERMINATED}, and kills pods in spite of their budgets: }` as const;
/** By what the pods would have to go. */
const WHEN = `when ${GROUPS_GO}` as const;

const says = messages({
  unread: {
    text: 'what runs in the cluster could not be read: {why}',
    remedy: "correct the connection to the Kubernetes API (within the cluster's VPC, its security group must allow port 443 from the "
      + 'caller), or grant the permission if one is missing, then retry',
  },
  severalBudgets: {
    text: [
      `${KILLED}{who} can never be evicted: {count} PodDisruptionBudgets select the same pod, {budgets and},`,
      'which the eviction API refuses whatever they allow,',
      WHEN,
    ],
    remedy: 'keep one of them: {command}',
  },
  uncountable: {
    text: [
      `${KILLED}{who} can never be evicted: {budget} selects pods whose expected number Kubernetes cannot determine, and so allows`,
      'no disruption{failure? (#)},',
      WHEN,
    ],
    remedy: 'narrow its selector, or set minAvailable to a number: {command}',
  },
  bare: {
    text: [
      `${KILLED}{who} can never be evicted: {budget} counts the replicas that owners want, and bare pods have no owner,`,
      WHEN,
    ],
    remedy: 'manage the pods with a controller such as a Deployment, or delete them when you no longer need them: {command}',
  },
  lastBare: {
    text: [
      `${KILLED}{staying} of {who} can never be evicted: nothing recreates them, and {budget} requires {desired} of {healthy} to `
        + 'be healthy,',
      WHEN,
    ],
    remedy: 'manage the pods with a controller such as a Deployment, or delete them when you no longer need them: {command}',
  },
  afterBare: {
    text: [
      `${KILLED}{who} cannot be evicted once the bare pods of the same budget are gone, which nothing recreates: `
        + '{budget} then requires all',
      '{desired} that are left,',
      WHEN,
    ],
    remedy: 'relax the budget: {command}',
  },
  blocked: {
    text: [
      `${KILLED}{who} can never be evicted: {budget} requires {desired} healthy pods, and there are only {healthy} even when `
        + 'all are ready,',
      WHEN,
    ],
    remedy: 'relax the budget: {command}{replicas?, or add replicas: #}',
  },
  blockedJob: {
    text: [
      `${KILLED}{who} cannot be evicted before it is done: {budget} requires {desired} healthy {desired: pod|pods}, and it is the only pod,`,
      WHEN,
    ],
    remedy: 'wait until the Job is done: {command}',
  },
  blockedNow: {
    text: [
      `${KILLED}{who} cannot be evicted now: {healthy: # pod|# pods} of {budget} {healthy: is|are} ready, and it requires {wanted},`,
      WHEN,
    ],
    remedy: 'wait until the pods are ready: {command}{letGo?; if they never become ready, allow their eviction: #}',
  },
  toleratesAll: {
    text: [
      '{who} {count: tolerates|tolerate} every taint, and so may come back to the node that is drained, until the update fails with',
      'PodEvictionFailure,',
      WHEN,
    ],
    remedy: 'tolerate only the taints that the pods need: {command}',
  },
});

/**
 * Every pod on the nodes that are replaced can be evicted.
 *
 * EKS evicts the pods of a node before it ends the node, and gives up when one is still there after 15 minutes: `PodEvictionFailure`. A
 * PodDisruptionBudget that allows no disruption even when all its pods are ready blocks for ever, and so does a second budget of
 * the same pod.
 * Pods that tolerate every taint may come back to a node although it is cordoned: a warning, since the scheduler may choose another one.
 * What blocks only because pods are not ready now is a warning, and so is what EKS will kill: under `forceUpdate`, and wherever a node group is
 * deleted or replaced by another, whose nodes EKS terminates after 5 minutes with what is still there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html "forced termination of the instance"
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
      const isMissed = !change.willGuardLookInside && rolledNodeGroups(change).length > 0;
      yield { ...unreadable(change, says.unread({ why: workloads.why })), severity: isMissed ? 'warning' : 'info' };
    }
    const drained = drainOf(change);
    if (drained) yield* oneForEachWorkload([...observationsOf(drained), ...comingBack(drained)]);
  },
};

function observationsOf(drained: Drain): Observation[] {
  const { workloads, groupOfNode, nameOf } = drained;
  const nodes = new Set(groupOfNode.keys());
  const forEver = heldPods(settled(workloads), nodes).map((held): Judged => ({ held, isForEver: true }));
  const now = heldPods(workloads, nodes).map((held): Judged => ({ held, isForEver: false }));
  const known = new Set(forEver.flatMap(({ held }) => held.pods.map(nameOf)));
  const onlyNow = now.filter(({ held }) => !held.pods.some((pod) => known.has(nameOf(pod))));
  return merged([...forEver, ...onlyNow].map((judged) => observationOf(judged, drained)));
}

interface Judged {
  readonly held: HeldPods;
  readonly isForEver: boolean;
}

function observationOf(judged: Judged, drained: Drain): Observation {
  const { held: { pods }, isForEver } = judged;
  const areKilled = groupsOf(pods, drained).every((group) => group.isForced || group.isRemoved);
  const going = groupsThatGo(pods, drained);
  const values: Values = { ...going, isForced: areKilled && !going.isDeleted, who: podsInWords(pods) };
  return {
    about: aboutWorkload(pods[0], drained),
    severity: areKilled || !isForEver ? 'warning' : 'error',
    ...isForEver ? blockedForEver(judged.held, values) : blockedNow(judged.held, values),
    details: whereInWords(pods, drained),
  };
}

/** Of what an owner brings back on a node that EKS does not terminate in the end, neither by force nor with its node group. */
function comingBack(drained: Drain): Observation[] {
  const { workloads, groupOfNode } = drained;
  const returning = workloads.pods.filter((pod) => {
    const group = groupOfNode.get(pod.node ?? '');
    return group && !group.isForced && !group.isRemoved && pod.toleratesAll && pod.owner && isEvicted(pod);
  });
  return byWorkload(returning).map((pods) => ({
    about: aboutWorkload(pods[0], drained),
    severity: 'warning',
    ...says.toleratesAll({ ...groupsThatGo(pods, drained), who: podsInWords(pods), count: pods.length, command: editOwner(pods[0]) }),
    details: whereInWords(pods, drained),
  }));
}

/** What every message says. */
interface Values extends GroupsThatGo {
  /** Whether EKS kills the pods in the end, by force at least where it does not delete their node group. */
  readonly isForced: boolean;
  readonly who: string;
}

function blockedForEver({ pods, staying, budgets, selected, count, dependsOnOrder }: HeldPods, values: Values): Said {
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
  if (pod.owner.kind === 'Job' && healthy === 1) {
    return says.blockedJob({ ...values, budget, desired, command: kubectl(pod.namespace, `get job ${pod.owner.name}`) });
  }
  const command = letBudgetGiveWay(first, selected);
  if (dependsOnOrder) return says.afterBare({ ...values, budget, desired, command });
  const more = desired > 0 ? missingReplicas(first, count) : undefined;
  const replicas = selected.filter(({ isReady, owner }) => isReady && owner?.kind === pod.owner?.kind && owner?.name === pod.owner?.name);
  return says.blocked({
    ...values, budget, desired, healthy, command, replicas: more === undefined ? undefined : scale(pod, replicas.length + more),
  });
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
