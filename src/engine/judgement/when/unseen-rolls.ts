import { Change } from '../../change/change';
import { Said } from '../../messages/message';
import { ClusterState } from '../../state/cluster-state';
import { Observation, unread, unreadable } from '../check';

/** A node group for which it is unknown whether it rolls. */
export interface UnseenRoll {
  readonly nodeGroup: string;
  readonly why: string;
}

/** The wording for that. */
export const UNSEEN_ROLL = unread('the launch template of node group {nodeGroup}, which decides whether its nodes are replaced,');

/** That it is unknown whether node groups roll now. */
export function observeUnseenRolls(change: Change, say: (roll: UnseenRoll) => Said): Observation[] {
  return unseenRolls(change.state).map((roll) => unreadable(change, say(roll)));
}

/** The node groups whose launch templates could not be read, where that alone would tell whether a deployment rolls them. */
export function unseenRolls({ launchTemplates = {} }: ClusterState): UnseenRoll[] {
  return Object.entries(launchTemplates).flatMap(([nodeGroup, read]) => read.known ? [] : [{ nodeGroup, why: read.why }]);
}
