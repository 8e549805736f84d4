import { CfnResource, Names, Stack } from 'aws-cdk-lib';
import { guardedOrder } from './guarded-order';
import { MovedCluster } from './moved-cluster';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { guardParts } from '../guard/upgrade-guard-resource';

/**
 * The node groups of one cluster, as guards are told of them: those of the cluster's stack are guarded with the cluster,
 * those of any other stack by a guard there.
 */
export class NodeGroupGuards {
  private readonly guards = new Map<Stack, CfnResource | undefined>();

  constructor(private readonly cluster: MovedCluster, private readonly guard: UpgradeGuard) {}

  /** Takes a node group under guard. */
  public add(group: CfnResource): void {
    const stack = Stack.of(group);
    if (stack !== Stack.of(this.cluster.scope)) {
      const guard = this.guardIn(stack);
      if (guard) {
        group.node.addDependency(guard);
      }
    }
  }

  private guardIn(stack: Stack): CfnResource | undefined {
    if (!this.guards.has(stack)) {
      const { construct, cluster: { clusterName }, resource, kubernetesVersion } = this.cluster;
      this.guards.set(stack, guardParts(stack, `${Names.nodeUniqueId(construct.node)}NodeGroupGuard`, this.guard, {
        clusterName,
        isImported: resource === undefined,
        expectedVersion: resource ? undefined : kubernetesVersion,
        order: () => guardedOrder(construct, stack),
      }));
    }
    return this.guards.get(stack);
  }
}
