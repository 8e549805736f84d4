import { EksAmiType } from '../engine/ami/eks-ami-type';
import { releaseIn } from '../engine/ami/release-in';
import { NodeGroupDeclaration } from '../engine/declaration/cluster-declaration';
import { shellWord } from '../engine/messages/shell-word';
import { describeImageWithAge } from '../engine/state/image-state';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { daysSince, RecommendedRelease, recommendedReleaseOf } from '../engine/state/recommended-release';
import { imageIn, RegionCatalog } from '../engine/state/region-catalog';

/** A release that AWS recommends today, newer than the wanted one. */
export interface NewerRelease extends RecommendedRelease {
  /** How to take it. */
  readonly takenBy: string;
  /** The parameter that holds it, where it is an image of one's own. */
  readonly parameterName?: string;
}

/** What tracks a release: a node group, or a release without one. */
type Tracked = Pick<NodeGroupDeclaration, 'path' | 'amiType' | 'tracking' | 'parameterName'>;

/** The release that AWS recommends, where it is newer than what is wanted. */
export function releaseNewerThan(
  { version, release }: { readonly version?: string; readonly release?: string }, tracked: Tracked, catalog: RegionCatalog, now: Date,
): NewerRelease | undefined {
  const { amiType } = tracked;
  if (amiType === CUSTOM_AMI_TYPE) return imageNewerThan(release, tracked, catalog, now);
  if (amiType === undefined || version === undefined || release === undefined) return undefined;
  const recommended = recommendedReleaseOf(amiType, version, catalog, now);
  return recommended && isNewer(recommended.release, release, amiType) ? {
    ...recommended, takenBy: wayTo(recommended.release, tracked),
  } : undefined;
}

/** The image that the parameter of a golden image holds, where it is another one than the wanted. Which is older, `refresh` says. */
function imageNewerThan(
  imageId: string | undefined, { path, parameterName = '' }: Tracked, catalog: RegionCatalog, now: Date,
): NewerRelease | undefined {
  const published = catalog.publishedImages?.[parameterName];
  if (imageId === undefined || !published?.known || !published.value || published.value.id === imageId) return undefined;
  const { id, since } = published.value;
  return {
    release: labelOf(id, catalog, now),
    days: daysSince(since, now),
    takenBy: `npx cdk-eks-upgrades refresh --only ${shellWord(path)}`,
    parameterName,
  };
}

/** An image with what is known of it. */
export function labelOf(id: string, catalog: RegionCatalog, now: Date): string {
  const image = imageIn(catalog, id);
  return describeImageWithAge(id, image.known ? image.value : undefined, now);
}

function wayTo(release: string, { tracking, path, parameterName }: Tracked): string {
  const refresh = `npx cdk-eks-upgrades refresh --only ${shellWord(path)}`;
  switch (tracking) {
    case 'pinned': return `AmiTracking.pinned('${release}')`;
    case 'from-parameter': return `${refresh}, once ${parameterName ?? 'your parameter'} holds it`;
    default: return refresh;
  }
}

/** Of releases that have no order, as two builds of one Bottlerocket version, the recommended one counts as the newer one. */
function isNewer(recommended: string, release: string, amiType: string): boolean {
  if (recommended === release) return false;
  const [candidate, current] = [recommended, release].map((text) => releaseIn(EksAmiType._find(amiType), text));
  return candidate === undefined || current === undefined || candidate.compareTo(current) >= 0;
}
