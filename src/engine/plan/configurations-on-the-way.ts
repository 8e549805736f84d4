import { planUpgrade } from './upgrade-plan';
import { TemplateAddOn, wantedVersionOf } from '../change/add-on-configuration';
import { ClusterDeclaration } from '../declaration/cluster-declaration';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ConfiguredAddOn } from '../state/add-on-configuration';
import { ClusterState } from '../state/cluster-state';
import { RegionCatalog } from '../state/region-catalog';

/**
 * What to ask about the configurations of add-ons for the versions that they have on the way of the control plane; nothing of a
 * way of a single minor, whose one deployment is asked about anyway.
 */
export function configurationsOnTheWay(
  { version, addOns }: ClusterDeclaration, state: ClusterState, catalog: RegionCatalog, configured: readonly TemplateAddOn[],
): ConfiguredAddOn[] {
  if (version === undefined || configured.length === 0) return [];
  if (KubernetesMinor.parse(version).minorsAheadOf(KubernetesMinor.parse(state.version)) < 2) return [];
  const intents = configured.map(({ name, version: written }) => [name, wantedVersionOf(name, written, addOns)]);
  const ways = [false, true].map(
    (holdNodes) => planUpgrade(state, catalog, { version, addOns: Object.fromEntries(intents) }, { holdNodes }),
  );
  const steps = ways.flatMap(({ deployments }) => deployments).flatMap((deployment) => deployment.steps);
  return steps.flatMap((step) => step.kind !== 'add-on' ? [] : configured
    .filter(({ name }) => name === step.name).map(({ name, configuration }) => ({ name, version: step.to, ...configuration })));
}
