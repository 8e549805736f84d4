import { parseAddOnVersion } from './add-on-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { KUBE_PROXY } from '../state/add-on-names';

/**
 * Whether an add-on stays where it can while nodes are held back: kube-proxy runs on them, and what has not moved need not go back when the
 * control plane does.
 *
 * @param isChosen whether the app chooses its version
 */
export function staysWithNodes(name: string, isChosen: boolean): boolean {
  return name === KUBE_PROXY && !isChosen;
}

/** The Kubernetes minor of a version of kube-proxy; undefined when it cannot be read. */
export function kubeProxyMinorOf(version: string): KubernetesMinor | undefined {
  const parsed = parseAddOnVersion(version);
  return parsed && KubernetesMinor.parse(`${parsed.major}.${parsed.minor}`);
}
