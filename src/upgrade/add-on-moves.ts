import { addOnPath } from './add-on-path';
import { AddOnOffer, addOnOfferOf, AddOnState } from './add-on-state';
import { compareAddOnVersions, newestAddOnVersion } from './add-on-version';
import { Known } from './known';
import { AddOnStep } from './plan-step';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** Keeps the book of the add-ons' versions while a plan moves them. */
export class AddOnMoves {
  /** What could not be answered. */
  readonly open: string[] = [];
  private readonly addOns: readonly AddOnState[];
  private readonly versions = new Map<string, string>();

  constructor(addOns: Known<readonly AddOnState[]>) {
    this.addOns = addOns.known ? addOns.value : [];
    if (!addOns.known) this.open.push(`the add-ons could not be read: ${addOns.why}`);
    for (const { name, version } of this.addOns) this.versions.set(name, version);
  }

  /** Moves the add-ons whose versions are not meant for a control plane that has just moved. */
  follow(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = this.offerOf(addOn, controlPlane);
      return offer && !offer.versions.includes(this.versionOf(addOn)) ? this.move(addOn, choiceOf(offer), offer.versions) : [];
    });
  }

  /** Moves the add-ons to the default versions that EKS has for a control plane, where these are newer. */
  bringUpTo(controlPlane: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const offer = addOnOfferOf(addOn, controlPlane.toString());
      const newer = offer?.defaultVersion !== undefined && compareAddOnVersions(offer.defaultVersion, this.versionOf(addOn)) > 0;
      return newer ? this.move(addOn, offer.defaultVersion, offer.versions) : [];
    });
  }

  /** Moves the add-ons whose versions are not meant for an older control plane to ones that are meant for both. */
  prepareFor(older: KubernetesMinor, current: KubernetesMinor): AddOnStep[] {
    return this.addOns.flatMap((addOn) => {
      const [offer, today] = [this.offerOf(addOn, older), this.offerOf(addOn, current)];
      if (!offer || !today || offer.versions.includes(this.versionOf(addOn))) return [];
      const versions = offer.versions.filter((version) => today.versions.includes(version));
      if (versions.length > 0) return this.move(addOn, choiceOf({ ...offer, versions }), versions);
      this.open.push(`no version of ${addOn.name} is meant for both Kubernetes ${current} and ${older}`);
      return [];
    });
  }

  private versionOf({ name, version }: AddOnState): string {
    return this.versions.get(name) ?? version;
  }

  private offerOf(addOn: AddOnState, controlPlane: KubernetesMinor): AddOnOffer | undefined {
    const offer = addOnOfferOf(addOn, controlPlane.toString());
    if (!offer) this.open.push(`the versions of ${addOn.name} for Kubernetes ${controlPlane} are not known`);
    if (offer?.versions.length !== 0) return offer;
    this.open.push(`EKS offers no version of ${addOn.name} for Kubernetes ${controlPlane}`);
    return undefined;
  }

  private move(addOn: AddOnState, to: string, offered: readonly string[]): AddOnStep[] {
    const path = addOnPath(addOn.name, this.versionOf(addOn), to, offered);
    if (!path) {
      this.open.push(`EKS offers no way for ${addOn.name} from ${this.versionOf(addOn)} to ${to} minor by minor`);
      return [];
    }
    return path.map((version) => {
      const from = this.versionOf(addOn);
      this.versions.set(addOn.name, version);
      return { kind: 'add-on', name: addOn.name, from, to: version };
    });
  }
}

/** The default among some versions, else the newest of them. */
function choiceOf({ versions, defaultVersion }: AddOnOffer): string {
  return versions.find((version) => version === defaultVersion) ?? newestAddOnVersion(versions) ?? versions[0];
}
