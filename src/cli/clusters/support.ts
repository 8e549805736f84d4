import { ClusterState } from '../../upgrade/cluster-state';
import { OfferedVersion, RegionCatalog } from '../../upgrade/region-catalog';

/** How EKS supports the version of a cluster. */
export interface SupportStanding {
  readonly kind: 'standard' | 'extended' | 'none';
  /** When that ends, `YYYY-MM-DD`. */
  readonly ends?: string;
  /** Until then. */
  readonly days?: number;
  /** What staying on the version costs more in a year of extended support, in USD: now, or once standard support has ended. */
  readonly extraUsdPerYear: number;
  /** Whether EKS moves the control plane by itself at the end of standard support, so that there is no extended support. */
  readonly movedByEks: boolean;
}

/**
 * What an hour of extended support costs more: 0.60 instead of 0.10 USD.
 *
 * @see https://aws.amazon.com/eks/pricing/
 */
const EXTRA_USD_PER_HOUR = 0.5;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** How EKS supports a version that a cluster runs; undefined where EKS does not tell. */
export function supportOf(version: string, { supportType, observedAt }: ClusterState, catalog: RegionCatalog): SupportStanding | undefined {
  const offered = offeredVersion(version, catalog);
  if (!offered) return undefined;
  const movedByEks = supportType.known && supportType.value === 'STANDARD';
  const extraUsdPerYear = movedByEks ? 0 : EXTRA_USD_PER_HOUR * 24 * 365;
  switch (offered.status) {
    case 'STANDARD_SUPPORT': return { kind: 'standard', ...until(offered.endOfStandardSupport, observedAt), extraUsdPerYear, movedByEks };
    case 'EXTENDED_SUPPORT': return { kind: 'extended', ...until(offered.endOfExtendedSupport, observedAt), extraUsdPerYear, movedByEks };
    case 'UNSUPPORTED': return { kind: 'none', extraUsdPerYear: 0, movedByEks: true };
  }
}

/** What extended support would cost more in the next year, in USD, if a cluster ran a version all the time; undefined where EKS does not tell. */
export function extendedSupportUsdInYear(version: string, observedAt: string, catalog: RegionCatalog): number | undefined {
  const { endOfStandardSupport, endOfExtendedSupport } = offeredVersion(version, catalog) ?? {};
  if (!endOfStandardSupport || !endOfExtendedSupport) return undefined;
  const now = Date.parse(observedAt);
  const from = Math.max(now, Date.parse(endOfStandardSupport));
  const to = Math.min(now + 365 * DAY_MILLIS, Date.parse(endOfExtendedSupport));
  return Math.round(Math.max(0, to - from) / DAY_MILLIS * 24 * EXTRA_USD_PER_HOUR);
}

function offeredVersion(version: string, { offeredVersions }: RegionCatalog): OfferedVersion | undefined {
  return offeredVersions.known ? offeredVersions.value.find((offered) => offered.version === version) : undefined;
}

function until(ends: string | undefined, now: string): Pick<SupportStanding, 'ends' | 'days'> {
  return ends === undefined ? {} : { ends, days: Math.ceil((Date.parse(ends) - Date.parse(now)) / DAY_MILLIS) };
}
