import { addOnCalled, addOnChoiceOf, Change, offersOfAddOn } from '../change/change';
import { leadingTo } from '../eks/add-on-preparation';
import { newestAddOnVersion } from '../eks/add-on-version';
import { IncompatibleAddOn, InsightState } from '../state/insight-state';

/** An add-on that an insight names, and what becomes of it. */
export interface NamedAddOn extends IncompatibleAddOn {
  /** The version to which the change moves it, where that suits the wanted control plane: the insight is cured then. */
  readonly curedBy?: string;
}

/** The add-ons that an insight finds incompatible, beside what the change does with them. */
export function addOnsNamedBy({ detail }: InsightState, change: Change): NamedAddOn[] {
  const named = detail.known ? detail.value.addOns ?? [] : [];
  return named.map((addOn) => ({ ...addOn, curedBy: cureOf(addOn, change) }));
}

/** What is to be done before with an add-on that the change does not cure; the order is the one that EKS takes. */
export function remedyOf({ name, compatibleVersions }: NamedAddOn, change: Change): string {
  const { current, target, direction } = change;
  const installed = addOnCalled(change, name)?.version;
  const today = offersOfAddOn(change, name, current);
  const path = installed !== undefined && today.known
    ? leadingTo({ name, policy: 'recommended', installed }, today.value, (version) => compatibleVersions.includes(version))
    : undefined;
  if (path && path.length > 0) {
    return `update ${name} to ${path.join(', then to ')} while the control plane is at ${current}, then upgrade to ${target}`;
  }
  const best = newestAddOnVersion(compatibleVersions);
  if (best === undefined) return `replace ${name}: EKS knows no version of it for ${target}`;
  return direction === 'up'
    ? `update ${name} to ${best} in the same deployment: EKS offers no version of it for both ${current} and ${target}`
    : `update ${name} to ${best} first`;
}

function cureOf({ name, compatibleVersions }: IncompatibleAddOn, change: Change): string | undefined {
  const installed = addOnCalled(change, name)?.version;
  const to = addOnChoiceOf(change, name, installed)?.version;
  if (to === undefined || to === installed) return undefined;
  const offer = offersOfAddOn(change, name, change.target);
  return compatibleVersions.includes(to) || (offer.known && offer.value.versions.includes(to)) ? to : undefined;
}
