import { UpgradeIntent } from '../../../src/engine/change/upgrade-intent';
import { Check } from '../../../src/engine/judgement/check';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { known, notKnown } from '../../../src/engine/state/known';
import { RegionCatalog } from '../../../src/engine/state/region-catalog';
import { Schedule } from '../../../src/engine/state/schedule';
import { aCatalog, aCluster, anUpgradedCluster } from '../a-cluster';

/** A change that a check objects to. */
export interface Sample {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
  /** When the cluster may be rolled. */
  readonly schedule?: Schedule;
}

/** What the pages quote of a check, out of the file beside its test. */
export function sampleOf({ id }: Pick<Check, 'id'>): Sample {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever checks there are
  return (require(`./checks/${id}.sample`) as { readonly sample: Sample }).sample;
}

/** The sample, and the same change of a cluster of which EKS tells little: nothing of its parts, then not even which it has. */
export function variantsOf(sample: Sample): Sample[] {
  return [sample, withSilentParts(sample), withoutParts(sample)];
}

/** An upgrade of a cluster that is well but for what is given. */
export function upgrade(overrides: Partial<ClusterState>, intent: UpgradeIntent = { version: '1.36' }): Sample {
  return { state: aCluster(overrides), catalog: aCatalog(), intent };
}

/** Some change of a cluster. */
export function changing(state: ClusterState, intent: UpgradeIntent): Sample {
  return { state, catalog: aCatalog(), intent };
}

/** The way back of a cluster that was upgraded. */
export function rollback(overrides: Partial<ClusterState>): Sample {
  return { state: anUpgradedCluster(overrides), catalog: aCatalog(), intent: { version: '1.35' } };
}

const untold = notKnown('EKS does not tell');

function withSilentParts({ state, ...change }: Sample): Sample {
  const { nodeGroups, addOns } = state;
  return {
    ...change,
    state: {
      ...state,
      nodeGroups: nodeGroups.known ? known(nodeGroups.value.map((group) => ({ ...group, version: untold }))) : nodeGroups,
      addOns: addOns.known ? known(addOns.value.map((addOn) => ({ ...addOn, version: 'custom' }))) : addOns,
    },
    catalog: aCatalog({ addOnOffers: {}, amiOffers: {} }),
  };
}

function withoutParts({ state, ...change }: Sample): Sample {
  const parts = { nodeGroups: untold, addOns: untold, insights: untold, subnets: untold, fargateProfiles: untold };
  return {
    ...change,
    state: { ...state, ...parts, supportType: untold, updatesInProgress: untold, versionHistory: untold },
    catalog: aCatalog({ offeredVersions: untold }),
  };
}
