import { KubernetesMinor } from './kubernetes-minor';

const WIDER_SKEW_SINCE = KubernetesMinor.parse('1.28');

/**
 * How many minors a kubelet may be behind its control plane: 3 since Kubernetes 1.28, 2 before.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kubelet
 */
export function kubeletSkewOf(controlPlane: KubernetesMinor): number {
  return controlPlane.isOlderThan(WIDER_SKEW_SINCE) ? 2 : 3;
}

/** The oldest version that nodes of this control plane may run. */
export function oldestKubeletFor(controlPlane: KubernetesMinor): KubernetesMinor {
  return controlPlane.plus(-kubeletSkewOf(controlPlane));
}

/** Where nodes stand relative to their control plane. */
export type SkewVerdict = 'ahead' | 'equal' | 'behind' | 'too far behind';

/**
 * Judges a node version against its control plane: nodes may lag within the kubelet skew and never lead.
 */
export function judgeSkew(controlPlane: KubernetesMinor, nodes: KubernetesMinor): SkewVerdict {
  if (nodes.isNewerThan(controlPlane)) {
    return 'ahead';
  }
  if (nodes.isOlderThan(oldestKubeletFor(controlPlane))) {
    return 'too far behind';
  }
  return nodes.equals(controlPlane) ? 'equal' : 'behind';
}
