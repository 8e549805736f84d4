import { CloudFormationStackArtifact, UNKNOWN_ACCOUNT, UNKNOWN_REGION } from '@aws-cdk/cloud-assembly-api';
import { NODE_GROUP_METADATA_TYPE, NodeGroupMetadata } from '../../declaration/metadata';
import { LookupEnvironment } from '../../live/lookup-credentials';

/** A release that an app has looked up: one entry of `cdk.context.json`. */
export interface TrackedLookUp {
  readonly contextKey: string;
  readonly parameterName: string;
  readonly environment: LookupEnvironment;
  /** As the EKS API names it; absent where the app knows only a token. */
  readonly amiType?: string;
  readonly kubernetesVersion: string;
  /** The node groups that move with it, in the order of the app. */
  readonly usedBy: readonly NodeGroupPlace[];
}

/** Where a node group stands in the app. */
export interface NodeGroupPlace {
  readonly stack: CloudFormationStackArtifact;
  /** The construct path, such as `Prod/Cluster/NodegroupWorkers`. */
  readonly path: string;
}

/** What the app has looked up for node groups in some of its stacks, each entry once. */
export function trackedLookUpsIn(stacks: readonly CloudFormationStackArtifact[]): TrackedLookUp[] {
  const found = new Map<string, TrackedLookUp & { readonly usedBy: NodeGroupPlace[] }>();
  for (const stack of stacks) {
    for (const { path, data } of stack.findMetadataByType(NODE_GROUP_METADATA_TYPE)) {
      const { contextKey, parameterName, amiType, kubernetesVersion } = data as unknown as NodeGroupMetadata;
      if (!contextKey || !parameterName) continue;
      const lookUp = found.get(contextKey)
        ?? { contextKey, parameterName, environment: environmentOf(stack), amiType, kubernetesVersion, usedBy: [] };
      lookUp.usedBy.push({ stack, path: path.replace(/^\//, '') });
      found.set(contextKey, lookUp);
    }
  }
  return [...found.values()];
}

/** Where a stack is deployed; what the app does not say is left open. */
export function environmentOf({ environment, lookupRole }: CloudFormationStackArtifact): LookupEnvironment {
  return {
    account: environment.account === UNKNOWN_ACCOUNT ? undefined : environment.account,
    region: environment.region === UNKNOWN_REGION ? undefined : environment.region,
    lookupRole: lookupRole && { arn: lookupRole.arn, externalId: lookupRole.assumeRoleExternalId },
  };
}
