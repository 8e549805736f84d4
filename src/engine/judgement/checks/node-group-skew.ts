import { Change, nodeGroupsOf, nodesVersionOf } from '../../change/change';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { hasCustomAmi, NodeGroupState } from '../../state/node-group-state';
import { aboutCluster, Check, Observation } from '../check';

/**
 * The nodes that run today may serve the wanted control plane: never newer than it, and not older than the kubelet skew allows.
 *
 * Counted against the target, because the control plane moves first: up to 3 minors behind since Kubernetes 1.28, 2 before.
 * On the way back the nodes go first, since EKS does not roll back managed node groups. (EKS's API text still wants node groups
 * to equal the control plane; in practice the skew has counted since 2023.) A custom AMI gets a warning, since EKS may not know
 * what it holds.
 * Nodes of no managed node group, such as Karpenter's, are seen where workloads are looked at and nodes may be listed.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const nodeGroupSkew: Check = {
  id: 'node-group-skew',
  severity: 'error',
  source: 'https://kubernetes.io/releases/version-skew-policy/#kubelet',

  * examine(change) {
    if (!change.isAboutVersion) return;
    for (const group of nodeGroupsOf(change)) {
      const objection = objectionTo(group, change);
      if (objection) yield { about: { kind: 'node group', name: group.name }, ...objection };
    }
    yield* objectionsToOthers(change);
  },
};

function objectionTo(group: NodeGroupState, change: Change): Omit<Observation, 'about'> | undefined {
  const { current, target } = change;
  const version = nodesVersionOf(change, group);
  if (!version.known) {
    return {
      // EKS does not know it either, and its kubelet insight looks at the nodes themselves.
      severity: 'warning',
      message: `the Kubernetes version of its nodes is not known: ${version.why}`,
      remedy: `see with 'kubectl get nodes' that none is newer than ${target} or more than ${kubeletSkewOf(target)} minors older`,
      unknown: true,
    };
  }
  // With a custom AMI, it is not documented what EKS makes of the version after a change of the launch template.
  const severity = hasCustomAmi(group) ? 'warning' : 'error';
  const roll = (to: KubernetesMinor) => hasCustomAmi(group) ? `give its launch template an AMI of ${to} first` : `roll the node group to ${to} first`;
  switch (judgeSkew(target, KubernetesMinor.parse(version.value))) {
    case 'ahead': return {
      severity,
      message: `its nodes run ${version.value}, and nodes must not be newer than the control plane, which is to be ${target}`,
      remedy: `${roll(target)}: EKS does not do it`,
    };
    case 'too far behind': return {
      severity,
      message: `its nodes run ${version.value}, more than ${kubeletSkewOf(target)} minors behind the wanted ${target}`,
      remedy: roll(current),
    };
    default: return undefined;
  }
}

/** Of nodes that no managed node group has, by the version of their kubelets. */
function* objectionsToOthers(change: Change): Iterable<Observation> {
  const { state: { workloads }, target } = change;
  const others = (workloads?.known ? workloads.value.nodes : []).filter(({ nodeGroup }) => nodeGroup === undefined);
  const minors = others.flatMap(({ name, kubelet }) => {
    const minor = kubelet === undefined ? undefined : /^v(\d+\.\d+)\./.exec(kubelet)?.[1];
    return minor === undefined ? [] : [{ name, kubelet, verdict: judgeSkew(target, KubernetesMinor.parse(minor)) }];
  });
  for (const verdict of ['ahead', 'too far behind'] as const) {
    const nodes = minors.filter((node) => node.verdict === verdict);
    if (nodes.length === 0) continue;
    const who = nodes.length === 1 ? '1 node' : `${nodes.length} nodes`;
    yield {
      about: aboutCluster(change),
      message: verdict === 'ahead'
        ? `${who} of no managed node group ${nodes.length === 1 ? 'is' : 'are'} newer than the control plane is to be, ${target}`
        : `${who} of no managed node group ${nodes.length === 1 ? 'is' : 'are'} more than ${kubeletSkewOf(target)} minors behind the wanted ${target}`,
      remedy: 'replace the nodes first, with Karpenter by another AMI in their EC2NodeClass',
      details: nodes.map(({ name, kubelet }) => `${name}: kubelet ${kubelet}`),
    };
  }
}
