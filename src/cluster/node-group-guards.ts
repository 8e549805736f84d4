import { CfnResource, Names, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { guardedNodeGroup } from './guarded-node-group';
import { GuardedNodeGroup } from '../upgrade-guard/resource-properties';
import { UpgradeGuard } from '../upgrade-guard/upgrade-guard';
import { guardNodeGroups } from '../upgrade-guard/upgrade-guard-resource';

/**
 * The node groups of one cluster, as guards are told of them: those of the cluster's stack are guarded with the cluster,
 * those of any other stack by a guard there.
 */
export class NodeGroupGuards {
  private readonly groups = new Map<Stack, CfnResource[]>();
  private readonly guards = new Map<Stack, CfnResource | undefined>();

  constructor(private readonly cluster: eks.Cluster, private readonly guard: UpgradeGuard) {}

  /** Takes a node group under guard. */
  public add(group: CfnResource): void {
    const stack = Stack.of(group);
    this.groups.set(stack, [...this.groups.get(stack) ?? [], group]);
    if (stack !== Stack.of(this.cluster)) {
      const guard = this.guardIn(stack);
      guard && group.node.addDependency(guard);
    }
  }

  /** The node groups of a stack, in an order that a mere rearrangement of the code does not change. */
  public in(stack: Stack): GuardedNodeGroup[] {
    return (this.groups.get(stack) ?? []).map(guardedNodeGroup).sort((one, other) => one.LogicalId < other.LogicalId ? -1 : 1);
  }

  private guardIn(stack: Stack): CfnResource | undefined {
    if (!this.guards.has(stack)) {
      this.guards.set(stack, guardNodeGroups(stack, `${Names.nodeUniqueId(this.cluster.node)}NodeGroupGuard`, this.guard, {
        clusterName: this.cluster.clusterName,
        nodeGroups: () => this.in(stack),
      }));
    }
    return this.guards.get(stack);
  }
}
