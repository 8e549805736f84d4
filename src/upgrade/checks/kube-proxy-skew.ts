import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { parseAddOnVersion } from '../add-on-version';
import { Check, unreadable } from '../check';

/**
 * The installed kube-proxy may serve the wanted control plane: never newer than it, and within the same skew as kubelets.
 *
 * Counted against the target, because the control plane moves before the add-ons. Only an add-on is visible, not a self-managed kube-proxy.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kube-proxy
 */
export const kubeProxySkew: Check = {
  id: 'kube-proxy-skew',
  severity: 'error',

  * examine(change) {
    const { current, target, direction, state: { addOns } } = change;
    if (direction === 'none') return;
    if (!addOns.known) {
      yield unreadable(change, 'the version of kube-proxy', addOns.why);
      return;
    }
    const kubeProxy = addOns.value.find(({ name }) => name === 'kube-proxy');
    if (!kubeProxy) return;
    const about = { kind: 'add-on', name: kubeProxy.name } as const;
    const version = parseAddOnVersion(kubeProxy.version);
    if (!version) {
      yield { about, message: `its version ${kubeProxy.version} cannot be read`, remedy: `see that it is within ${kubeletSkewOf(target)} minors of ${target}`, unknown: true };
      return;
    }
    const verdict = judgeSkew(target, KubernetesMinor.parse(`${version.major}.${version.minor}`));
    if (verdict === 'ahead') {
      yield {
        about,
        message: `${kubeProxy.version} is installed, and kube-proxy must not be newer than the control plane, which is to be ${target}`,
        remedy: `move kube-proxy back to a version of ${target} first`,
      };
    } else if (verdict === 'too far behind') {
      yield {
        about,
        message: `${kubeProxy.version} is installed, more than ${kubeletSkewOf(target)} minors behind the wanted ${target}`,
        remedy: `move kube-proxy to a version of ${current} first`,
      };
    }
  },
};
