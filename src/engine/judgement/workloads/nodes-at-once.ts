import { RolledNodeGroup } from './rolled-node-groups';

/** How many nodes of a node group EKS drains at once. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html */
export function nodesAtOnce({ isRemoved, state: { update } }: RolledNodeGroup, size: number): number {
  if (isRemoved) return size;
  const { maxUnavailable, maxUnavailablePercentage } = update ?? {};
  return maxUnavailable ?? (maxUnavailablePercentage === undefined ? 1 : Math.max(1, Math.floor(size * maxUnavailablePercentage / 100)));
}
