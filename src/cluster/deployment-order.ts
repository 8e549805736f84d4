import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * The order in which CloudFormation creates and upgrades what belongs to a cluster:
 * add-ons that nodes need → node groups → the other add-ons. Node groups have no order among themselves.
 *
 * Dependencies join single resources, not whole constructs, so that a role made beside a node group can serve an add-on
 * without a cycle.
 */
export class DeploymentOrder {
  private readonly beforeNodes: CfnResource[] = [];
  private readonly nodeGroups: CfnResource[] = [];
  private readonly afterNodes: CfnResource[] = [];

  constructor(private readonly cluster: IConstruct) {}

  /** Adds an add-on that nodes need. */
  public addBeforeNodes(addOn: CfnResource): void {
    this.beforeNodes.push(addOn);
    this.nodeGroups.forEach((group) => this.orderBefore(group, addOn));
  }

  /** Adds a node group. */
  public addNodeGroup(group: CfnResource): void {
    this.nodeGroups.push(group);
    this.beforeNodes.forEach((addOn) => this.orderBefore(group, addOn));
    this.afterNodes.forEach((addOn) => this.orderAfter(group, addOn));
  }

  /** Adds an add-on that needs nodes. */
  public addAfterNodes(addOn: CfnResource): void {
    this.afterNodes.push(addOn);
    this.nodeGroups.forEach((group) => this.orderAfter(group, addOn));
  }

  private orderBefore(group: CfnResource, addOn: CfnResource): void {
    this.canBeOrdered(addOn, group) && group.node.addDependency(addOn);
  }

  private orderAfter(group: CfnResource, addOn: CfnResource): void {
    this.canBeOrdered(addOn, group) && addOn.node.addDependency(group);
  }

  private canBeOrdered(addOn: CfnResource, group: CfnResource): boolean {
    return Stack.of(addOn) === Stack.of(this.cluster) ? mayWaitForNodes(this.cluster, group) : Stack.of(addOn) === Stack.of(group);
  }
}

/**
 * Whether what is in the cluster's own stack may wait for a node group: one in the same stack, or in a stack nested below it.
 *
 * Any other stack is deployed after the cluster's, because it refers to the cluster: to wait for what is in it would be a cycle.
 * So would be waiting both before and after a nested stack, which is deployed as a whole; that is why no other stack than the
 * cluster's orders what is outside of it.
 */
export function mayWaitForNodes(cluster: IConstruct, group: IConstruct): boolean {
  for (let stack: Stack | undefined = Stack.of(group); stack; stack = stack.nestedStackParent) {
    if (stack === Stack.of(cluster)) {
      return true;
    }
  }
  return false;
}
