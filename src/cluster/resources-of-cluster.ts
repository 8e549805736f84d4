import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { MovedCluster } from './moved-cluster';

/**
 * All resources of some types that anything in the app defines for a cluster: they refer to it, or name it in its account and Region.
 *
 * Clusters in other stacks may have the same logical ID, and in other environments the same name.
 */
export function resourcesOfCluster(cluster: MovedCluster, ...types: readonly string[]): CfnResource[] {
  return cluster.scope.node.root.node.findAll().filter((child): child is CfnResource => CfnResource.isCfnResource(child)
    && types.includes(child.cfnResourceType) && isNameOf(cluster, (child as CfnAddon).clusterName, child));
}

/** Whether the name of a cluster, as a resource has it, is that of a cluster. */
export function isNameOf({ scope, cluster, resource, literalName }: MovedCluster, clusterName: string, user: CfnResource): boolean {
  const token = resource && Token.isUnresolved(clusterName) ? Tokenization.reverseString(clusterName).firstToken : undefined;
  if (token) {
    return Reference.isReference(token) && token.target === resource;
  }
  return clusterName === (literalName ?? cluster.clusterName) && Stack.of(user).environment === Stack.of(scope).environment;
}
