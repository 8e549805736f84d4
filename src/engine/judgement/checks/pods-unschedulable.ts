import { messages } from '../../messages/message';
import { isFinished, PodState } from '../../state/workloads/pod-state';
import { aboutCluster, Check, Observation } from '../check';
import { kubectl } from '../workloads/remedies';
import { Drain, drainOf } from '../workloads/rolled-node-groups';
import { aboutWorkload, byWorkload, groupsOf, podsInWords, whereInWords } from '../workloads/workload-words';

const PODS_NAMED = 10;

const says = messages({
  waiting: {
    text: '{count: # pod is|# pods are} already waiting for a node',
    remedy: "make room for them before nodes are replaced: 'kubectl get pods -A --field-selector status.phase=Pending'",
  },
  tied: {
    text: '{pods} can run only on {where}, which is removed when {groups: node group|node groups} {groups and} {groups: rolls|roll}',
    remedy: 'let it run on other nodes: {command}',
  },
  tiedToZone: {
    text: '{pods} can run only in {where}, which has no other node while {groups: node group|node groups} {groups and} '
      + '{groups: rolls|roll}',
    remedy: 'make sure that new nodes start there, with a node group for that zone or one more node',
  },
});

/**
 * The pods of the nodes that go find new ones.
 *
 * An error where a pod can run on a node that goes only: its volume or its affinity names the node, or a node group that is
 * removed. A warning where its zone has no other node to wait on until a new one comes, and where pods wait for a node already: a roll that
 * terminates old nodes first adds to them.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 */
export const podsUnschedulable: Check = {
  id: 'pods-unschedulable',
  severity: 'error',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
  messages: says,

  * examine(change) {
    const drained = drainOf(change);
    if (!drained) return;
    const { pods } = drained.workloads;
    const waiting = pods.filter(({ unschedulable, isTerminating }) => unschedulable !== undefined && !isTerminating);
    if (waiting.length > 0) {
      yield {
        about: aboutCluster(change),
        severity: 'warning',
        ...says.waiting({ count: waiting.length }),
        details: waiting.slice(0, PODS_NAMED).map(({ namespace, name, unschedulable }) => `${namespace}/${name}: ${unschedulable}`),
      };
    }
    const moving = pods.filter(
      (pod) => drained.groupOfNode.has(pod.node ?? '') && pod.owner && pod.owner.kind !== 'DaemonSet' && !pod.isMirror && !isFinished(pod),
    );
    for (const workload of byWorkload(moving.filter(({ ties }) => ties.length > 0))) yield* tiedWorkload(workload, drained);
  },
};

function tiedWorkload(pods: readonly PodState[], drained: Drain): Observation[] {
  const { workloads: { nodes }, groupOfNode, groups } = drained;
  const staying = nodes.filter(({ name }) => !groupOfNode.has(name));
  const reasonOf = (pod: PodState): readonly [string, 'error' | 'warning'] | undefined => {
    for (const { to, names, by } of pod.ties) {
      const where = `${to} ${names.join(' or ')} (${by})`;
      if (to === 'node' && !staying.some(({ name }) => names.includes(name))) return [where, 'error'];
      if (to === 'node group' && names.every((name) => groups.some((group) => group.name === name && group.isRemoved))) {
        return [where, 'error'];
      }
      if (to === 'zone' && nodes.filter(({ zone = '' }) => names.includes(zone)).length <= 1) return [where, 'warning'];
    }
    return undefined;
  };
  const tied = pods.flatMap((pod) => {
    const reason = reasonOf(pod);
    return reason ? [{ pod, where: reason[0], severity: reason[1] }] : [];
  });
  if (tied.length === 0) return [];
  const isError = tied.some(({ severity }) => severity === 'error');
  const held = tied.filter(({ severity }) => (severity === 'error') === isError);
  const heldPods = held.map(({ pod }) => pod);
  const values = {
    pods: podsInWords(heldPods),
    where: [...new Set(held.map((tie) => tie.where))],
    groups: groupsOf(heldPods, drained),
  };
  const [{ namespace, owner }] = pods;
  return [{
    about: aboutWorkload(pods[0]),
    severity: isError ? 'error' : 'warning',
    ...isError
      ? says.tied({ ...values, command: kubectl(namespace, `edit ${owner!.kind.toLowerCase()} ${owner!.name}`) })
      : says.tiedToZone(values),
    details: whereInWords(heldPods, drained),
  }];
}
