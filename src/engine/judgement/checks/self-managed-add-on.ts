import { addOnsOf, Change, offersOfAddOn } from '../../change/change';
import { newestAddOnVersion, parseAddOnVersion } from '../../eks/add-on-version';
import { KUBE_PROXY, kubeProxyMinorOf } from '../../eks/kube-proxy';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { AddOnOffer } from '../../state/region-catalog';
import { CoreAddOn, CoreImage } from '../../state/workloads/core-image';
import { Check, Observation } from '../check';

/**
 * An add-on that EKS does not manage, and so neither lists nor updates, fits the control plane: kube-proxy, VPC CNI and CoreDNS.
 *
 * Seen only by the images that run, where workloads are looked at. A kube-proxy outside the skew is an error when the version is
 * to change, else a warning; so is a minor of the others of which EKS lists no version for the wanted control plane. What fits is
 * an information.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export const selfManagedAddOn: Check = {
  id: 'self-managed-add-on',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html',

  * examine(change) {
    const { workloads, addOns, unreadAddOns } = change.state;
    if (!workloads?.known || !addOns.known) return;
    const managed = new Set([
      ...[...addOnsOf(change), ...unreadAddOns].map(({ name }) => name), ...Object.keys(change.intent.addOns ?? {}),
    ]);
    for (const image of workloads.value.coreImages ?? []) {
      if (!managed.has(image.addOn)) yield { about: { kind: 'add-on', name: image.addOn }, ...judge(image, change) };
    }
  },
};

type Judged = Omit<Observation, 'about'>;

/** How an app lets EKS manage it. */
const FACTORIES: Readonly<Record<CoreAddOn, string>> = { 'kube-proxy': 'kubeProxy', 'vpc-cni': 'vpcCni', 'coredns': 'coreDns' };

function judge(image: CoreImage, change: Change): Judged {
  const { addOn, workload, version } = image;
  const offer = offersOfAddOn(change, addOn, change.target);
  const fitting = offer.known ? offer.value.defaultVersion ?? newestAddOnVersion(offer.value.versions) : undefined;
  const what = `${workload} runs ${version ?? 'an image without a version'}, which EKS neither manages nor updates`;
  const misfit = version === undefined ? undefined
    : addOn === KUBE_PROXY ? kubeProxyMisfit(version, change) : offer.known ? misfitOf(version, offer.value, change) : undefined;
  const fits = fitting === undefined ? '' : `; EKS would install ${fitting} for Kubernetes ${change.target}`;
  return {
    severity: misfit?.severity ?? 'info',
    message: `${what}${misfit ? `: ${misfit.why}` : ''}${fits}`,
    remedy: `update it yourself ${misfit?.comesFirst ? 'before' : 'after'} the control plane, or let EKS manage it: ManagedAddOn.${FACTORIES[addOn]}() in managedAddOns`,
  };
}

interface Misfit {
  readonly why: string;
  readonly severity: 'error' | 'warning';
  readonly comesFirst: boolean;
}

/** @see https://kubernetes.io/releases/version-skew-policy/#kube-proxy */
function kubeProxyMisfit(version: string, { target, isAboutVersion }: Change): Misfit | undefined {
  const minor = kubeProxyMinorOf(version);
  const severity = isAboutVersion ? 'error' : 'warning';
  switch (minor && judgeSkew(target, minor)) {
    case 'ahead': return {
      why: `kube-proxy must not be newer than the control plane, which is to be ${target}`, severity, comesFirst: true,
    };
    case 'too far behind': return {
      why: `it is more than ${kubeletSkewOf(target)} minors behind the wanted ${target}`, severity, comesFirst: true,
    };
    default: return undefined;
  }
}

function misfitOf(version: string, { versions }: AddOnOffer, { target }: Change): Misfit | undefined {
  const parsed = parseAddOnVersion(version);
  if (!parsed || versions.length === 0) return undefined;
  const isOffered = versions.map(parseAddOnVersion).some((offered) => offered?.major === parsed.major && offered.minor === parsed.minor);
  return isOffered ? undefined : {
    why: `EKS lists no ${parsed.major}.${parsed.minor} of it for Kubernetes ${target}`, severity: 'warning', comesFirst: false,
  };
}
