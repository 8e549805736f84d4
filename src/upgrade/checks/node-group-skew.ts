import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { Check, unreadable } from '../check';

/**
 * The nodes that run today may serve the wanted control plane: never newer than it, and not older than the kubelet skew allows.
 *
 * Counted against the target, because the control plane moves first: up to 3 minors behind since Kubernetes 1.28, 2 before.
 * On the way back the nodes go first, since EKS does not roll back managed node groups. (EKS's API text still wants node groups
 * to equal the control plane; in practice the skew has counted since 2023.)
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const nodeGroupSkew: Check = {
  id: 'node-group-skew',
  severity: 'error',

  * examine(change) {
    const { current, target, direction, state: { nodeGroups } } = change;
    if (direction === 'none') return;
    if (!nodeGroups.known) {
      yield unreadable(change, 'the node groups', nodeGroups.why);
      return;
    }
    for (const { name, version } of nodeGroups.value) {
      const about = { kind: 'node group', name } as const;
      if (!version.known) {
        // Only a warning: EKS does not know it either, and its kubelet insight looks at the nodes themselves.
        yield {
          about,
          severity: 'warning',
          message: `the Kubernetes version of its nodes is not known: ${version.why}`,
          remedy: `see with 'kubectl get nodes' that none is newer than ${target} or more than ${kubeletSkewOf(target)} minors older`,
          unknown: true,
        };
        continue;
      }
      const verdict = judgeSkew(target, KubernetesMinor.parse(version.value));
      if (verdict === 'ahead') {
        yield {
          about,
          message: `its nodes run ${version.value}, and nodes must not be newer than the control plane, which is to be ${target}`,
          remedy: `roll the node group back to ${target} first: EKS does not do it`,
        };
      } else if (verdict === 'too far behind') {
        yield {
          about,
          message: `its nodes run ${version.value}, more than ${kubeletSkewOf(target)} minors behind the wanted ${target}`,
          remedy: `roll the node group to ${current} first`,
        };
      }
    }
  },
};
