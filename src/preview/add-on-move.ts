import { AddOnIntent } from '../engine/change/upgrade-intent';
import { AddOnDeclaration } from '../engine/declaration/cluster-declaration';
import { compareAddOnVersions } from '../engine/eks/add-on-version';
import { chooseAddOnVersion, considerAddOnVersions } from '../engine/eks/add-on-version-choice';
import { addOnOfferTo } from '../engine/eks/platform-version';
import { WantedCluster } from '../engine/judgement/wanted-cluster';
import { Known } from '../engine/state/known';
import { AddOnOffer } from '../engine/state/region-catalog';

/** What a deployment does to an add-on. */
export interface AddOnMove {
  readonly name: string;
  /** Absent when it is not installed yet. */
  readonly from?: string;
  /** Absent when it is removed, or when nobody can tell: then `why` says why. */
  readonly to?: string;
  readonly why?: string;
  /** Of a tracked version: a newer one that EKS offers. */
  readonly newer?: NewerAddOnVersion;
}

/** A version that a refresh would take, soaking aside. */
export interface NewerAddOnVersion {
  readonly version: string;
  /** How to take it. */
  readonly takenBy: string;
}

/** What a deployment does to the add-ons of a cluster, each wanted version as the resolver would choose it. */
export function addOnMoves({ declaration, state, intent, catalog }: WantedCluster): AddOnMove[] {
  const { version, addOns } = state;
  const { version: wanted = version, addOns: intents = {} } = intent;
  const installed = new Map((addOns.known ? addOns.value : []).map((addOn) => [addOn.name, addOn.version]));
  return Object.entries(intents).map(([name, addOn]) => {
    const from = installed.get(name);
    const target = targetOf({ name, from, ...addOn }, wanted, { state, catalog });
    const tracked = declaration.addOns.find((declared) => declared.name === name);
    return { name, from, ...target, newer: tracked && newerThan(target.to, tracked, addOnOfferTo(state, catalog, name, wanted)) };
  });
}

function newerThan(
  version: string | undefined, { name, choice, path }: AddOnDeclaration, offer: Known<AddOnOffer>,
): NewerAddOnVersion | undefined {
  if (choice === undefined || version === undefined || !offer.known) return undefined;
  const { version: newer } = considerAddOnVersions({ name, policy: choice, installed: version }, offer.value);
  return newer !== undefined && compareAddOnVersions(newer, version) > 0 ? {
    version: newer, takenBy: `npx cdk-eks-upgrades refresh --only ${path}`,
  } : undefined;
}

type Target = Pick<AddOnMove, 'to' | 'why'>;

function targetOf(
  { name, from, version, policy, removed }: AddOnIntent & { readonly name: string; readonly from?: string }, wanted: string, { state, catalog }: Pick<WantedCluster, 'state' | 'catalog'>,
): Target {
  if (removed) return {};
  if (version !== undefined || policy === undefined) return { to: version ?? from };
  const offer = addOnOfferTo(state, catalog, name, wanted);
  if (!offer.known) return { why: offer.why };
  try {
    return { to: chooseAddOnVersion({ name, policy, installed: from }, offer.value) };
  } catch (error) {
    return { why: (error as Error).message };
  }
}
