import { addOnCalled, addOnsOf, Change, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { newestAddOnVersion, parseAddOnVersion } from '../../eks/add-on-version';
import { kubeProxyMinorOf } from '../../eks/kube-proxy';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { messages } from '../../messages/message';
import { CORE_DNS, KUBE_PROXY, VPC_CNI } from '../../state/add-on-names';
import { regionOfCluster } from '../../state/cluster-state';
import { AddOnOffer } from '../../state/region-catalog';
import { CoreAddOn, CoreImage } from '../../state/workloads/core-image';
import { Check, Observation } from '../check';
import { kubectl } from '../workloads/remedies';

const RUNS = '{workload} runs {version}, which EKS neither manages nor updates';
const INSTALLS = '{offered?; EKS would install #}';
const UPDATE = 'update it yourself {comesFirst: before|after} the control plane ({command}), or let EKS manage it: '
  + 'ManagedAddOn.{factory}({ conflictPolicy: AddOnConflictPolicy.OVERWRITE }) in managedAddOns, '
  + 'with OVERWRITE once, since it resets what was changed by hand';

const OVERRIDDEN = '{workload} runs {version}, although EKS manages {addOn} as {installed}: somebody has changed its image';
const RESET = "let EKS reset it{comesFirst? before the control plane}: 'aws eks update-addon --cluster-name {cluster} --addon-name {addOn} "
  + "--addon-version {installed} --resolve-conflicts OVERWRITE{region? --region #}'";

const OVERWRITE = 'set conflictPolicy: AddOnConflictPolicy.OVERWRITE once, and pass changes made by hand as configurationValues';

const says = messages({
  overridden: { text: OVERRIDDEN, remedy: RESET },
  overriddenAhead: {
    text: `${OVERRIDDEN}, and kube-proxy must not be newer than the control plane, which will run {target}`,
    remedy: RESET,
  },
  overriddenTooFarBehind: { text: `${OVERRIDDEN}, and it is more than {skew} minors older than {target}`, remedy: RESET },
  unmanaged: { text: `${RUNS}${INSTALLS}`, remedy: UPDATE },
  kubeProxyAhead: {
    text: `${RUNS}: kube-proxy must not be newer than the control plane, which will run {target}${INSTALLS}`,
    remedy: UPDATE,
  },
  kubeProxyTooFarBehind: { text: `${RUNS}: it is more than {skew} minors older than {target}${INSTALLS}`, remedy: UPDATE },
  takenOver: {
    text: '{workload} runs {version}, which EKS does not manage: if its settings differ, creating the add-on fails',
    remedy: OVERWRITE,
  },
  perhapsTakenOver: {
    text: 'EKS may have installed it by itself when it created the cluster: if its settings were changed since, creating the add-on fails',
    remedy: OVERWRITE,
  },
  notListed: { text: `${RUNS}: EKS lists no {minor} of it for Kubernetes {target}${INSTALLS}`, remedy: UPDATE },
});

/**
 * What runs of kube-proxy, VPC CNI and CoreDNS fits the control plane where EKS does not manage it, or where somebody changed the image.
 *
 * What EKS does not manage, it neither lists nor updates. Seen only by the images that run, where workloads are looked at. A kube-proxy
 * outside the skew is an error when the version is to change, else a warning; so is a minor of the others of which EKS lists no version
 * for the wanted control plane. What fits is an information, and so is an image of another version than EKS tells of its add-on.
 *
 * EKS installs the three by itself when it creates a cluster that neither runs in Auto Mode nor says otherwise. An add-on that is created over
 * what runs already needs leave to overwrite it: a warning, without a look at workloads as well.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
 */
export const selfManagedAddOn: Check = {
  id: 'self-managed-add-on',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html',
  messages: says,

  * examine(change) {
    const { workloads, addOns, unreadAddOns } = change.state;
    if (!addOns.known) return;
    for (const name of Object.keys(FACTORIES) as CoreAddOn[]) {
      if (createsWithoutOverwriting(change, name)) yield* judgeTakenOver(name, change);
    }
    if (!workloads?.known) return;
    const unseen = new Set([...unreadAddOns.map(({ name }) => name), ...Object.keys(change.intent.addOns ?? {})]);
    for (const image of workloads.value.coreImages ?? []) {
      const managed = addOnCalled(change, image.addOn);
      const judged = managed ? judgeOverridden(image, managed.version, change) : unseen.has(image.addOn) ? undefined : judge(image, change);
      if (judged) yield { about: { kind: 'add-on', name: image.addOn }, ...judged };
    }
  },
};

const NO_VERSION = 'an image without a version';

type Judged = Omit<Observation, 'about'>;

/** How an app lets EKS manage it. */
const FACTORIES: Readonly<Record<CoreAddOn, string>> = { [KUBE_PROXY]: 'kubeProxy', [VPC_CNI]: 'vpcCni', [CORE_DNS]: 'coreDns' };

/** Whether an add-on is created in a cluster that runs, and EKS is not told to overwrite what it finds. */
function createsWithoutOverwriting(change: Change, name: CoreAddOn): boolean {
  const { isNew, removed, isOverwriting } = wantedOfAddOn(change, name);
  const { status, unreadAddOns } = change.state;
  const exists = [...addOnsOf(change), ...unreadAddOns].some((addOn) => addOn.name === name);
  return isNew === true && !removed && !isOverwriting && !exists && status !== 'CREATING';
}

/** Where workloads are looked at, what runs is known; else, what EKS installs by itself may run. */
function* judgeTakenOver(name: CoreAddOn, { state: { workloads, autoMode }, intent }: Change): Iterable<Observation> {
  const about = { kind: 'add-on', name } as const;
  if (workloads?.known && workloads.value.coreImages) {
    const image = workloads.value.coreImages.find(({ addOn }) => addOn === name);
    if (image) yield { about, ...says.takenOver({ workload: image.workload, version: image.version ?? NO_VERSION }) };
  } else if (!autoMode && !intent.isWithoutSelfManaged) {
    yield { about, ...says.perhapsTakenOver({}) };
  }
}

function judge(image: CoreImage, change: Change): Judged {
  const { addOn, workload, version } = image;
  const offer = offersOfAddOn(change, addOn, change.target);
  const fitting = offer.known ? offer.value.defaultVersion ?? newestAddOnVersion(offer.value.versions) : undefined;
  const offered = fitting === undefined ? undefined : `${fitting} for Kubernetes ${change.target}`;
  const [kind, name] = workload.split(' ');
  const values = {
    workload,
    version: version ?? NO_VERSION,
    offered,
    factory: FACTORIES[addOn],
    target: change.target,
    command: kubectl('kube-system', `edit ${kind.toLowerCase()} ${name}`),
  };
  if (version !== undefined && addOn === KUBE_PROXY) {
    const skew = kubeProxySkew(version, change);
    const severity = change.isAboutVersion ? 'error' : 'warning';
    if (skew === 'ahead') return { severity, ...says.kubeProxyAhead({ ...values, comesFirst: true }) };
    if (skew === 'too far behind') {
      return { severity, ...says.kubeProxyTooFarBehind({ ...values, skew: kubeletSkewOf(change.target), comesFirst: true }) };
    }
  } else if (version !== undefined && offer.known) {
    const minor = minorNotListed(version, offer.value);
    if (minor !== undefined) return { severity: 'warning', ...says.notListed({ ...values, minor, comesFirst: false }) };
  }
  return { severity: 'info', ...says.unmanaged({ ...values, comesFirst: false }) };
}

/**
 * Of an image that is not that of the add-on's version: the tag of EKS's images has the version of the add-on, with words between
 * its numbers.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
 */
function judgeOverridden({ addOn, workload, version }: CoreImage, installed: string, change: Change): Judged | undefined {
  const [runs, told] = [version === undefined ? undefined : parseAddOnVersion(version), parseAddOnVersion(installed)];
  if (version === undefined || !runs || !told) return undefined;
  if (runs.major === told.major && runs.minor === told.minor && runs.patch === told.patch) return undefined;
  const skew = addOn === KUBE_PROXY ? kubeProxySkew(version, change) : undefined;
  const isOutside = skew === 'ahead' || skew === 'too far behind';
  const values = {
    workload,
    version,
    addOn,
    installed,
    cluster: change.state.name,
    target: change.target,
    comesFirst: isOutside && change.isAboutVersion,
    region: regionOfCluster(change.state),
  };
  const severity = change.isAboutVersion ? 'error' : 'warning';
  if (skew === 'ahead') return { severity, ...says.overriddenAhead(values) };
  if (skew === 'too far behind') return { severity, ...says.overriddenTooFarBehind({ ...values, skew: kubeletSkewOf(change.target) }) };
  return { severity: 'info', ...says.overridden(values) };
}

/** @see https://kubernetes.io/releases/version-skew-policy/#kube-proxy */
function kubeProxySkew(version: string, { target }: Change) {
  const minor = kubeProxyMinorOf(version);
  return minor && judgeSkew(target, minor);
}

function minorNotListed(version: string, { versions }: AddOnOffer): string | undefined {
  const parsed = parseAddOnVersion(version);
  if (!parsed || versions.length === 0) return undefined;
  const isOffered = versions.map(parseAddOnVersion).some((offered) => offered?.major === parsed.major && offered.minor === parsed.minor);
  return isOffered ? undefined : `${parsed.major}.${parsed.minor}`;
}
