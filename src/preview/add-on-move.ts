import { goneParts } from './gone-parts';
import { versionOfAddOnAfter } from '../engine/change/add-on-configuration';
import { addOnChoiceOf, addOnsOf, Change, offersOfAddOn, wantedOfAddOn } from '../engine/change/change';
import { keepsAddOn } from '../engine/change/kept-versions';
import { AddOnIntent } from '../engine/change/upgrade-intent';
import { AddOnDeclaration } from '../engine/declaration/cluster-declaration';
import { compareAddOnVersions } from '../engine/eks/add-on-version';
import { considerAddOnVersions, isInReach } from '../engine/eks/add-on-version-choice';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { sentence } from '../engine/messages/sentence';
import { shellWord } from '../engine/messages/shell-word';
import { ADD_ON_TYPE } from '../engine/state/deployed-stack';
import { Known } from '../engine/state/known';
import { AddOnOffer } from '../engine/state/region-catalog';
import { isUnreadPart } from '../engine/state/unread-part';

/** What a deployment does to an add-on. */
export interface AddOnMove {
  readonly name: string;
  /** Absent when it is not installed yet, or could not be read. */
  readonly from?: string;
  /** Absent when it is removed, when the deployment does not bring it, or when nobody can tell: then `why` says why. */
  readonly to?: string;
  readonly why?: string;
  /** Whether the deployment changes or removes it, and it could not be read. */
  readonly isUnread?: boolean;
  /** Whether CloudFormation would create another one in its place, which EKS refuses while this one exists. */
  readonly isReplaced?: boolean;
  /** Of a tracked version: a newer one that EKS offers. */
  readonly newer?: NewerAddOnVersion;
}

/** A version that a refresh would take, soaking aside. */
export interface NewerAddOnVersion {
  readonly version: string;
  /** How to take it. */
  readonly takenBy: string;
}

/** What a deployment does to the add-ons of a cluster. */
export function addOnMoves(change: Change, cluster: WantedCluster): AddOnMove[] {
  const declared = cluster.declaration.addOns;
  const gone = new Set(goneParts(ADD_ON_TYPE, cluster).map(({ name }) => name));
  const installed = new Map(addOnsOf(change).map((addOn) => [addOn.name, addOn.version]));
  return Object.keys(change.intent.addOns ?? {}).map((name) => {
    if (gone.has(name)) return { name };
    const from = installed.get(name);
    const target = targetOf(change, name, from);
    const { version = target.to, replacedBy = [] } = wantedOfAddOn(change, name);
    const tracked = declared.find((addOn) => addOn.name === name);
    const isReplaced = from !== undefined && replacedBy.length > 0;
    const newer = tracked && newerThan(version, from, tracked, offersOfAddOn(change, name, change.target));
    return { name, from, ...target, ...isReplaced && { isReplaced }, newer };
  });
}

function newerThan(
  version: string | undefined, installed: string | undefined, { name, choice, path }: AddOnDeclaration, offer: Known<AddOnOffer>,
): NewerAddOnVersion | undefined {
  if (choice === undefined || version === undefined || !offer.known) return undefined;
  const { version: newer } = considerAddOnVersions({ name, policy: choice, installed: version }, offer.value);
  if (newer === undefined || compareAddOnVersions(newer, version) <= 0) return undefined;
  return installed === undefined || isInReach(name, installed, newer)
    ? { version: newer, takenBy: `npx cdk-eks-upgrades refresh --only ${shellWord(path)}` }
    : undefined;
}

function targetOf(change: Change, name: string, from: string | undefined): Pick<AddOnMove, 'to' | 'why' | 'isUnread'> {
  const wanted = wantedOfAddOn(change, name);
  const { policy, removed, isNew } = wanted;
  if (isUnreadPart(name, change.state.addOns, change.state.unreadAddOns)) return targetOfUnread(wanted);
  if (removed) return {};
  const choice = addOnChoiceOf(change, name, from);
  if (choice) return choice.objection ? { why: sentence(choice.objection) } : { to: choice.version };
  if (policy === undefined && (from !== undefined || !isNew)) return { to: from };
  const offer = offersOfAddOn(change, name, change.target);
  return offer.known ? { to: versionOfAddOnAfter(change, name, from) } : { why: offer.why };
}

/** A policy chooses by what is installed. */
function targetOfUnread(wanted: AddOnIntent): ReturnType<typeof targetOf> {
  const { version, policy, removed, isNew } = wanted;
  if (removed) return { isUnread: true };
  if (policy === undefined && !isNew && keepsAddOn(wanted)) return {};
  return { isUnread: true, ...version === undefined ? { why: 'it could not be read' } : { to: version } };
}
