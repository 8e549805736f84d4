import { CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { isMadeHere } from './cluster-of-aws-eks';
import { says } from './messages';
import { MovedCluster } from './moved-cluster';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { standsFor } from '../diagnostics/stands-for';
import { sentence } from '../engine/messages/sentence';
import { CLUSTER_TYPE, CLUSTER_TYPES } from '../engine/state/deployed-stack';
import { NodeGroupHosts } from '../node-group/node-group-host';

/** A cluster that an app takes by its name, and whose control plane moves in the deployment in which its parts do. */
export interface ClusterInDeployment {
  readonly resource: CfnResource;
  /** The construct by which the app knows it. */
  readonly construct: IConstruct;
  /** The Kubernetes minor that it is given; undefined where only the deployment knows. */
  readonly version?: string;
}

/**
 * The cluster behind a name, such as the `ref` of a `CfnCluster`: what refers to the name comes after the control plane, a guard included.
 *
 * @returns undefined for one of another deployment, and for one without a version, whose control plane the app does not move
 */
export function clusterInDeployment(scope: IConstruct, clusterName: string): ClusterInDeployment | undefined {
  const token = Token.isUnresolved(clusterName) ? Tokenization.reverseString(clusterName).firstToken : undefined;
  const target = token && Reference.isReference(token) ? token.target : undefined;
  if (!CfnResource.isCfnResource(target) || !CLUSTER_TYPES.includes(target.cfnResourceType)) return undefined;
  if (!areDeployedTogether(target, scope) || !isGivenVersion(target)) return undefined;
  const { version } = target as CfnCluster;
  return {
    resource: target,
    construct: target.cfnResourceType === CLUSTER_TYPE ? standsFor(target) : target.node.scopes.find(isMadeHere) ?? target,
    version: isKnownAtSynth(version) ? version : undefined,
  };
}

/**
 * What is wrong with an imported cluster that the app makes in the same deployment, unguarded, where both have their name as a text.
 *
 * @param clusters the resources of those that the app makes
 */
export function findClustersByText({ scope, literalName }: MovedCluster, clusters: readonly CfnResource[]): string[] {
  if (literalName === undefined) return [];
  return clusters
    .filter((one) => (one as CfnCluster).name === literalName && areDeployedTogether(one, scope) && isGivenVersion(one))
    .map(standsFor)
    .filter((construct) => !NodeGroupHosts.of(construct))
    .map((construct) => sentence(says.clusterByText({ cluster: construct.node.path, clusterName: literalName })));
}

/** EKS chooses the version of a cluster that is given none, and who moves that later is not the app. */
function isGivenVersion(cluster: CfnResource): boolean {
  return !('version' in cluster) || cluster.version !== undefined; // a resource without class does not tell
}

/** Whether two constructs are in one stack, or in stacks that are nested in one. */
function areDeployedTogether(one: IConstruct, other: IConstruct): boolean {
  return topmost(Stack.of(one)) === topmost(Stack.of(other));
}

function topmost(stack: Stack): Stack {
  return stack.nestedStackParent ? topmost(stack.nestedStackParent) : stack;
}
