import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IConstruct } from 'constructs';
import { mayWaitForNodes } from './deployment-order';

/** A cluster of either module. */
interface AlbControllerHost extends IConstruct {
  readonly albController?: IConstruct;
}

/**
 * Lets the L2's load balancer controller wait only for node groups that it can wait for.
 *
 * The L2 makes it wait for every node group of the cluster, those in stacks that are deployed after the cluster's included: a cycle.
 */
export function orderAlbController(cluster: AlbControllerHost): void {
  const node = cluster.albController?.node;
  if (node) {
    const addDependency = node.addDependency.bind(node);
    node.addDependency = (...dependencies) => addDependency(
      ...dependencies.filter((dependency) => !(dependency instanceof eks.Nodegroup) || mayWaitForNodes(cluster, dependency)));
  }
}
