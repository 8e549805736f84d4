import { addOnChoiceOf, Change, isOfNoStack, offersOfAddOn, wantedOfAddOn } from '../../change/change';
import { InstalledAddOn, preparationOf } from '../../eks/add-on-preparation';
import { compareAddOnVersions, newestAddOnVersion } from '../../eks/add-on-version';
import {
  AddOnToMove, considerAddOnVersions, hasAddOnVersion, isLeftBehind, NONE_CAN_FOLLOW, noVersion,
} from '../../eks/add-on-version-choice';
import { nearestName } from '../../eks/nearest-name';
import { messages, Said } from '../../messages/message';
import { RETRY } from '../../messages/retry';
import { installedVersions } from '../../state/add-on-state';
import { AddOnOffer } from '../../state/region-catalog';
import { Check, Observation } from '../check';

const says = messages({
  versionsUnread: {
    text: 'its versions for Kubernetes {target} could not be read: {why}',
    remedy: RETRY,
  },
  notOffered: {
    text: 'EKS offers no version of it for Kubernetes {target}',
    remedy: 'check its name; otherwise wait until EKS offers a version, or replace the add-on before you upgrade to {target}',
  },
  misspelt: {
    text: 'EKS offers no version of it for Kubernetes {target}',
    remedy: [
      "use '{meant}' if that is what you mean; otherwise wait until EKS offers a version, or replace the add-on before you upgrade",
      'to {target}',
    ],
  },
  versionNotOffered: {
    text: 'the app wants {version}, which EKS does not offer for Kubernetes {target}',
    remedy: 'choose {best}, or another version that EKS offers for {target}',
  },
  goesBack: {
    text: 'the app tracks {version}, which is older than the installed {installed}: the deployment would downgrade it',
    remedy: "run 'npx cdk-eks-upgrades refresh --add-ons --only {name}' unless you mean to go back",
  },
  pinGoesBack: {
    text: [
      'the app moves its pin from {previousVersion} to {version}, but the newer {installed} is installed: the deployment would',
      'downgrade it',
    ],
    remedy: 'pin {installed} or a newer version unless you mean to go back',
  },
  unfit: {
    text: 'the installed {installed} is not compatible with Kubernetes {target}, and EKS does not update add-ons by itself',
    remedy: 'update it to {better} {comesFirst: before|soon after} the control plane',
  },
  pinBefore: {
    text: NONE_CAN_FOLLOW,
    remedy: [
      'pin {first} with AddOnVersion.pinned() and deploy{rest?, then #} while the control plane is at {current}, then upgrade to',
      '{kubernetesVersion}',
    ],
  },
  updateBefore: {
    text: NONE_CAN_FOLLOW,
    remedy: 'update the add-on to {first}{rest?, then #} while the control plane is at {current}, then upgrade to {kubernetesVersion}',
  },
});

/**
 * Every add-on has a version for the wanted Kubernetes version, and can get there from the installed one.
 *
 * Judged before the control plane moves, for installed add-ons and for those to be installed: a pinned version that EKS does not
 * offer, and an add-on that no version for the target can follow, are errors. Where a version that EKS offers today leads there,
 * the remedy names the deployment that prepares it. An installed version that is not meant for the target, that nobody moves and
 * that can move later, is a warning, as is one of an unmanaged add-on of which EKS lists no version for the target: EKS never
 * updates add-ons by itself. So is a tracked version that is older than the installed one, where it need not be; with a pinned one,
 * going back is a choice, unless the pin moves up, to a version that others have overtaken.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html
 */
export const addOnCompatibility: Check = {
  id: 'add-on-compatibility',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/updating-an-add-on.html',
  messages: { ...says, leftBehind: noVersion.leftBehind, leftBehindByOthers: noVersion.leftBehindByOthers, tooNew: noVersion.tooNew },

  * examine(change) {
    const installed = installedVersions(change.state.addOns);
    for (const name of new Set([...installed.keys(), ...namesOfNew(change, installed)])) {
      const objection = isLeftAlone(name, installed.get(name), change) ? undefined : objectionTo(name, installed.get(name), change);
      if (objection) yield { about: { kind: 'add-on', name }, ...objection };
    }
  },
};

/** Whether a deployment that does not move the control plane leaves the add-on as it is. */
function isLeftAlone(name: string, installed: string | undefined, change: Change): boolean {
  const { policy, removed } = wantedOfAddOn(change, name);
  if (removed) return true;
  const stays = () => (addOnChoiceOf(change, name, installed)?.version ?? installed) === installed;
  return installed !== undefined && !change.isAboutVersion && policy === undefined && stays();
}

