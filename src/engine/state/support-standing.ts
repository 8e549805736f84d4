import { ClusterState } from './cluster-state';
import { OfferedVersion, RegionCatalog } from './region-catalog';
import { DAY_MILLIS, daysUntil, describeEnd, EXTENDED_SUPPORT_COST, EXTENDED_SUPPORT_USD, UPGRADED_BY_EKS } from '../kubernetes/support-terms';

/** How EKS supports a version that a cluster runs or shall run. */
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

/** How EKS supports a version of a cluster; undefined where EKS does not tell. */
export function supportOf(version: string, { supportType, observedAt }: ClusterState, catalog: RegionCatalog): SupportStanding | undefined {
  const offered = offeredVersion(version, catalog);
  if (!offered) return undefined;
  const movedByEks = supportType.known && supportType.value === 'STANDARD';
  const extraUsdPerYear = movedByEks ? 0 : EXTENDED_SUPPORT_USD.perYear;
  switch (offered.status) {
    case 'STANDARD_SUPPORT': return { kind: 'standard', ...until(offered.endOfStandardSupport, observedAt), extraUsdPerYear, movedByEks };
    case 'EXTENDED_SUPPORT': return { kind: 'extended', ...until(offered.endOfExtendedSupport, observedAt), extraUsdPerYear, movedByEks };
    case 'UNSUPPORTED': return { kind: 'none', extraUsdPerYear: 0, movedByEks: true };
  }
}

/** When support of a version ends, as far as EKS tells the day, and what comes then. */
export function describeSupport(version: string, { kind, ends, days, movedByEks }: SupportStanding): string {
  if (kind === 'none') return `${version} is no longer supported: ${UPGRADED_BY_EKS}`;
  const end = `${kind} support of ${version} ${ends === undefined || days === undefined ? 'ends on a day that EKS does not tell' : describeEnd(ends, days)}`;
  if (kind === 'extended') return `${end}, and costs ${EXTENDED_SUPPORT_COST} until then; then ${UPGRADED_BY_EKS}`;
  return `${end}; then ${movedByEks ? UPGRADED_BY_EKS : `staying costs ${EXTENDED_SUPPORT_COST}`}`;
}

/**
 * What extended support would cost more in the next year, in USD, if a cluster ran a version all the time; undefined where EKS
 * does not tell.
 */
export function extendedSupportUsdInYear(version: string, observedAt: string, catalog: RegionCatalog): number | undefined {
  const { endOfStandardSupport, endOfExtendedSupport } = offeredVersion(version, catalog) ?? {};
  if (!endOfStandardSupport || !endOfExtendedSupport) return undefined;
  const now = Date.parse(observedAt);
  const from = Math.max(now, Date.parse(endOfStandardSupport));
  const to = Math.min(now + 365 * DAY_MILLIS, Date.parse(endOfExtendedSupport));
  return Math.round(Math.max(0, to - from) / DAY_MILLIS * 24 * EXTENDED_SUPPORT_USD.perHour);
}

function offeredVersion(version: string, { offeredVersions }: RegionCatalog): OfferedVersion | undefined {
  return offeredVersions.known ? offeredVersions.value.find((offered) => offered.version === version) : undefined;
}

function until(ends: string | undefined, now: string): Pick<SupportStanding, 'ends' | 'days'> {
  return ends === undefined ? {} : { ends, days: daysUntil(ends, new Date(now)) };
}
