import { EksAmiType } from '../../ami/eks-ami-type';
import { ClusterDeclaration } from '../../upgrade/cluster-declaration';
import { ClusterState } from '../../upgrade/cluster-state';
import { nodeGroupNameOf } from '../../upgrade/declared-intent';
import { DeployedStack } from '../../upgrade/deployed-stack';
import { NodeGroupState } from '../../upgrade/node-group-state';
import { amiOfferOf, RegionCatalog } from '../../upgrade/region-catalog';

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
export function nodeGroupStatus(
  { nodeGroups: declared }: ClusterDeclaration, { nodeGroups, observedAt }: ClusterState, catalog: RegionCatalog,
  deployed: Readonly<Record<string, DeployedStack>>,
): NodeGroupStatus[] {
  const releases = new Map(declared.map((group) => [nodeGroupNameOf(group, deployed), group.releaseVersion]));
  return (nodeGroups.known ? nodeGroups.value : []).map((group) => {
    const { name, amiType, releaseVersion: live, version } = group;
    const offer = version.known ? amiOfferOf(catalog, amiType, version.value) : version;
    const { recommendedRelease, recommendedSince } = offer.known ? offer.value : {};
    return {
      name,
      amiType,
      version: version.known ? version.value : undefined,
      live,
      ageDays: daysSince(releaseDateOf(group), observedAt),
      declared: releases.get(name),
      recommended: recommendedRelease,
      recommendedForDays: daysSince(recommendedSince, observedAt),
    };
  });
}

function releaseDateOf({ amiType, releaseVersion }: NodeGroupState): string | undefined {
  const type = EksAmiType._find(amiType);
  return releaseVersion !== undefined && type?.isRelease(releaseVersion) ? type.parseRelease(releaseVersion).date : undefined;
}

function daysSince(date: string | undefined, now: string): number | undefined {
  return date === undefined ? undefined : Math.floor((Date.parse(now) - Date.parse(date)) / (24 * 60 * 60 * 1000));
}