/** Where it could not be read what is installed, nothing is known to be new. */
function namesOfNew({ intent, state: { addOns, unreadAddOns } }: Change, installed: ReadonlyMap<string, string>): string[] {
  const isRead = (name: string) => !unreadAddOns.some((part) => part.name === name);
  return addOns.known ? Object.keys(intent.addOns ?? {}).filter((name) => !installed.has(name) && isRead(name)) : [];
}

type Objection = Omit<Observation, 'about'>;

function objectionTo(name: string, installed: string | undefined, change: Change): Objection | undefined {
  const { target } = change;
  const found = offersOfAddOn(change, name, target);
  if (!found.known) {
    return { ...says.versionsUnread({ target, why: found.why }), unknown: true };
  }
  const choice = addOnChoiceOf(change, name, installed);
  if (found.value.versions.length === 0) {
    return {
      severity: choice || installed === undefined ? 'error' : 'warning',
      ...unoffered(name, installed, change),
    };
  }
  if (!choice) {
    return installed === undefined ? undefined : objectionToUnmanaged(
      { name, policy: 'recommended', installed, isOfNoStack: isOfNoStack(change, name) }, found.value, change);
  }
  if (choice.objection) {
    return withPreparation(choice.objection, { name, policy: wantedOfAddOn(change, name).policy!, installed }, found.value, change);
  }
  return found.value.versions.includes(choice.version)
    ? objectionToDowngrade(name, choice.version, installed, found.value, change)
    : says.versionNotOffered({ version: choice.version, target, best: bestOf(found.value)! });
}

/** An entry in `cdk.context.json`, or a pin, may be older than what others, or the app at another minor, have installed since. */
function objectionToDowngrade(
  name: string, version: string, installed: string | undefined, offer: AddOnOffer, change: Change,
): Objection | undefined {
  const isDowngrade = installed !== undefined && compareAddOnVersions(version, installed) < 0;
  if (!isDowngrade || !hasAddOnVersion(name, installed, offer)) return undefined;
  const { isTracked, previousVersion } = wantedOfAddOn(change, name);
  if (isTracked) return { severity: 'warning', ...says.goesBack({ name, version, installed }) };
  return previousVersion !== undefined && compareAddOnVersions(previousVersion, version) < 0
    ? { severity: 'warning', ...says.pinGoesBack({ previousVersion, version, installed }) }
    : undefined;
}

/** One that is installed has the right name; EKS may have no version for the target yet. */
function unoffered(name: string, installed: string | undefined, { target, catalog: { addOnNames } }: Change): Said {
  const meant = installed === undefined && addOnNames?.known ? nearestName(name, addOnNames.value) : undefined;
  return meant === undefined ? says.notOffered({ target }) : says.misspelt({ target, meant });
}

/** Of an add-on that the deployment leaves as it is. */
function objectionToUnmanaged(addOn: InstalledAddOn, offer: AddOnOffer, change: Change): Objection | undefined {
  const { target, direction } = change;
  if (offer.versions.includes(addOn.installed)) return undefined;
  const { version, objection } = considerAddOnVersions(addOn, offer);
  if (objection && direction !== 'down' && isLeftBehind(addOn, offer)) return withPreparation(objection, addOn, offer, change);
  const better = (direction === 'down' ? undefined : version) ?? bestOf(offer)!;
  return {
    severity: 'warning',
    ...says.unfit({ installed: addOn.installed, target, better, comesFirst: direction === 'down' }),
  };
}

/** What EKS installs unless it is asked for another. */
function bestOf({ versions, defaultVersion }: AddOnOffer): string | undefined {
  return defaultVersion ?? newestAddOnVersion(versions);
}

/** A version that EKS offers for the control plane as it is may lead to one for the target. */
function withPreparation(objection: Said, addOn: AddOnToMove, next: AddOnOffer, change: Change): Objection {
  const { current, target, direction, intent } = change;
  const { name, installed } = addOn;
  const today = offersOfAddOn(change, name, current);
  const path = direction === 'up' && today.known ? preparationOf(addOn, { today: today.value, next }) : undefined;
  if (!path || path.length === 0) return objection;
  const [first, ...others] = path;
  const say = intent.addOns?.[name] ? says.pinBefore : says.updateBefore;
  const { offered } = objection.data;
  return say({ name, kubernetesVersion: target, installed: installed!, offered, first, rest: others.join(', then '), current });
}
