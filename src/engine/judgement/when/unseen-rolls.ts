import { Change } from '../../change/change';
import { ClusterState } from '../../state/cluster-state';
import { Observation, unreadable } from '../check';

/** A node group of which nobody can tell whether it rolls. */
export interface UnseenRoll {
  readonly nodeGroup: string;
  readonly why: string;
}

/** That nobody can tell of node groups whether they roll now. */
export function observeUnseenRolls(change: Change): Observation[] {
  return unseenRolls(change.state).map(({ nodeGroup, why }) =>
    unreadable(change, `the launch template of node group ${nodeGroup}, for whose change its nodes roll,`, why));
}

/** The node groups whose launch templates could not be read, where that alone would tell whether a deployment rolls them. */
export function unseenRolls({ launchTemplates = {} }: ClusterState): UnseenRoll[] {
  return Object.entries(launchTemplates).flatMap(([nodeGroup, read]) => read.known ? [] : [{ nodeGroup, why: read.why }]);
}
