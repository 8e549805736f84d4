import { Change, exchangesNodes, nodeGroupsOf, wantedOfNodeGroup } from '../change/change';
import { inRollWaves } from '../change/roll-waves';
import { rollSurgeOf } from '../eks/roll-surge';
import { valuesOf } from '../state/known';
import { NodeGroupState } from '../state/node-group-state';
import { NodeGroupRoom, NodeRoom } from '../state/node-room';
import { SubnetState } from '../state/subnet-state';

/** A node group that a change rolls, and the room that there is for its new nodes. */
export interface Roll {
  readonly group: NodeGroupState;
  readonly room: NodeGroupRoom;
  /** How many nodes it launches at most beyond those that it has; undefined when that is not known. */
  readonly surge?: number;
}

/**
 * The node groups that a change rolls, with the room for their new nodes; none where nobody asked for it.
 *
 * Of a change that is still ahead there is nothing to say: what is free today, or failed of late, need not be so by then.
 */
export function rollsOf(change: Change): { readonly nodeRoom: NodeRoom; readonly rolls: readonly Roll[] } | undefined {
  const { nodeRoom } = change.state;
  if (!nodeRoom || change.isAhead) return undefined;
  const subnets = subnetsOf(nodeRoom);
  const rolls = nodeGroupsOf(change).flatMap((group): Roll[] => {
    const room = nodeRoom.nodeGroups[group.name];
    return room && launchesNodes(change, group) ? [{ group, room, surge: rollSurgeOf(group, subnets) }] : [];
  });
  return { nodeRoom, rolls };
}

/** The rolls of a change, those that go on side by side together: after each, as many nodes run as before. */
export function wavesOf({ schedule: { order = {} } }: Change, rolls: readonly Roll[]): Roll[][] {
  return inRollWaves(rolls, ({ group }) => group.name, (name) => order[name]?.after ?? []);
}

/** The node groups of which a change exchanges the nodes; none of a change that is still ahead, as above. */
export function exchangedNodeGroups(change: Change): readonly NodeGroupState[] {
  return change.isAhead ? [] : nodeGroupsOf(change).filter((group) => launchesNodes(change, group));
}

/** The subnets of the node groups that could be read. */
export function subnetsOf({ subnets }: NodeRoom): readonly SubnetState[] {
  return valuesOf(subnets);
}

/**
 * Whether a node group launches nodes in place of those that it has. One that goes, for good or for another one in its place, launches
 * none any more: that it is drained, `rolledNodeGroups` tells.
 */
function launchesNodes(change: Change, group: NodeGroupState): boolean {
  const { replacedBy = [] } = wantedOfNodeGroup(change, group.name);
  return replacedBy.length === 0 && exchangesNodes(change, group);
}
