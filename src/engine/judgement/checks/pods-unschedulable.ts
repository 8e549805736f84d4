import { messages } from '../../messages/message';
import { isFinished, isLeaving, PodState, PodTie, VOLUME_DATA } from '../../state/workloads/pod-state';
import { isOfFargate } from '../../state/workloads/workload-state';
import { Check, Observation } from '../check';
import { Severity } from '../finding';
import { nodesAtOnce } from '../workloads/nodes-at-once';
import { editOwner, kubectl } from '../workloads/remedies';
import { Drain, drainOf, sizeOf } from '../workloads/rolled-node-groups';
import {
  aboutWorkload, byWorkload, GROUPS_GO, groupsThatGo, lineForEach, oneForEachWorkload, podsInWords, whereInWords,
} from '../workloads/workload-words';

const says = messages({
  waiting: {
    text: '{pods} {count: is|are} already waiting for a node{first?, and the roll of #, which terminates old nodes before new ones start, '
      + 'adds to them}',
    remedy: 'make room before nodes are replaced: {command}',
  },
  tied: {
    text: `{pods} can run only on {where}, which is removed when ${GROUPS_GO}`,
    remedy: 'let it run on other nodes: {command}',
  },
  tiedByVolume: {
    text: `{pods} can run only on {where}, which is removed when ${GROUPS_GO}`,
    remedy: [
      'move the data to a volume that other nodes can mount, leave {groups: the node group|the node groups} as',
      '{groups: it is|they are} for now, or, if the data may be lost, accept this by its ID: {command}',
    ],
  },
  tiedToZone: {
    text: `{pods} can run only in {where}, which has no other node while ${GROUPS_GO}`,
    remedy: 'make sure that another node is there first, of a node group for that zone for instance: {command}',
  },
  tiedToLastNode: {
    text: [
      `{pods} can run only in {where}, whose only node is replaced when ${GROUPS_GO}:`,
      'EKS starts a new one there before it drains the old one',
    ],
    remedy: 'make sure that the zone has room for one more node: {command}',
  },
});

/**
 * The pods of the nodes that go find new ones.
 *
 * An error where a pod can run on a node that goes only: its volume or its affinity names the node, or a node group that is
 * removed. A warning where its zone has no node left to wait on: its nodes go with their node group, or all at once before a new one comes
 * (strategy `MINIMAL`). Of the only node of a zone that EKS replaces after a new one has started there, an information. A warning, too, where
 * pods wait for a node already: a roll that terminates old nodes first adds to them.
 * Where only EC2 tells of nodes, those of no managed node group are not seen, and nothing is said of zones.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html a new node in each zone comes first
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
    const moving = pods.filter((pod) => drained.groupOfNode.has(pod.node ?? '') && pod.owner && pod.owner.kind !== 'DaemonSet'
      && !pod.isMirror && !isFinished(pod) && !isLeaving(pod));
    const tied = byWorkload(moving.filter(({ ties }) => ties.length > 0)).flatMap((workload) => tiedWorkload(workload, drained));
    const waiting = byWorkload(pods.filter(({ unschedulable, isTerminating }) => unschedulable !== undefined && !isTerminating));
    const isInfo = ({ severity }: Observation) => severity === 'info';
    yield* oneForEachWorkload([
      ...tied.filter((tie) => !isInfo(tie)), ...waiting.map((workload) => waitingWorkload(workload, drained)), ...tied.filter(isInfo),
    ]);
  },
};

function waitingWorkload(pods: readonly PodState[], drained: Drain): Observation {
  const [{ namespace, name }] = pods;
  const first = drained.groups.find(({ isRemoved, state }) => !isRemoved && state.update?.strategy === 'MINIMAL');
  return {
    about: aboutWorkload(pods[0], drained),
    severity: 'warning',
    ...says.waiting({
      pods: podsInWords(pods),
      count: pods.length,
      first: first && `node group ${first.name}`,
      command: kubectl(namespace, `describe pod ${name}`),
    }),
    details: lineForEach(pods, (pod) => `${pod.namespace}/${pod.name}: ${pod.unschedulable}`),
  };
}

/** Why a pod finds no other node, from the gravest. */
type Reason = 'tied' | 'tiedToZone' | 'tiedToLastNode';

const SEVERITIES: Readonly<Record<Reason, Severity>> = { tied: 'error', tiedToZone: 'warning', tiedToLastNode: 'info' };

function tiedWorkload(pods: readonly PodState[], drained: Drain): Observation[] {
  const found = pods.flatMap((pod) => pod.ties.flatMap((tie) => {
    const reason = reasonOf(tie, drained);
    return reason ? [{ pod, tie, reason }] : [];
  }));
  const reason = (Object.keys(SEVERITIES) as Reason[]).find((one) => found.some((tie) => tie.reason === one));
  if (!reason) return [];
  const ties = found.filter((tie) => tie.reason === reason);
  const isByVolume = reason === 'tied' && ties.some(({ tie: { by } }) => by === VOLUME_DATA);
  const held = [...new Set(ties.map(({ pod }) => pod))];
  const isZone = (name: string) => drained.workloads.nodes.some(({ zone }) => zone === name); // an affinity may name anything
  const zones = [...new Set(ties.flatMap(({ tie }) => tie.names))].filter(isZone);
  return [{
    about: aboutWorkload(pods[0], drained),
    severity: SEVERITIES[reason],
    ...says[isByVolume ? 'tiedByVolume' : reason]({
      pods: podsInWords(held),
      where: [...new Set(ties.map(({ tie: { to, names, by } }) => `${to} ${names.join(' or ')} (${by})`))],
      ...groupsThatGo(held, drained),
      command: isByVolume ? kubectl(pods[0].namespace, 'get persistentvolumeclaims')
        : reason === 'tied' ? editOwner(pods[0]) : `'kubectl get nodes -l "topology.kubernetes.io/zone in (${zones.join(',')})"'`,
    }),
    details: whereInWords(held, drained),
  }];
}

function reasonOf({ to, names }: PodTie, drained: Drain): Reason | undefined {
  const { workloads: { nodes, areNodesPartial = false }, groupOfNode, groups } = drained;
  if (to === 'node') {
    const stays = (node: string) => !groupOfNode.has(node) && (areNodesPartial || nodes.some(({ name }) => name === node));
    return names.some(stays) ? undefined : 'tied';
  }
  if (to === 'node group') {
    return names.every((name) => groups.some((group) => group.name === name && group.isRemoved)) ? 'tied' : undefined;
  }
  if (areNodesPartial) return undefined;
  const there = nodes.filter((node) => names.includes(node.zone ?? '') && !isOfFargate(node)).map(({ name }) => name);
  if (there.length === 0 || there.some((name) => !groupOfNode.has(name))) return undefined;
  if (areGoneAtOnce(there, drained)) return 'tiedToZone';
  return there.length === 1 ? 'tiedToLastNode' : undefined;
}

/** Whether nodes of a zone may all be gone before a new one comes. */
function areGoneAtOnce(nodes: readonly string[], drained: Drain): boolean {
  const { groupOfNode } = drained;
  const groups = new Set(nodes.map((name) => groupOfNode.get(name)!));
  return [...groups].every((group) => {
    const here = nodes.filter((name) => groupOfNode.get(name) === group).length;
    return group.isRemoved || (group.state.update?.strategy === 'MINIMAL' && here <= nodesAtOnce(group, sizeOf(drained, group)));
  });
}
