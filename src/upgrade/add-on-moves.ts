import { addOnPath } from './add-on-path';
import { AddOnState } from './add-on-state';
import { compareAddOnVersions, newestAddOnVersion } from './add-on-version';
import { Known } from './known';
import { AddOnStep } from './plan-step';
import { AddOnOffer, addOnOfferOf, RegionCatalog } from './region-catalog';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** Keeps the book of the add-ons' versions while a plan moves them. */
export class AddOnMoves {
  /** What could not be answered. */
  readonly open: string[] = [];
  private readonly addOns: readonly AddOnState[];
  private readonly versions = new Map<string, string>();

  constructor(addOns: Known<readonly AddOnState[]>, private readonly catalog: RegionCatalog) {
    this.addOns = addOns.known ? addOns.value : [];
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

  /** Moves the add-ons to the default versions that EKS has for a control plane, where these are newer. */
  bringUpTo(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = addOnOfferOf(this.catalog, addOn.name, controlPlane.toString());
      if (!offer.known) return [];
      const { defaultVersion } = offer.value;
      const isOlder = defaultVersion !== undefined && compareAddOnVersions(this.versionOf(addOn), defaultVersion) < 0;
      return isOlder ? this.move(addOn, offer.value, `Kubernetes ${controlPlane}`) : [];
    });
  }

  /** Moves the add-ons whose versions are not meant for an older control plane to ones that are meant for both. */
  prepareFor(older: KubernetesMinor, current: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const [offer, today] = [this.offerOf(addOn, older), this.offerOf(addOn, current)];
      if (!today || !this.isAmiss(addOn, offer)) return [];
      const versions = offer.versions.filter((version) => today.versions.includes(version));
      return this.move(addOn, { ...offer, versions }, `both Kubernetes ${current} and ${older}`);
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

  /** Goes to the default among the offered versions, else to the newest of them. */
  private move(addOn: AddOnState, { versions, defaultVersion }: AddOnOffer, meantFor: string): AddOnStep[] {
    const { name } = addOn;
    const to = versions.find((version) => version === defaultVersion) ?? newestAddOnVersion(versions);
    const path = to && addOnPath(name, this.versionOf(addOn), to, versions);
    if (!path) {
      this.open.push(to
        ? `EKS offers no way for ${name} from ${this.versionOf(addOn)} to ${to} minor by minor`
        : `EKS offers no version of ${name} for ${meantFor}`);
      return [];
    }
    return path.map((version) => {
      const from = this.versionOf(addOn);
      this.versions.set(name, version);
      return { kind: 'add-on', name, from, to: version };
    });
  }
}
