import { CfnResource, Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { MovedCluster } from './moved-cluster';

/**
 * Those of some resources that are defined for a cluster: they refer to it, or name it in its account and Region.
 *
 * Clusters in other stacks may have the same logical ID, and in other environments the same name.
 */
export function resourcesOfCluster(cluster: MovedCluster, resources: readonly CfnResource[]): CfnResource[] {
  return resources.filter((resource) => isNameOf(cluster, (resource as CfnAddon).clusterName, resource));
}

/** Whether the name of a cluster, as a resource has it, is that of a cluster. */
export function isNameOf({ scope, cluster, resource, literalName }: MovedCluster, clusterName: string, user: CfnResource): boolean {
  const token = resource && Token.isUnresolved(clusterName) ? Tokenization.reverseString(clusterName).firstToken : undefined;
  if (token) {
    return Reference.isReference(token) && token.target === resource;
  }
  return clusterName === (literalName ?? cluster.clusterName) && areOfOneEnvironment(Stack.of(user), Stack.of(scope));
}

/** An account or Region that only the deployment knows is the same for what is deployed together: for one stage. */
function areOfOneEnvironment(a: Stack, b: Stack): boolean {
  const isKnown = ![a.account, a.region].some(Token.isUnresolved);
  return a.environment === b.environment && (isKnown || Stage.of(a) === Stage.of(b));
}
