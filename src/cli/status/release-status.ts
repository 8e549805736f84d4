import { imageStatus } from './image-status';
import { EksAmiType } from '../../engine/ami/eks-ami-type';
import { ReleaseDeclaration } from '../../engine/declaration/release-declaration';
import { CUSTOM_AMI_TYPE } from '../../engine/state/node-group-state';
import { daysSince } from '../../engine/state/recommended-release';
import { RegionCatalog } from '../../engine/state/region-catalog';
import { CommandRelease } from '../clusters/live-clusters';

/** Where a tracked release without a node group stands. Plain data: the JSON of `status` holds it as it is. */
export interface ReleaseStatus {
  /** The construct path. */
  readonly path: string;
  readonly account?: string;
  readonly region?: string;
  /** Absent where only the deployment knows it, as the next two. */
  readonly amiType?: string;
  readonly kubernetesVersion?: string;
  /** The release that the app wants; absent where it leaves the choice to the deployment. */
  readonly declared?: string;
  /** The name of a golden image. */
  readonly imageName?: string;
  /** How old it is, in days, where its name tells. */
  readonly ageDays?: number;
  /** The release that AWS recommends; absent where it publishes none. */
  readonly recommended?: string;
  /** How long AWS has recommended it, in days. */
  readonly recommendedForDays?: number;
  /** Why it is not known what AWS recommends. */
  readonly unreadable?: string;
}

/** Tells where a tracked release without a node group stands. */
export function releaseStatus({ declaration, offer, catalog }: CommandRelease, now: Date): ReleaseStatus {
  const { path, account, region, amiType, kubernetesVersion, releaseVersion: declared } = declaration;
  if (amiType === CUSTOM_AMI_TYPE) {
    const { live: _, ...image } = imageStatus(declared, declaration, catalog, now);
    return { path, account, region, amiType, kubernetesVersion, declared, ...image, unreadable: whyUnread(declaration, catalog) };
  }
  const date = releaseDate(amiType, declared);
  const { recommendedRelease, recommendedSince } = offer.known ? offer.value : {};
  return {
    path,
    account,
    region,
    amiType,
    kubernetesVersion,
    declared,
    ageDays: date === undefined ? undefined : daysSince(date, now),
    recommended: recommendedRelease,
    recommendedForDays: recommendedSince === undefined ? undefined : daysSince(recommendedSince, now),
    unreadable: offer.known ? undefined : offer.why,
  };
}

/** Why it is not known which golden image is published, or whether the one in use exists. */
function whyUnread({ parameterName, releaseVersion }: ReleaseDeclaration, catalog: RegionCatalog): string | undefined {
  const published = parameterName === undefined ? undefined : catalog.publishedImages?.[parameterName];
  const image = releaseVersion === undefined ? undefined : catalog.images?.[releaseVersion];
  return [published, image].flatMap((read) => read && !read.known ? [read.why] : [])[0];
}

/** The day of a release, where its name tells. */
export function releaseDate(amiType: string | undefined, release: string | undefined): string | undefined {
  const type = amiType === undefined ? undefined : EksAmiType._find(amiType);
  return release !== undefined && type?.isRelease(release) ? type.parseRelease(release).date : undefined;
}
