import { UpgradeIntent } from './upgrade-intent';
import { ReleaseDeclaration } from '../declaration/release-declaration';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { upgradePath } from '../kubernetes/upgrade-path';
import { ClusterState } from '../state/cluster-state';

/** What to ask of a Region's catalog. */
export interface CatalogNeeds {
  /** Kubernetes minors, such as `1.36`. */
  readonly kubernetesVersions: readonly string[];
  /** Names of add-ons. */
  readonly addOns: readonly string[];
  /** AMI types as EKS names them. */
  readonly amiTypes: readonly string[];
}

/**
 * What a change of a cluster needs to know of the Region: every minor on the way of the control plane, and those that nodes run or shall run,
 * for every add-on and AMI type that there is or shall be.
 */
export function catalogNeedsOf(state: ClusterState, intent: UpgradeIntent): CatalogNeeds {
  const nodeGroups = state.nodeGroups.known ? state.nodeGroups.value : [];
  const addOns = state.addOns.known ? state.addOns.value : [];
  const path = upgradePath(KubernetesMinor.parse(state.version), KubernetesMinor.parse(intent.version ?? state.version));
  return unionOf([{
    kubernetesVersions: [
      ...path.map(String),
      ...nodeGroups.flatMap(({ version }) => version.known ? [version.value] : []),
      ...Object.values(intent.nodeGroups ?? {}).flatMap(({ version }) => version ?? []),
    ],
    addOns: [...addOns.map(({ name }) => name), ...Object.keys(intent.addOns ?? {})],
    amiTypes: nodeGroups.map(({ amiType }) => amiType),
  }]);
}

/** What to ask of a Region's catalog about a release. */
export function catalogNeedsOfRelease({ amiType, kubernetesVersion }: ReleaseDeclaration): CatalogNeeds {
  const isKnown = amiType !== undefined && kubernetesVersion !== undefined;
  return { kubernetesVersions: isKnown ? [kubernetesVersion] : [], addOns: [], amiTypes: isKnown ? [amiType] : [] };
}

/** What several clusters of a Region need together, each thing once and in order. */
export function unionOf(needs: readonly CatalogNeeds[]): CatalogNeeds {
  const all = (select: (need: CatalogNeeds) => readonly string[]) => [...new Set(needs.flatMap(select))].sort();
  return {
    kubernetesVersions: all(({ kubernetesVersions }) => kubernetesVersions),
    addOns: all(({ addOns }) => addOns),
    amiTypes: all(({ amiTypes }) => amiTypes),
  };
}
