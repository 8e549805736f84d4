import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnAddon, CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { isResourceOfType } from '../node-group/resource-type';

/**
 * All resources of a type that anything in the app defines for a cluster: they refer to it, or name it in its account and Region.
 *
 * Clusters in other stacks may have the same logical ID, and in other environments the same name.
 */
export function resourcesOfCluster(cluster: eks.Cluster, type: string): CfnResource[] {
  const resource = cluster.node.defaultChild as CfnCluster;
  return cluster.node.root.node.findAll().filter((child): child is CfnResource => isResourceOfType(child, type)
    && isNameOf(resource, (child as CfnAddon).clusterName, child));
}

function isNameOf(cluster: CfnCluster, clusterName: string, user: CfnResource): boolean {
  const token = Token.isUnresolved(clusterName) ? Tokenization.reverseString(clusterName).firstToken : undefined;
  if (token) {
    return Reference.isReference(token) && token.target === cluster;
  }
  return clusterName === cluster.name && Stack.of(user).environment === Stack.of(cluster).environment;
}
