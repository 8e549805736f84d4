import { ClusterState, VersionChange } from './cluster-state';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { DAY_MILLIS } from '../kubernetes/millis';

/** How long after an upgrade EKS rolls a control plane back. It counts from the upgrade's end, but tells only its start. */
export const WAY_BACK_DAYS = 7;

/** The last version change of a control plane: EKS lists updates in no particular order. */
export function lastVersionChange(history: readonly VersionChange[]): VersionChange | undefined {
  return [...history].sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt)).at(-1);
}

/** Whether a version change was so recently that EKS would roll it back. */
export function isWithinWayBack({ startedAt }: VersionChange, observedAt: string): boolean {
  return Date.parse(observedAt) - Date.parse(startedAt) <= WAY_BACK_DAYS * DAY_MILLIS;
}

/** The version to which EKS would roll a control plane back now, as far as its history tells; undefined where there is no way back. */
export function openWayBack({ versionHistory, version, observedAt }: ClusterState): string | undefined {
  const last = versionHistory.known ? lastVersionChange(versionHistory.value) : undefined;
  const isOpen = last?.kind === 'upgrade' && last.to === version && isWithinWayBack(last, observedAt);
  return isOpen ? KubernetesMinor.parse(version).plus(-1).toString() : undefined;
}
