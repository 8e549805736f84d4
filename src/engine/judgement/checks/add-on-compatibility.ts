import { addOnChoiceOf, addOnsOf, Change, wantedOfAddOn } from '../../change/change';
import { newestAddOnVersion } from '../../eks/add-on-version';
import { addOnOfferOf } from '../../state/region-catalog';
import { Check, Observation } from '../check';

/**
 * Every add-on has a version for the wanted Kubernetes version, and can get there from the installed one.
 *
 * Judged before the control plane moves, for installed add-ons and for those to be installed: a pinned version that EKS does not offer, and a
 * tracked add-on for which no version is left, are errors. An installed version that is not meant for the target, and that nobody moves,
 * is a warning: EKS never updates add-ons by itself.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
export const addOnCompatibility: Check = {
  id: 'add-on-compatibility',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html',

  * examine(change) {
    const installed = new Map(addOnsOf(change).map(({ name, version }) => [name, version]));
    for (const name of new Set([...installed.keys(), ...namesOfNew(change, installed)])) {
      const { version, removed } = wantedOfAddOn(change, name);
      const stays = installed.has(name) && !change.isAboutVersion && (version ?? installed.get(name)) === installed.get(name);
      const objection = removed || stays ? undefined : objectionTo(name, installed.get(name), change);
      if (objection) yield { about: { kind: 'add-on', name }, ...objection };
    }
  },
};

/** Where it could not be read what is installed, nothing is known to be new. */
function namesOfNew({ intent, state: { addOns, unreadAddOns } }: Change, installed: ReadonlyMap<string, string>): string[] {
  const isRead = (name: string) => !unreadAddOns.some((part) => part.name === name);
  return addOns.known ? Object.keys(intent.addOns ?? {}).filter((name) => !installed.has(name) && isRead(name)) : [];
}

function objectionTo(name: string, installed: string | undefined, change: Change): Omit<Observation, 'about'> | undefined {
  const { target, direction } = change;
  const found = addOnOfferOf(change.catalog, name, target.toString());
  if (!found.known) {
    return {
      message: `its versions for Kubernetes ${target} are not known: ${found.why}`,
      remedy: 'see to it that they can be read, and try again',
      unknown: true,
    };
  }
  const { versions, defaultVersion } = found.value;
  if (versions.length === 0) {
    return {
      message: `EKS offers no version of it for Kubernetes ${target}`,
      remedy: `check its name, wait until EKS offers one, or replace the add-on before you go to ${target}`,
    };
  }
  const choice = addOnChoiceOf(change, name, installed);
  if (choice?.objection) return choice.objection;
  const version = choice?.version ?? installed;
  if (version === undefined || versions.includes(version)) return undefined;
  const better = defaultVersion ?? newestAddOnVersion(versions);
  return choice ? {
    message: `${version} is wanted, which EKS does not offer for Kubernetes ${target}`,
    remedy: `choose ${better}, or another version that EKS offers for ${target}`,
  } : {
    severity: 'warning',
    message: `the installed ${version} is not meant for Kubernetes ${target}, and EKS does not update add-ons by itself`,
    remedy: `move it to ${better} ${direction === 'down' ? 'before' : 'soon after'} the control plane`,
  };
}
