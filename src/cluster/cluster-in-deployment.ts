import { CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { CfnCluster } from 'aws-cdk-lib/aws-eks';
import { IConstruct } from 'constructs';
import { isMadeHere } from './cluster-of-aws-eks';
import { hasUpgrades } from './has-upgrades';
import { warnings } from './messages';
import { MovedCluster } from './moved-cluster';
import { isKnownAtSynth } from '../diagnostics/known-at-synth';
import { topLevelStack } from '../diagnostics/stacks-around';
import { standsFor } from '../diagnostics/stands-for';
import { Said } from '../engine/messages/message';
import { CLUSTER_TYPE, CLUSTER_TYPES } from '../engine/state/deployed-stack';

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
 * @returns undefined for one of another stack, for one of `aws-eks`, and for one without a version, whose control plane the app does not move
 */
export function clusterInDeployment(scope: IConstruct, clusterName: string): ClusterInDeployment | undefined {
  const resource = resourceBehind(clusterName);
  if (resource?.cfnResourceType !== CLUSTER_TYPE || Stack.of(resource) !== Stack.of(scope) || !isGivenVersion(resource)) return undefined;
  const { version } = resource as CfnCluster;
  return { resource, construct: constructOf(resource), version: isKnownAtSynth(version) ? version : undefined };
}

/**
 * What a user should know of an imported cluster that the app moves in the same deployment all the same, with nothing that guards it.
 *
 * @param clusters the resources of those that the app makes
 */
export function findUnguarded({ scope, cluster: { clusterName } }: MovedCluster, clusters: readonly CfnResource[]): Said[] {
  const named = resourceBehind(clusterName);
  return clusters
    .filter((one) => (one === named || (one as CfnCluster).name === clusterName) && areDeployedTogether(one, scope) && isGivenVersion(one))
    .filter((one) => !hasUpgrades(constructOf(one)))
    .map((one) => {
      const isHere = one.cfnResourceType === CLUSTER_TYPE && Stack.of(one) === Stack.of(scope);
      return warnings[isHere ? 'clusterUnguarded' : 'clusterUnguarded:elsewhere']({ cluster: constructOf(one).node.path });
    });
}

/** The cluster of the app to which a name refers, and nothing beside it. */
function resourceBehind(name: string): CfnResource | undefined {
  const { length, firstToken } = Tokenization.reverseString(name);
  const target = length === 1 && Reference.isReference(firstToken) ? firstToken.target : undefined;
  return CfnResource.isCfnResource(target) && CLUSTER_TYPES.includes(target.cfnResourceType) ? target : undefined;
}

/** The construct by which the app knows a cluster. */
function constructOf(resource: CfnResource): IConstruct {
  return resource.cfnResourceType === CLUSTER_TYPE ? standsFor(resource) : resource.node.scopes.find(isMadeHere) ?? resource;
}

/** EKS chooses the version of a cluster that is given none, and who moves that later is not the app. */
function isGivenVersion(cluster: CfnResource): boolean {
  return !('version' in cluster) || cluster.version !== undefined; // a resource without class does not tell
}

/** Whether two constructs are in one stack, or in stacks that are nested in one. */
function areDeployedTogether(one: IConstruct, other: IConstruct): boolean {
  return topLevelStack(Stack.of(one)) === topLevelStack(Stack.of(other));
}
