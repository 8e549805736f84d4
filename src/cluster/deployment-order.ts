import { CfnResource, Stack } from 'aws-cdk-lib/core';

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

  /** Adds an add-on that nodes need. */
  public addBeforeNodes(addOn: CfnResource): void {
    this.beforeNodes.push(addOn);
    this.nodeGroups.forEach((group) => waitFor(group, addOn));
  }

  /** Adds a node group. */
  public addNodeGroup(group: CfnResource): void {
    this.nodeGroups.push(group);
    this.beforeNodes.forEach((addOn) => waitFor(group, addOn));
    this.afterNodes.forEach((addOn) => waitFor(addOn, group));
  }

  /** Adds an add-on that needs nodes. */
  public addAfterNodes(addOn: CfnResource): void {
    this.afterNodes.push(addOn);
    this.nodeGroups.forEach((group) => waitFor(addOn, group));
  }
}

/**
 * Across stacks nothing is added: a stack of node groups already follows the cluster's stack because it refers to it, and an add-on
 * there cannot wait for what is deployed after it. Nested stacks are deployed with their parent and do wait.
 */
function waitFor(later: CfnResource, earlier: CfnResource): void {
  if (deployedStack(later) === deployedStack(earlier)) {
    later.node.addDependency(earlier);
  }
}

function deployedStack(resource: CfnResource): Stack {
  let stack = Stack.of(resource);
  while (stack.nestedStackParent) {
    stack = stack.nestedStackParent;
  }
  return stack;
}
