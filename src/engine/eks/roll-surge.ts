import { ClusterState } from '../state/cluster-state';
import { isInCapacityBlock, NodeGroupState, NodeGroupUpdate } from '../state/node-group-state';
import { SubnetState } from '../state/subnet-state';

const LARGEST_AT_ONCE = 100;

/**
 * How many nodes a roll exchanges at once; undefined when the sizes of the node group are not known.
 *
 * One unless set. A percentage counts of the desired size, rounded down, but one at least.
 */
export function nodesAtOnceOf({ scaling, update = {} }: Pick<NodeGroupState, 'scaling' | 'update'>): number | undefined {
  return scaling && nodesAtOnceIn(scaling.desiredSize, update);
}

/** The same for a number of nodes that is known otherwise. */
export function nodesAtOnceIn(size: number, { maxUnavailable, maxUnavailablePercentage }: NodeGroupUpdate): number {
  const wanted = maxUnavailablePercentage === undefined ? maxUnavailable ?? 1 : Math.floor(size * maxUnavailablePercentage / 100);
  return Math.max(1, Math.min(wanted, size, LARGEST_AT_ONCE));
}

/**
 * How many nodes a roll launches at most beyond those that the node group has; undefined when its sizes are not known, and in a
 * Capacity Block, which may have no more of them.
 *
 * Twice as many as it has availability zones, or as many as are exchanged at once, whichever is more. None where there is no node to
 * exchange, and none with the strategy `MINIMAL`, which terminates old nodes first.
 *
 * @param subnets those of the node group, as far as they are known; a subnet that is not known counts as a zone of its own
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export function rollSurgeOf(
  group: Pick<NodeGroupState, 'scaling' | 'update' | 'subnetIds' | 'capacityType'>, subnets: readonly SubnetState[],
): number | undefined {
  const atOnce = nodesAtOnceOf(group);
  if (atOnce === undefined) return undefined;
  if (group.scaling?.desiredSize === 0 || group.update?.strategy === 'MINIMAL') return 0;
  if (isInCapacityBlock(group)) return undefined;
  return Math.max(2 * zonesOf(group, subnets).length, atOnce);
}

/** The subnets of a cluster and of its nodes that could be read. */
export function knownSubnetsOf({ subnets, nodeRoom }: Pick<ClusterState, 'subnets' | 'nodeRoom'>): SubnetState[] {
  return [subnets, nodeRoom?.subnets].flatMap((read) => read?.known ? read.value : []);
}

/** The availability zones of a node group, in order. */
export function zonesOf({ subnetIds }: Pick<NodeGroupState, 'subnetIds'>, subnets: readonly SubnetState[]): string[] {
  return [...new Set(subnetIds.map((id) => subnets.find((subnet) => subnet.id === id)?.zone ?? id))].sort();
}
