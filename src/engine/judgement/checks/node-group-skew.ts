import { Change, nodeGroupsOf, nodesVersionOf } from '../../change/change';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { hasCustomAmi, NodeGroupState } from '../../state/node-group-state';
import { isOfFargate, NodeState } from '../../state/workloads/workload-state';
import { aboutCluster, Check, Observation } from '../check';

const AHEAD = 'its nodes run {version}, but nodes must not be newer than the control plane, which will run {target}';
const BEHIND = 'its nodes run {version}, more than {skew} minors older than {target}';
const REPLACE_NODES = '{onNodes?replace the nodes first; with Karpenter, set another AMI in their EC2NodeClass}{onBoth?; }';

const says = messages({
  unread: {
    text: 'the Kubernetes version of its nodes is unknown: {why}',
    remedy: "check with 'kubectl get nodes' that none is newer than {target} or more than {skew} minors older",
  },
  ahead: { text: AHEAD, remedy: 'roll the node group to {target} first: EKS does not do that by itself' },
  customAmiAhead: { text: AHEAD, remedy: 'give its launch template an AMI of {target} first: EKS does not do that by itself' },
  tooFarBehind: { text: BEHIND, remedy: 'roll the node group to {current} first' },
  customAmiTooFarBehind: { text: BEHIND, remedy: 'give its launch template an AMI of {current} first' },
  someAhead: {
    text: '{count: # of its nodes is|# of its nodes are} newer than the control plane, which will run {target}',
    remedy: 'replace these nodes first',
  },
  someTooFarBehind: {
    text: '{count: # of its nodes is|# of its nodes are} more than {skew} minors older than {target}, as a roll that failed leaves them',
    remedy: 'roll the node group to {current} first, or terminate these nodes after a drain',
  },
  othersAhead: {
    text: '{count: # node|# nodes} outside of managed node groups {count: is|are} newer than the control plane, which will run {target}',
    remedy: [
      `${REPLACE_NODES}{onFargate?scale what runs on Fargate down to no pods first, and up again afterwards: new pods there get the`,
      'kubelet of the control plane}',
    ],
  },
  othersTooFarBehind: {
    text: '{count: # node|# nodes} outside of managed node groups {count: is|are} more than {skew} minors older than {target}',
    remedy: `${REPLACE_NODES}{onFargate?recreate the pods on Fargate first, for example with 'kubectl rollout restart'}`,
  },
});

/**
 * The nodes that run today may serve the wanted control plane: never newer than it, and not older than the kubelet skew allows.
 *
 * Counted against the target, because the control plane moves first: up to 3 minors behind since Kubernetes 1.28, 2 before.
 * On the way back the nodes go first, since EKS does not roll back managed node groups. (EKS's API text still wants node groups
 * to equal the control plane; in practice the skew has counted since 2023.) A custom AMI gets a warning, since EKS may not know
 * what it holds.
 * Single nodes, older ones of a managed node group or Karpenter's, are seen where workloads are looked at and nodes may be listed.
 * Those of Auto Mode may be newer than the target: EKS takes them back before the control plane.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-automode.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate.html which kubelet pods on Fargate get
 */
export const nodeGroupSkew: Check = {
  id: 'node-group-skew',
  severity: 'error',
  source: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',
  messages: says,

  * examine(change) {
    if (!change.isAboutVersion) return;
    for (const group of nodeGroupsOf(change)) {
      const objection = objectionTo(group, change);
      const about = { kind: 'node group' as const, name: group.name };
      if (objection) yield { about, ...objection };
      if (!objection || objection.unknown) yield* objectionsToNodes(change, group.name, about);
    }
    yield* objectionsToNodes(change, undefined, aboutCluster(change));
  },
};

function objectionTo(group: NodeGroupState, change: Change): Omit<Observation, 'about'> | undefined {
  const { current, target } = change;
  const version = nodesVersionOf(change, group);
  if (!version.known) {
    return {
      // EKS does not know it either, and its kubelet insight looks at the nodes themselves.
      severity: 'warning',
      ...says.unread({ why: version.why, target, skew: kubeletSkewOf(target) }),
      unknown: true,
    };
  }
  // With a custom AMI, it is not documented what EKS makes of the version after a change of the launch template.
  const isCustom = hasCustomAmi(group);
  const severity = isCustom ? 'warning' : 'error';
  const nodes = { version: version.value, target };
  switch (judgeSkew(target, version.value)) {
    case 'ahead': return { severity, ...(isCustom ? says.customAmiAhead : says.ahead)(nodes) };
    case 'too far behind': return {
      severity, ...(isCustom ? says.customAmiTooFarBehind : says.tooFarBehind)({ ...nodes, skew: kubeletSkewOf(target), current }),
    };
    default: return undefined;
  }
}

/** What is said of single nodes: of those of no managed node group, or of one. */
const OF_NODES = {
  others: { 'ahead': says.othersAhead, 'too far behind': says.othersTooFarBehind },
  some: { 'ahead': says.someAhead, 'too far behind': says.someTooFarBehind },
};

/**
 * Of single nodes, by the version of their kubelets: those of a managed node group, which EKS describes by one version even after a roll
 * that failed, or those that no managed node group has.
 */
function* objectionsToNodes(change: Change, group: string | undefined, about: Observation['about']): Iterable<Observation> {
  const { state: { workloads }, current, target } = change;
  const nodes = (workloads?.known ? workloads.value.nodes : []).filter(({ nodeGroup }) => nodeGroup === group);
  const judged = nodes.flatMap(({ name, kubelet, computeType }) => {
    const minor = kubelet === undefined ? undefined : /^v(\d+\.\d+)\./.exec(kubelet)?.[1];
    return minor === undefined ? [] : [{ name, kubelet, computeType, verdict: judgeSkew(target, KubernetesMinor.parse(minor)) }];
  });
  for (const verdict of ['ahead', 'too far behind'] as const) {
    const objectionable = judged.filter((node) => node.verdict === verdict && !(verdict === 'ahead' && isTakenBack(node, change)));
    if (objectionable.length === 0) continue;
    const say = OF_NODES[group === undefined ? 'others' : 'some'][verdict];
    yield {
      about,
      ...say({
        count: objectionable.length, current, target, skew: kubeletSkewOf(target), ...group === undefined && whereOthersAre(objectionable),
      }),
      details: objectionable.map(({ name, kubelet }) => `${name}: kubelet ${kubelet}`),
    };
  }
}

/** Nobody replaces a node of Fargate: new pods bring new ones. */
function whereOthersAre(nodes: readonly Pick<NodeState, 'computeType'>[]): { onNodes: boolean; onFargate: boolean; onBoth: boolean } {
  const onFargate = nodes.some(isOfFargate);
  const onNodes = !nodes.every(isOfFargate);
  return { onNodes, onFargate, onBoth: onNodes && onFargate };
}

/** Whether EKS takes a node back by itself, before the control plane. */
function isTakenBack({ computeType }: Pick<NodeState, 'computeType'>, { direction, state: { autoMode } }: Change): boolean {
  return computeType === 'auto' && autoMode && direction === 'down';
}
