import { imageStatus } from './image-status';
import { releaseDate } from './release-status';
import { nodesVersionOf } from '../../engine/change/change';
import { nodeGroupNameOf } from '../../engine/change/deployment-intent';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { hasCustomAmi } from '../../engine/state/node-group-state';
import { daysSince, recommendedReleaseOf } from '../../engine/state/recommended-release';

/** Where a node group stands. */
export interface NodeGroupStatus {
  readonly name: string;
  readonly amiType: string;
  /** The Kubernetes minor of the nodes; absent where EKS does not know it. */
  readonly version?: string;
  /** The AMI release that runs; of a golden image its ID. */
  readonly live?: string;
  /** The name of the golden image that runs. */
  readonly imageName?: string;
  /** How old it is, in days, where its name tells. */
  readonly ageDays?: number;
  /** The release that the app wants; absent where the app does not declare the group, or leaves the choice to the deployment. */
  readonly declared?: string;
  /** The release that AWS recommends for the version of the nodes. */
  readonly recommended?: string;
  /** How long AWS has recommended it, in days. */
  readonly recommendedForDays?: number;
}

/** Tells where the node groups of a cluster stand; those that the app declares and that do not exist yet are left out. */
export function nodeGroupStatus({ declaration, state: { nodeGroups, observedAt }, catalog, deployed }: WantedCluster): NodeGroupStatus[] {
  const now = new Date(observedAt);
  const declared = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group]));
  return (nodeGroups.known ? nodeGroups.value : []).map((group) => {
    const { name, amiType, releaseVersion: live } = group;
    const nodesVersion = nodesVersionOf({ catalog }, group);
    const version = nodesVersion.known ? nodesVersion.value.toString() : undefined;
    if (hasCustomAmi(group)) {
      return {
        name, amiType, version, ...imageStatus(live, declared.get(name), catalog, now), declared: declared.get(name)?.releaseVersion,
      };
    }
    const recommended = version === undefined ? undefined : recommendedReleaseOf(amiType, version, catalog, now);
    const date = releaseDate(amiType, live);
    return {
      name,
      amiType,
      version,
      live,
      ageDays: date === undefined ? undefined : daysSince(date, now),
      declared: declared.get(name)?.releaseVersion,
      recommended: recommended?.release,
      recommendedForDays: recommended?.days,
    };
  });
}
