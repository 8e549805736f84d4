import { CfnResource, Names, Stack } from 'aws-cdk-lib';
import type { CfnNodegroup } from 'aws-cdk-lib/aws-eks';
import { guardedImages } from './guarded-images';
import { launchAfter } from './launch-after';
import { warnings } from './messages';
import { MovedCluster } from './moved-cluster';
import { warn } from '../diagnostics/annotations';
import { stacksAround } from '../diagnostics/stacks-around';
import { GuardedImage } from '../engine/change/guarded-images';
import { UpgradeGuard } from '../guard/upgrade-guard';
import { allowLookAtImages, guardParts } from '../guard/upgrade-guard-resource';
import { giveWorkloadAccess } from '../guard/workload-access';
import { LaunchedImages } from '../node-group/launched-image';

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
      if (guard) {
        group.node.addDependency(guard);
      }
      launchAfter(group as CfnNodegroup, guard);
      if (guard) this.warnWhereItComesLate(group);
    }
    if (LaunchedImages.of(group)) allowLookAtImages(stack, this.guard);
  }

  /** The images of the app's own that node groups of a stack launch. */
  public imagesIn(stack: Stack): GuardedImage[] {
    return guardedImages(this.groups.get(stack) ?? []);
  }

  /** A nested stack is deployed in the midst of the one that holds it, after what it refers to. */
  private warnWhereItComesLate(group: CfnResource): void {
    const { resource } = this.cluster;
    const holders = stacksAround(Stack.of(group));
    if (!resource || !holders.includes(Stack.of(resource))) return;
    warn(group.node.scope!, warnings.guardedAfterControlPlane({}));
  }

  private guardIn(stack: Stack): CfnResource | undefined {
    if (!this.guards.has(stack)) {
      const { construct, cluster: { clusterName }, resource, kubernetesVersion } = this.cluster;
      this.guards.set(stack, guardParts(stack, `${Names.nodeUniqueId(construct.node)}NodeGroupGuard`, this.guard, {
        clusterName,
        isImported: resource === undefined,
        expectedVersion: resource ? undefined : kubernetesVersion,
        images: () => this.imagesIn(stack),
      }));
      giveWorkloadAccess(stack, `${Names.nodeUniqueId(construct.node)}NodeGroupGuardAccess`, this.guard, construct, clusterName);
    }
    return this.guards.get(stack);
  }
}
