import { AddOnState } from '../add-on-state';
import { newestAddOnVersion } from '../add-on-version';
import { Change, movesAddOn } from '../change';
import { Check, Observation, unreadable } from '../check';
import { addOnOfferOf } from '../region-catalog';

/**
 * Every add-on that EKS manages has a version for the wanted Kubernetes version.
 *
 * An add-on that EKS offers no version of for the target, or one that is wanted in a version of another minor, is an error: EKS refuses it.
 * An installed version that is not meant for the target, and that nobody moves, is a warning: EKS never updates add-ons by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
export const addOnCompatibility: Check = {
  id: 'add-on-compatibility',
  severity: 'error',

  * examine(change) {
    const { direction, intent, state: { addOns } } = change;
    if (direction === 'none' && !intent.addOns) return;
    if (!addOns.known) {
      yield unreadable(change, 'the add-ons', addOns.why);
      return;
    }
    for (const addOn of addOns.value) {
      const objection = direction !== 'none' || movesAddOn(change, addOn) ? objectionTo(addOn, change) : undefined;
      if (objection) yield { about: { kind: 'add-on', name: addOn.name }, ...objection };
    }
  },
};

function objectionTo(addOn: AddOnState, change: Change): Omit<Observation, 'about'> | undefined {
  const { target, direction } = change;
  const found = addOnOfferOf(change.catalog, addOn.name, target.toString());
  if (!found.known) {
    return {
      message: `its versions for Kubernetes ${target} are not known: ${found.why}`,
      remedy: 'see to it that they can be read, and try again',
      unknown: true,
    };
  }
  const offer = found.value;
  if (offer.versions.length === 0) {
    return {
      message: `EKS offers no version of it for Kubernetes ${target}`,
      remedy: `wait until EKS offers one, or replace the add-on before you go to ${target}`,
    };
  }
  const wanted = change.intent.addOns?.[addOn.name]?.version;
  if (offer.versions.includes(wanted ?? addOn.version)) return undefined;
  const choice = offer.defaultVersion ?? newestAddOnVersion(offer.versions);
  return wanted === undefined ? {
    severity: 'warning',
    message: `the installed ${addOn.version} is not meant for Kubernetes ${target}, and EKS does not update add-ons by itself`,
    remedy: `move it to ${choice} ${direction === 'down' ? 'before' : 'soon after'} the control plane`,
  } : {
    message: `${wanted} is wanted, which EKS does not offer for Kubernetes ${target}`,
    remedy: `choose ${choice}, or another version that EKS offers for ${target}`,
  };
}
