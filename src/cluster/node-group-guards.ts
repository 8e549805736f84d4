import { CfnResource, Names, Stack } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { guardedNodeGroup } from './guarded-node-group';
import { guardedOrder } from './guarded-order';
import { launchAfter } from './launch-after';
import { MovedCluster } from './moved-cluster';
import { GuardedNodeGroup } from '../engine/change/resource-properties';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { allowLookAtImages, guardParts } from '../guard/upgrade-guard-resource';
import { giveWorkloadAccess } from '../guard/workload-access';
import { imageOf } from '../node-group/launched-image';

/**
 * The node groups of one cluster, as guards are told of them: those of the cluster's stack are guarded with the cluster,
 * those of any other stack by a guard there.
 */
export class NodeGroupGuards {
  private readonly groups = new Map<Stack, CfnResource[]>();
  private readonly guards = new Map<Stack, CfnResource | undefined>();

  constructor(private readonly cluster: MovedCluster, private readonly guard: UpgradeGuard) {}

  /** Takes a node group under guard. */
  public add(group: CfnResource): void {
    const stack = Stack.of(group);
    this.groups.set(stack, [...this.groups.get(stack) ?? [], group]);
    if (stack !== Stack.of(this.cluster.scope)) {
      const guard = this.guardIn(stack);
      guard && group.node.addDependency(guard);
      launchAfter(group as CfnNodegroup, guard);
    }
    imageOf(group) && allowLookAtImages(stack, this.guard);
  }

  /** The node groups of a stack, in an order that a mere rearrangement of the code does not change. */
  public in(stack: Stack): GuardedNodeGroup[] {
    const { workloads } = this.guard.options;
    const groups = (this.groups.get(stack) ?? []).map((group) => guardedNodeGroup(group, workloads));
    return groups.sort((one, other) => one.LogicalId < other.LogicalId ? -1 : 1);
  }

  private guardIn(stack: Stack): CfnResource | undefined {
    if (!this.guards.has(stack)) {
      const { construct, cluster: { clusterName }, resource, kubernetesVersion } = this.cluster;
      this.guards.set(stack, guardParts(stack, `${Names.nodeUniqueId(construct.node)}NodeGroupGuard`, this.guard, {
        clusterName,
        declaredVersion: resource ? undefined : kubernetesVersion,
        addOns: () => [],
        nodeGroups: () => this.in(stack),
        order: () => guardedOrder(construct, stack),
      }));
      giveWorkloadAccess(stack, `${Names.nodeUniqueId(construct.node)}NodeGroupGuardAccess`, this.guard, construct, clusterName);
    }
    return this.guards.get(stack);
  }
}
