import { Check } from './check';
import { addOnCompatibility } from './checks/add-on-compatibility';
import { addOnConfiguration } from './checks/add-on-configuration';
import { addOnRequirements } from './checks/add-on-requirements';
import { amiPublished } from './checks/ami-published';
import { releasePublished } from './checks/release-published';
import { evaluate, Verdict } from './verdict';
import { wantedCluster, WantedCluster } from './wanted-cluster';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { stateOfNewCluster } from '../state/new-cluster';

/** What can be said of a cluster before there is one: what the Region offers of its parts. */
const CREATION_CHECKS: readonly Check[] = [amiPublished, releasePublished, addOnCompatibility, addOnConfiguration, addOnRequirements];

/**
 * A cluster that is still to be created; undefined where only the deployment knows its Kubernetes version.
 *
 * @param observedAt when the Region's catalog was read
 */
export function clusterToCreate(
  { declaration, catalog, wanted }: Pick<WantedCluster, 'declaration' | 'catalog' | 'wanted'>, observedAt: string,
): WantedCluster | undefined {
  const { clusterName, path, version } = declaration;
  if (version === undefined || !KubernetesMinor.isValid(version)) return undefined;
  return wantedCluster({
    declaration, catalog, wanted, deployed: {}, state: stateOfNewCluster({ name: clusterName ?? path, version, observedAt }),
  });
}

/** Judges the creation of a cluster: EKS finds out only once it has built the control plane, after a quarter of an hour. */
export function judgeCreation({ declaration, state, catalog, intent }: WantedCluster): Verdict {
  return { ...evaluate(state, catalog, intent, { ignore: declaration.guard.ignore, checks: CREATION_CHECKS }), unmatchedIgnores: [] };
}
