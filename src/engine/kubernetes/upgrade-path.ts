import { KubernetesMinor } from './kubernetes-minor';

/**
 * The versions through which a control plane gets from one to another, both included: EKS moves one minor at a time.
 *
 * Between major versions, of which Kubernetes has had one, nothing is known: the path is the two ends.
 */
export function upgradePath(from: KubernetesMinor, to: KubernetesMinor): KubernetesMinor[] {
  const distance = to.minorsAheadOf(from);
  if (!Number.isFinite(distance)) return [from, to];
  return Array.from({ length: Math.abs(distance) + 1 }, (_, step) => from.plus(step * Math.sign(distance)));
}
