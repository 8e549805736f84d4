import { nodesVersionOf } from '../../engine/change/change';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { hasCustomAmi, NodeGroupState } from '../../engine/state/node-group-state';
import { describeGap, Gap, gapIn, gapInRelease, gapInVersions, gapsAsItIs, gapsInAddOnOffers, tells } from '../clusters/cluster-gaps';

/**
 * What could not be read of a cluster, each once: of all that status shows, whatever the app wants, and then what else the checks miss.
 *
 * @param unread what the checks say that they miss
 */
export function gapsOf(cluster: WantedCluster, unread: readonly string[]): string[] {
  const gaps = [...gapsAsItIs(cluster.state), ...ofOffers(cluster)];
  const own = gaps.map(describeGap);
  const isTold = (message: string) => gaps.some((gap) => tells(message, gap));
  return [...new Set([...own, ...unread.filter((message) => !isTold(message))])];
}

function ofOffers(cluster: WantedCluster): Gap[] {
  const { declaration, state, catalog } = cluster;
  return [
    ...gapInVersions(cluster),
    ...(state.nodeGroups.known ? state.nodeGroups.value : []).flatMap((group) => ofRelease(group, cluster)),
    ...declaration.nodeGroups.flatMap(
      ({ parameterName = '' }) => gapIn(`parameter ${parameterName}`, catalog.publishedImages?.[parameterName]),
    ),
    ...gapsInAddOnOffers(cluster, state.version),
  ];
}

function ofRelease(group: NodeGroupState, { catalog }: WantedCluster): Gap[] {
  const { amiType, releaseVersion = '' } = group;
  if (hasCustomAmi(group)) return gapIn(`image ${releaseVersion}`, catalog.images?.[releaseVersion]);
  const version = nodesVersionOf({ catalog }, group);
  return version.known ? gapInRelease({ catalog }, amiType, version.value.toString()) : [];
}
