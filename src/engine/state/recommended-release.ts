import { amiOfferOf, RegionCatalog } from './region-catalog';
import { DAY_MILLIS } from '../kubernetes/millis';

/** The release that AWS recommends. */
export interface RecommendedRelease {
  readonly release: string;
  /** Since when, in days; absent where AWS does not tell. */
  readonly days?: number;
}

/** The release that AWS recommends for an AMI type and a Kubernetes version; undefined where that is not known. */
export function recommendedReleaseOf(amiType: string, version: string, catalog: RegionCatalog, now: Date): RecommendedRelease | undefined {
  const offer = amiOfferOf(catalog, amiType, version);
  const { recommendedRelease: release, recommendedSince } = offer.known ? offer.value : {};
  return release === undefined ? undefined : {
    release, days: recommendedSince === undefined ? undefined : daysSince(recommendedSince, now),
  };
}

/** Whole days since a moment that has passed. */
export function daysSince(moment: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / DAY_MILLIS));
}
