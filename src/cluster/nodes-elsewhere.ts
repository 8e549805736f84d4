import { CfnResource, Stack } from 'aws-cdk-lib';
import { nameOf } from './add-on-clashes';
import { mayWaitForNodes } from './deployment-order';
import { says } from './messages';
import { sentence } from '../engine/messages/sentence';

/** Add-ons that become active on nodes only: EKS waits for their pods. */
const NEEDS_NODES = /^coredns$|-csi-driver$/;

/** What may run the pods of add-ons in the cluster's own stack, and does not say of which cluster it is. */
const SELF_MANAGED_NODES = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::Instance'];

/**
 * What is wrong with add-ons in the cluster's stack that wait for nodes, when all nodes come with stacks that are deployed after it:
 * the deployment of the cluster's stack waits for them until it fails.
 *
 * @param addOns resources of the add-ons that come after nodes
 * @param nodes resources of the cluster's node groups in the app, and of the Fargate profiles that take such pods
 */
export function findAddOnsWithoutNodes(cluster: CfnResource, addOns: readonly CfnResource[], nodes: readonly CfnResource[]): string[] {
  const isHere = (resource: CfnResource) => mayWaitForNodes(cluster, resource);
  if (nodes.length === 0 || nodes.some(isHere) || hasSelfManagedNodes(Stack.of(cluster))) { // with none in the app, they are made elsewhere
    return [];
  }
  return addOns.filter((addOn) => isHere(addOn) && NEEDS_NODES.test(nameOf(addOn))).map((addOn) =>
    sentence(says.addOnWithoutNodes({ name: nameOf(addOn), stack: Stack.of(nodes[0]).node.path })));
}

/** Whether a stack may have nodes that no node group makes. */
export function hasSelfManagedNodes(stack: Stack): boolean {
  return stack.node.findAll().some((child) => CfnResource.isCfnResource(child) && SELF_MANAGED_NODES.includes(child.cfnResourceType));
}
