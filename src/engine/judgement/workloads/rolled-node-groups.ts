import { Change, exchangesNodes, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { NodeGroupState } from '../../state/node-group-state';
import { PodState, workloadNamesOf } from '../../state/workloads/pod-state';
import { WorkloadState } from '../../state/workloads/workload-state';

/** A node group whose nodes a change replaces. */
export interface RolledNodeGroup {
  readonly name: string;
  readonly state: NodeGroupState;
  /** Whether an update deletes in the end the pods that it cannot evict. */
  readonly isForced: boolean;
  /**
   * Whether the node group goes: for good, or for another one that CloudFormation creates in its place, by another name. EKS then drains all
   * nodes at once, and terminates them in spite of what it cannot evict.
   */
  readonly isRemoved: boolean;
}

/** The node groups whose nodes a change drains. One that goes does not roll, whatever else is wanted of it. */
export function rolledNodeGroups(change: Change): RolledNodeGroup[] {
  return nodeGroupsOf(change).flatMap((state) => {
    const { removed = false, replacedBy = [], isForced = false, isRolled = false } = wantedOfNodeGroup(change, state.name);
    const isRemoved = removed || replacedBy.length > 0;
    const rolls = isRemoved || isRolled || exchangesNodes(change, state);
    return rolls ? [{ name: state.name, state, isForced, isRemoved }] : [];
  });
}

/** What is looked at: the workloads beside the nodes that a change drains. */
export interface Drain {
  readonly workloads: WorkloadState;
  readonly groups: readonly RolledNodeGroup[];
  /** The nodes to be drained, each with its node group. */
  readonly groupOfNode: ReadonlyMap<string, RolledNodeGroup>;
  /** What the workload of a pod is called by. */
  readonly nameOf: (pod: PodState) => string;
}

/** How many nodes of a node group are drained. */
export function sizeOf({ groupOfNode }: Drain, group: RolledNodeGroup): number {
  return [...groupOfNode.values()].filter((other) => other === group).length;
}

/** What a change drains; undefined when the workloads were not asked for, could not be read, or no node is drained. */
export function drainOf(change: Change): Drain | undefined {
  const { workloads } = change.state;
  const groups = rolledNodeGroups(change);
  if (!workloads?.known || groups.length === 0) return undefined;
  const byName = new Map(groups.map((group) => [group.name, group]));
  const groupOfNode = new Map(workloads.value.nodes.flatMap(({ name, nodeGroup }) => {
    const group = nodeGroup === undefined ? undefined : byName.get(nodeGroup);
    return group ? [[name, group] as const] : [];
  }));
  return { workloads: workloads.value, groups, groupOfNode, nameOf: workloadNamesOf(workloads.value.pods) };
}
