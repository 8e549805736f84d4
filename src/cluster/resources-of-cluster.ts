import { CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnAddon, CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { isResourceOfType } from '../node-group/resource-type';

/** All resources of a type that anything in the app defines for a cluster, told by the name of the cluster. */
export function resourcesOfCluster(cluster: eks.Cluster, type: string): CfnResource[] {
  const names = [cluster.clusterName, (cluster.node.defaultChild as CfnCluster).name];
  return cluster.node.root.node.findAll().filter((child): child is CfnResource => isResourceOfType(child, type)
    && names.some((name) => resolveAlike(child, (child as CfnAddon).clusterName, name)));
}

function resolveAlike(resource: CfnResource, one?: string, other?: string): boolean {
  const stack = Stack.of(resource);
  return one !== undefined && other !== undefined && JSON.stringify(stack.resolve(one)) === JSON.stringify(stack.resolve(other));
}
