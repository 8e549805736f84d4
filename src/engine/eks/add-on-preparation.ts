import { addOnPath } from './add-on-path';
import { newestAddOnVersion } from './add-on-version';
import { AddOnToMove, considerAddOnVersions, hasAddOnVersion, isInReach } from './add-on-version-choice';
import { kubeProxyMinorOf } from './kube-proxy';
import { judgeSkew } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { KUBE_PROXY } from '../state/add-on-names';
import { AddOnOffer } from '../state/region-catalog';

/** An add-on that is there. */
export type InstalledAddOn = AddOnToMove & { readonly installed: string };

/** What EKS offers of an add-on before and after a move of the control plane. */
export interface OffersAround {
  /** For the Kubernetes version that the control plane has. */
  readonly today: AddOnOffer;
  /** For the one that it is to have. */
  readonly next: AddOnOffer;
}

/**
 * The versions to install in turn, while the control plane stays, so that the add-on can follow it to the next Kubernetes version.
 *
 * None where it can follow as it is. Each is offered today, newer than the one before, and near enough to it; the last one has a version
 * to go to afterwards. Undefined where there is no such way.
 */
export function preparationOf(addOn: AddOnToMove, offers: OffersAround): string[] | undefined {
  return leadingTo(addOn, offers.today, (version) => canFollow({ ...addOn, installed: version }, offers.next));
}

/** The versions to install in turn, while the control plane stays, so that a pinned version is near enough afterwards. */
export function preparationForPin(addOn: AddOnToMove, pinned: string, today: AddOnOffer): string[] | undefined {
  return leadingTo(addOn, today, (version) => isInReach(addOn.name, version, pinned));
}

/** Whether an add-on has a version to go to once the control plane has moved, and serves it until then. */
export function canFollow(addOn: InstalledAddOn, next: AddOnOffer): boolean {
  return hasAddOnVersion(addOn.name, addOn.installed, next) && !isTooOldKubeProxy(addOn, next.kubernetesVersion);
}

/**
 * The version to go back to before the control plane does, so that it suits both, and those on the way; none where it does already.
 * Undefined where EKS offers none for both.
 */
export function retreatOf({ name, installed }: InstalledAddOn, { today, next }: OffersAround, pinned?: string): string[] | undefined {
  if (next.versions.includes(installed)) return [];
  const both = next.versions.filter((version) => today.versions.includes(version));
  const to = preferred(both, pinned, next.defaultVersion);
  return to === undefined ? undefined : addOnPath(name, installed, to, both);
}

/** The first of some wishes that is among versions, else the newest of them. */
export function preferred(versions: readonly string[], ...wishes: readonly (string | undefined)[]): string | undefined {
  return wishes.find((wish) => wish !== undefined && versions.includes(wish)) ?? newestAddOnVersion(versions);
}

/** The versions to install in turn to get to one that is enough, all of them offered; undefined where there is no such way. */
export function leadingTo(addOn: AddOnToMove, today: AddOnOffer, isEnough: (version: string) => boolean): string[] | undefined {
  const { name, installed } = addOn;
  if (installed === undefined || isEnough(installed)) return [];
  const inReach = today.versions.filter((version) => isInReach(name, installed, version));
  const enough = inReach.filter(isEnough);
  const next = enough.length > 0
    ? considerAddOnVersions({ name, policy: 'recommended', installed }, { ...today, versions: enough }).version
    : newestAddOnVersion(inReach);
  if (next === undefined || next === installed) return undefined;
  const rest = leadingTo({ ...addOn, installed: next }, today, isEnough);
  return rest && [next, ...rest];
}

function isTooOldKubeProxy({ name, installed }: InstalledAddOn, controlPlane: string): boolean {
  const minor = name === KUBE_PROXY ? kubeProxyMinorOf(installed) : undefined;
  return minor !== undefined && judgeSkew(KubernetesMinor.parse(controlPlane), minor) === 'too far behind';
}
