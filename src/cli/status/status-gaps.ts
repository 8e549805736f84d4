import { nodesVersionOf } from '../../engine/change/change';
import { addOnOfferTo } from '../../engine/eks/platform-version';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { Known } from '../../engine/state/known';
import { hasCustomAmi, NodeGroupState } from '../../engine/state/node-group-state';
import { amiOfferOf } from '../../engine/state/region-catalog';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';

/** Something that status shows, and that could not be read. */
interface Gap {
  readonly what: string;
  readonly why: string;
}

/**
 * What could not be read of a cluster, each once: of all that status shows, whatever the app wants, and then what else the checks miss.
 *
 * @param unread what the checks say that they miss
 */
export function gapsOf(cluster: WantedCluster, unread: readonly string[]): string[] {
  const gaps = [...ofCluster(cluster), ...ofOffers(cluster)];
  const own = gaps.map(({ what, why }) => withoutControlCharacters(`${what} could not be read: ${why}`));
  const isTold = (message: string) => gaps.some(({ why }) => message.endsWith(withoutControlCharacters(`: ${why}`)));
  return [...new Set([...own, ...unread.filter((message) => !isTold(message))])];
}

function ofCluster({ state: { nodeGroups, unreadNodeGroups, addOns, unreadAddOns, insights } }: WantedCluster): Gap[] {
  return [
    ...gapIn('the node groups', nodeGroups),
    ...unreadNodeGroups.map(({ name, why }) => ({ what: `node group ${name}`, why })),
    ...gapIn('the add-ons', addOns),
    ...unreadAddOns.map(({ name, why }) => ({ what: `add-on ${name}`, why })),
    ...gapIn('the insights', insights),
  ];
}

function ofOffers(cluster: WantedCluster): Gap[] {
  const { declaration, state, catalog } = cluster;
  return [
    ...gapIn('the Kubernetes versions that EKS offers', catalog.offeredVersions),
    ...(state.nodeGroups.known ? state.nodeGroups.value : []).flatMap((group) => ofRelease(group, cluster)),
    ...declaration.nodeGroups.flatMap(
      ({ parameterName = '' }) => gapIn(`parameter ${parameterName}`, catalog.publishedImages?.[parameterName]),
    ),
    ...(state.addOns.known ? state.addOns.value : []).flatMap(
      ({ name }) => gapIn(`what EKS offers of add-on ${name}`, addOnOfferTo(state, catalog, name, state.version)),
    ),
  ];
}

function ofRelease(group: NodeGroupState, { catalog }: WantedCluster): Gap[] {
  const { amiType, releaseVersion = '' } = group;
  if (hasCustomAmi(group)) return gapIn(`image ${releaseVersion}`, catalog.images?.[releaseVersion]);
  const version = nodesVersionOf({ catalog }, group);
  return version.known
    ? gapIn(`the recommended release of ${amiType} for Kubernetes ${version.value}`, amiOfferOf(catalog, amiType, version.value.toString()))
    : [];
}

function gapIn(what: string, read: Known<unknown> | undefined): Gap[] {
  return read && !read.known ? [{ what, why: read.why }] : [];
}
