import { chooseAddOnVersion } from '../upgrade/add-on-version-choice';
import { ClusterState } from '../upgrade/cluster-state';
import { addOnOfferOf, RegionCatalog } from '../upgrade/region-catalog';
import { AddOnIntent, UpgradeIntent } from '../upgrade/upgrade-intent';

/** What a deployment does to an add-on. */
export interface AddOnMove {
  readonly name: string;
  /** Absent when it is not installed yet. */
  readonly from?: string;
  /** Absent when it is removed, or when nobody can tell: then `why` says why. */
  readonly to?: string;
  readonly why?: string;
}

/** What a deployment does to the add-ons of a cluster, each wanted version as the resolver would choose it. */
export function addOnMoves(
  { version, addOns }: ClusterState, { version: wanted = version, addOns: intents = {} }: UpgradeIntent, catalog: RegionCatalog,
): AddOnMove[] {
  const installed = new Map((addOns.known ? addOns.value : []).map((addOn) => [addOn.name, addOn.version]));
  return Object.entries(intents).map(([name, intent]) => {
    const from = installed.get(name);
    return { name, from, ...targetOf({ name, from, ...intent }, wanted, catalog) };
  });
}

type Target = Pick<AddOnMove, 'to' | 'why'>;

function targetOf(
  { name, from, version, policy, removed }: AddOnIntent & { readonly name: string; readonly from?: string }, wanted: string, catalog: RegionCatalog,
): Target {
  if (removed) return {};
  if (version !== undefined || policy === undefined) return { to: version ?? from };
  const offer = addOnOfferOf(catalog, name, wanted);
  if (!offer.known) return { why: offer.why };
  try {
    return { to: chooseAddOnVersion({ name, policy, installed: from }, offer.value) };
  } catch (error) {
    return { why: (error as Error).message };
  }
}
