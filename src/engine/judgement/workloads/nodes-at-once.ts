import { RolledNodeGroup } from './rolled-node-groups';
import { nodesAtOnceIn } from '../../eks/roll-surge';

/**
 * How many nodes of a node group EKS drains at once. @see
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupUpdateConfig.html
 */
export function nodesAtOnce({ isRemoved, state: { update } }: RolledNodeGroup, size: number): number {
  return isRemoved ? size : nodesAtOnceIn(size, update ?? {});
}
