import { AddOnState } from './add-on-state';
import { ClusterState } from './cluster-state';
import { NodeGroupState } from './node-group-state';
import { RegionCatalog } from './region-catalog';
import { UpgradeIntent } from './upgrade-intent';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';

/** A wanted change beside the state that it starts from: what checks look at. */
export interface Change {
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  readonly intent: UpgradeIntent;
  /** The version of the control plane. */
  readonly current: KubernetesMinor;
  /** The version wanted of the control plane; the current one when it is to stay. */
  readonly target: KubernetesMinor;
  /** Where the control plane goes. */
  readonly direction: Direction;
  /** How old insights may be, in hours, before they count as unknown. */
  readonly maxInsightAgeHours: number;
}

/** `down` is a version rollback. */
export type Direction = 'up' | 'down' | 'none';

/**
 * Puts what is wanted beside what is.
 *
 * @throws if a version is not a Kubernetes minor such as `1.36`
 */
export function changeOf(state: ClusterState, catalog: RegionCatalog, intent: UpgradeIntent, maxInsightAgeHours: number): Change {
  const current = KubernetesMinor.parse(state.version);
  const target = KubernetesMinor.parse(intent.version ?? state.version);
  return { state, catalog, intent, current, target, direction: directionOf(target.compareTo(current)), maxInsightAgeHours };
}

/** Whether anything at all would be updated or created. */
export function changesAnything(change: Change): boolean {
  const { intent, state, direction } = change;
  const groups = state.nodeGroups.known ? state.nodeGroups.value : [];
  const addOns = state.addOns.known ? state.addOns.value : [];
  return direction !== 'none'
    || Object.keys(intent.nodeGroups ?? {}).some((name) => !groups.some((group) => group.name === name && !movesNodeGroup(change, group)))
    || Object.keys(intent.addOns ?? {}).some((name) => !addOns.some((addOn) => addOn.name === name && !movesAddOn(change, addOn)));
}

/** Whether a node group would be updated. One whose version EKS does not know counts as moved when a version is wanted of it. */
export function movesNodeGroup({ intent }: Change, group: NodeGroupState): boolean {
  const { version, releaseVersion } = intent.nodeGroups?.[group.name] ?? {};
  return (version !== undefined && !(group.version.known && group.version.value === version))
    || (releaseVersion !== undefined && releaseVersion !== group.releaseVersion);
}

/** The Kubernetes version that a node group is to run after the change; undefined when it is neither wanted nor known. */
export function versionAfter({ intent }: Change, group: NodeGroupState): string | undefined {
  return intent.nodeGroups?.[group.name]?.version ?? (group.version.known ? group.version.value : undefined);
}

/** Whether an add-on would be updated. */
export function movesAddOn({ intent }: Change, addOn: AddOnState): boolean {
  const version = intent.addOns?.[addOn.name]?.version;
  return version !== undefined && version !== addOn.version;
}

function directionOf(difference: number): Direction {
  if (difference === 0) return 'none';
  return difference > 0 ? 'up' : 'down';
}
