import { CloudFormationStackArtifact, UNKNOWN_ACCOUNT, UNKNOWN_REGION } from '@aws-cdk/cloud-assembly-api';
import { textsKnownAtSynth } from '../../engine/declaration/declarations';
import {
  LATEST_IMAGE_METADATA_TYPE, LatestImageMetadata, NODE_GROUP_METADATA_TYPE, NodeGroupMetadata,
} from '../../engine/declaration/metadata';
import { LookupEnvironment } from '../../live/lookup-credentials';

/** A release that an app has looked up: one entry of `cdk.context.json`. */
export interface TrackedLookUp {
  readonly contextKey: string;
  readonly parameterName: string;
  readonly environment: LookupEnvironment;
  /** As the EKS API names it; absent where the app knows only a token. */
  readonly amiType?: string;
  /** Absent where the app knows only a token, or where only a golden image itself knows it. */
  readonly kubernetesVersion?: string;
  /** The image of the release, where it is looked up by a key in which no release stands: it has to move with it. */
  readonly image?: LookedUpImage;
  /** The node groups that move with it, in the order of the app; tracked releases without a node group, too. */
  readonly usedBy: readonly ConstructPlace[];
}

/** An image that an app has looked up: one entry of `cdk.context.json`. */
export type LookedUpImage = Pick<LatestImageMetadata, 'contextKey' | 'parameterName'>;

/** Where something stands in the app. */
export interface ConstructPlace {
  readonly stack: CloudFormationStackArtifact;
  /** The construct path, such as `Prod/Cluster/NodegroupWorkers`. */
  readonly path: string;
}

/**
 * What an app has looked up for node groups, each entry once.
 *
 * @param stacks all of the app: what shares an entry moves together, wherever it is
 * @param selected only what something in one of these stacks uses
 */
export function trackedLookUpsIn(
  stacks: readonly CloudFormationStackArtifact[], selected: readonly CloudFormationStackArtifact[],
): TrackedLookUp[] {
  const found = new Map<string, TrackedLookUp & { readonly usedBy: ConstructPlace[] }>();
  for (const stack of stacks) {
    for (const { path, data } of stack.findMetadataByType(NODE_GROUP_METADATA_TYPE)) {
      const { contextKey, parameterName, amiType, kubernetesVersion } = data as unknown as NodeGroupMetadata;
      if (!contextKey || !parameterName) continue;
      const lookUp = {
        ...textsKnownAtSynth({ amiType, kubernetesVersion }),
        ...found.get(contextKey) ?? { contextKey, parameterName, environment: environmentOf(stack), usedBy: [] },
      };
      lookUp.usedBy.push({ stack, path: path.replace(/^\//, '') });
      found.set(contextKey, lookUp);
    }
  }
  const images = new Map(stacks.flatMap((stack) => stack.findMetadataByType(LATEST_IMAGE_METADATA_TYPE)).map(({ data }) => {
    const { releaseContextKey, contextKey, parameterName } = data as unknown as LatestImageMetadata;
    return [releaseContextKey, { contextKey, parameterName }];
  }));
  const isSelected = ({ usedBy }: TrackedLookUp) => usedBy.some(({ stack }) => selected.includes(stack));
  return [...found.values()].filter(isSelected).map((lookUp) => ({ ...lookUp, image: images.get(lookUp.contextKey) }));
}

/** Where a stack is deployed; what the app does not say is left open. */
export function environmentOf({ environment, lookupRole }: CloudFormationStackArtifact): LookupEnvironment {
  return {
    account: environment.account === UNKNOWN_ACCOUNT ? undefined : environment.account,
    region: environment.region === UNKNOWN_REGION ? undefined : environment.region,
    lookupRole: lookupRole && {
      arn: lookupRole.arn, externalId: lookupRole.assumeRoleExternalId, additionalOptions: lookupRole.assumeRoleAdditionalOptions,
    },
  };
}
