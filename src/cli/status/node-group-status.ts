import { releaseDate } from './release-status';
import { nodeGroupNameOf } from '../../engine/change/deployment-intent';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { daysSince, recommendedReleaseOf } from '../../engine/state/recommended-release';

/** Where a node group stands. */
export interface NodeGroupStatus {
  readonly name: string;
  readonly amiType: string;
  /** The Kubernetes minor of the nodes; absent where EKS does not know it. */
  readonly version?: string;
  /** The AMI release that runs. */
  readonly live?: string;
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
  const releases = new Map(declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, deployed), group.releaseVersion]));
  return (nodeGroups.known ? nodeGroups.value : []).map((group) => {
    const { name, amiType, releaseVersion: live } = group;
    const version = group.version.known ? group.version.value : undefined;
    const recommended = version === undefined ? undefined : recommendedReleaseOf(amiType, version, catalog, now);
    const date = releaseDate(amiType, live);
    return {
      name,
      amiType,
      version,
      live,
      ageDays: date === undefined ? undefined : daysSince(date, now),
      declared: releases.get(name),
      recommended: recommended?.release,
      recommendedForDays: recommended?.days,
    };
  });
}
