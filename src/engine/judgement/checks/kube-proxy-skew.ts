import { addOnsOf, Change, offersOfAddOn } from '../../change/change';
import { kubeProxyMinorOf } from '../../eks/kube-proxy';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { messages } from '../../messages/message';
import { KUBE_PROXY } from '../../state/add-on-names';
import { Check, Observation } from '../check';

const says = messages({
  unreadable: { text: 'its version {installed} cannot be parsed', remedy: 'make sure that it is within {skew} minors of {target}' },
  ahead: {
    text: '{installed} is installed, but kube-proxy must not be newer than the control plane, which will run {target}',
    remedy: 'downgrade kube-proxy to a version for {target} first',
  },
  aheadUntilAfter: {
    text: '{installed} is installed, but kube-proxy must not be newer than the control plane, which will run {target}',
    remedy: 'downgrade kube-proxy to a version for {target} right afterwards: EKS offers none for {current} that is old enough',
  },
  tooFarBehind: {
    text: '{installed} is installed, more than {skew} minors older than {target}',
    remedy: 'update kube-proxy to a version for {current} first',
  },
});

/**
 * The installed kube-proxy may serve the wanted control plane: never newer than it, and within the same skew as kubelets.
 *
 * Counted against the target, because the control plane moves before the add-ons. Only an add-on is visible, not a self-managed kube-proxy.
 * EKS has been seen to offer kube-proxy of older minors for a newer control plane, and of its own minor only. Where it is the latter,
 * kube-proxy cannot go back before the control plane, and a newer one is a warning: what EKS makes of it, its rollback insights say.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/#kube-proxy
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
 */
export const kubeProxySkew: Check = {
  id: 'kube-proxy-skew',
  severity: 'error',
  source: 'https://kubernetes.io/releases/version-skew-policy/#kube-proxy',
  messages: says,

  * examine(change) {
    if (!change.isAboutVersion) return;
    for (const { name, version } of addOnsOf(change).filter((addOn) => addOn.name === KUBE_PROXY)) {
      const objection = objectionTo(version, change);
      if (objection) yield { about: { kind: 'add-on', name }, ...objection };
    }
  },
};

function objectionTo(installed: string, change: Change): Omit<Observation, 'about'> | undefined {
  const { current, target } = change;
  const minor = kubeProxyMinorOf(installed);
  if (!minor) {
    return { ...says.unreadable({ installed, skew: kubeletSkewOf(target), target }), unknown: true };
  }
  switch (judgeSkew(target, minor)) {
    case 'ahead': return canGoBackFirst(change)
      ? says.ahead({ installed, target })
      : { severity: 'warning', ...says.aheadUntilAfter({ installed, target, current }) };
    case 'too far behind': return says.tooFarBehind({ installed, skew: kubeletSkewOf(target), target, current });
    default: return undefined;
  }
}

/** Whether EKS has, for the control plane as it is, a kube-proxy that also suits an older one. Where that is not known, it is expected. */
function canGoBackFirst(change: Change): boolean {
  const { current, target } = change;
  const offer = offersOfAddOn(change, KUBE_PROXY, current);
  return !offer.known || offer.value.versions.some((version) => !kubeProxyMinorOf(version)?.isNewerThan(target));
}
