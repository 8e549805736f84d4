import { parseAddOnVersion } from './add-on-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** The add-on whose versions follow those of Kubernetes. */
export const KUBE_PROXY = 'kube-proxy';

/** The Kubernetes minor of a version of kube-proxy; undefined when it cannot be read. */
export function kubeProxyMinorOf(version: string): KubernetesMinor | undefined {
  const parsed = parseAddOnVersion(version);
  return parsed && KubernetesMinor.parse(`${parsed.major}.${parsed.minor}`);
}
