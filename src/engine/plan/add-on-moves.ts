import { AddOnStep } from './plan-step';
import { AddOnIntent, UpgradeIntent } from '../change/upgrade-intent';
import { addOnPath } from '../eks/add-on-path';
import { compareAddOnVersions, newestAddOnVersion } from '../eks/add-on-version';
import { AddOnVersionPolicy } from '../eks/add-on-version-choice';
import { KUBE_PROXY, kubeProxyMinorOf } from '../eks/kube-proxy';
import { judgeSkew } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { AddOnState } from '../state/add-on-state';
import { Known } from '../state/known';
import { AddOnOffer, addOnOfferOf, RegionCatalog } from '../state/region-catalog';

/** Keeps the book of the add-ons' versions while a plan moves them. */
export class AddOnMoves {
  /** What could not be answered. */
  readonly open: string[] = [];
  private readonly addOns: readonly AddOnState[];
  private readonly versions = new Map<string, string>();

  constructor(addOns: Known<readonly AddOnState[]>, private readonly catalog: RegionCatalog, private readonly intent: UpgradeIntent) {
    this.addOns = (addOns.known ? addOns.value : []).filter(({ name }) => !this.wanted(name).removed);
    if (!addOns.known) this.open.push(`the add-ons could not be read: ${addOns.why}`);
    for (const { name, version } of this.addOns) this.versions.set(name, version);
  }

  /** Moves the add-ons whose versions are not meant for a control plane that has just moved. */
  follow(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = this.offerOf(addOn, controlPlane);
      return this.isAmiss(addOn, offer) ? this.move(addOn, offer, `Kubernetes ${controlPlane}`) : [];
    });
  }

  /** Moves kube-proxy where a control plane would leave it too far behind. */
  catchUpBefore(controlPlane: KubernetesMinor, today: KubernetesMinor): AddOnStep[] {
    const isTooOld = (version: string) => {
      const minor = kubeProxyMinorOf(version);
      return minor !== undefined && judgeSkew(controlPlane, minor) === 'too far behind';
    };
    return this.addOns.filter((addOn) => addOn.name === KUBE_PROXY && isTooOld(this.versionOf(addOn))).flatMap((addOn) => {
      const offer = this.offerOf(addOn, today);
      return offer ? this.move(addOn, { ...offer, versions: offer.versions.filter((version) => !isTooOld(version)) }, `Kubernetes ${today}`) : [];
    });
  }

  /** Moves the add-ons to the versions that are wanted of them for a control plane, where these are newer or pinned. */
  bringUpTo(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = addOnOfferOf(this.catalog, addOn.name, controlPlane.toString());
      if (!offer.known) return [];
      const { version: pinned, policy } = this.wanted(addOn.name);
      const to = pinned ?? wantedBy(policy, offer.value);
      const difference = to === undefined ? 0 : compareAddOnVersions(this.versionOf(addOn), to);
      return difference < 0 || (pinned !== undefined && difference !== 0) ? this.moveTo(addOn, to!, offer.value.versions) : [];
    });
  }

  /** Moves the add-ons whose versions are not meant for an older control plane to ones that are meant for both. */
  prepareFor(older: KubernetesMinor, current: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const [offer, today] = [this.offerOf(addOn, older), this.offerOf(addOn, current)];
      if (!today || !this.isAmiss(addOn, offer)) return [];
      const versions = offer.versions.filter((version) => today.versions.includes(version));
      if (versions.length > 0) return this.move(addOn, { ...offer, versions }, `Kubernetes ${older}`);
      this.open.push(`EKS offers no version of ${addOn.name} for both Kubernetes ${current} and ${older}, so it can only follow the control plane`);
      return [];
    });
  }

  private isAmiss(addOn: AddOnState, offer: AddOnOffer | undefined): offer is AddOnOffer {
    return offer !== undefined && !offer.versions.includes(this.versionOf(addOn));
  }

  private versionOf({ name, version }: AddOnState): string {
    return this.versions.get(name) ?? version;
  }

  private offerOf(addOn: AddOnState, controlPlane: KubernetesMinor): AddOnOffer | undefined {
    const offer = addOnOfferOf(this.catalog, addOn.name, controlPlane.toString());
    if (offer.known) return offer.value;
    this.open.push(`the versions of ${addOn.name} for Kubernetes ${controlPlane} are not known: ${offer.why}`);
    return undefined;
  }

  private wanted(name: string): AddOnIntent {
    return this.intent.addOns?.[name] ?? {};
  }

  /** Goes to the pinned one among the offered versions, else to the default, else to the newest of them. */
  private move(addOn: AddOnState, { versions, defaultVersion }: AddOnOffer, meantFor: string): AddOnStep[] {
    const { version: pinned } = this.wanted(addOn.name);
    const to = [pinned, defaultVersion].find((version) => version !== undefined && versions.includes(version)) ?? newestAddOnVersion(versions);
    if (to !== undefined) return this.moveTo(addOn, to, versions);
    this.open.push(`EKS offers no version of ${addOn.name} for ${meantFor}`);
    return [];
  }

  private moveTo(addOn: AddOnState, to: string, offered: readonly string[]): AddOnStep[] {
    const { name } = addOn;
    const path = addOnPath(name, this.versionOf(addOn), to, offered);
    if (!path) {
      this.open.push(`EKS offers no way for ${name} from ${this.versionOf(addOn)} to ${to} minor by minor`);
      return [];
    }
    return path.map((version) => {
      const from = this.versionOf(addOn);
      this.versions.set(name, version);
      return { kind: 'add-on', name, from, to: version };
    });
  }
}

/** The version that a policy wants at the end of the way; none of an add-on that moves only where it must. */
function wantedBy(policy: AddOnVersionPolicy = 'recommended', { versions, defaultVersion }: AddOnOffer): string | undefined {
  switch (policy) {
    case 'recommended': return defaultVersion;
    case 'latest': return newestAddOnVersion(versions);
    case 'keep-while-compatible': return undefined;
  }
}
