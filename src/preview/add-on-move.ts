import { AddOnIntent } from '../engine/change/upgrade-intent';
import { chooseAddOnVersion } from '../engine/eks/add-on-version-choice';
import { addOnOfferTo } from '../engine/eks/platform-version';
import { WantedCluster } from '../engine/judgement/wanted-cluster';

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
export function addOnMoves({ state, intent, catalog }: WantedCluster): AddOnMove[] {
  const { version, addOns } = state;
  const { version: wanted = version, addOns: intents = {} } = intent;
  const installed = new Map((addOns.known ? addOns.value : []).map((addOn) => [addOn.name, addOn.version]));
  return Object.entries(intents).map(([name, addOn]) => {
    const from = installed.get(name);
    return { name, from, ...targetOf({ name, from, ...addOn }, wanted, { state, catalog }) };
  });
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
