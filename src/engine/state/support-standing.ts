import { ClusterState, regionOfCluster } from './cluster-state';
import { OfferedVersion, RegionCatalog } from './region-catalog';
import { DAY_MILLIS } from '../kubernetes/millis';
import { SupportPeriod } from '../kubernetes/support-calendar';
import {
  daysUntil, describeEnd, EXTENDED_SUPPORT_COST, EXTENDED_SUPPORT_COST_ELSEWHERE, EXTENDED_SUPPORT_USD, isPricedInUsd, supportSays,
  UPGRADED_BY_EKS,
} from '../kubernetes/support-terms';

/** How EKS supports a version that a cluster runs or shall run. */
export interface SupportStanding {
  readonly kind: 'standard' | 'extended' | 'none';
  /** When that ends, `YYYY-MM-DD`. */
  readonly ends?: string;
  /** Until then. */
  readonly days?: number;
  /** What staying on the version costs more in a year of extended support, in USD: now, or once standard support has ended. Absent where AWS has other prices. */
  readonly extraUsdPerYear?: number;
  /** Whether EKS moves the control plane by itself at the end of standard support, so that there is no extended support. */
  readonly movedByEks: boolean;
}

/** How EKS supports a version of a cluster; undefined where EKS does not tell. */
export function supportOf(
  version: string, { arn, supportType, observedAt }: ClusterState, catalog: RegionCatalog,
): SupportStanding | undefined {
  const [offered, now] = [offeredVersion(version, catalog), new Date(observedAt)];
  if (!offered) return undefined;
  const movedByEks = supportType.known && supportType.value === 'STANDARD';
  const extra = extraCost(movedByEks, regionOfCluster({ arn }));
  switch (offered.status) {
    case 'STANDARD_SUPPORT': return { kind: 'standard', ...until(offered.endOfStandardSupport, now), ...extra, movedByEks };
    case 'EXTENDED_SUPPORT': return { kind: 'extended', ...until(offered.endOfExtendedSupport, now), ...extra, movedByEks };
    case 'UNSUPPORTED': return { kind: 'none', extraUsdPerYear: 0, movedByEks: true };
  }
}

/** How EKS supports a version by a calendar, where it was not asked. */
export function supportByCalendar(
  { endOfStandardSupport, endOfExtendedSupport }: SupportPeriod, movedByEks: boolean, now: Date, region?: string,
): SupportStanding {
  const common = { ...extraCost(movedByEks, region), movedByEks };
  if (daysUntil(endOfExtendedSupport, now) <= 0) return { kind: 'none', extraUsdPerYear: 0, movedByEks: true };
  return movedByEks || daysUntil(endOfStandardSupport, now) > 0
    ? { kind: 'standard', ...until(endOfStandardSupport, now), ...common }
    : { kind: 'extended', ...until(endOfExtendedSupport, now), ...common };
}

function extraCost(movedByEks: boolean, region: string | undefined): Pick<SupportStanding, 'extraUsdPerYear'> {
  return isPricedInUsd(region) ? { extraUsdPerYear: movedByEks ? 0 : EXTENDED_SUPPORT_USD.perYear } : {};
}

/** When support of a version ends, as far as EKS tells the day, what comes then, and what to do. */
export function saySupport(version: string, { kind, ends, days, movedByEks, extraUsdPerYear }: SupportStanding) {
  if (kind === 'none') return supportSays.none({ version, after: UPGRADED_BY_EKS });
  const cost = extraUsdPerYear === undefined ? EXTENDED_SUPPORT_COST_ELSEWHERE : EXTENDED_SUPPORT_COST;
  const told = {
    version, ends: ends === undefined || days === undefined ? 'ends on a day that EKS does not tell' : describeEnd(ends, days),
  };
  return kind === 'extended'
    ? supportSays.extended({ ...told, cost, after: UPGRADED_BY_EKS })
    : supportSays.standard({ ...told, after: movedByEks ? UPGRADED_BY_EKS : `staying costs ${cost}` });
}

/**
 * What extended support would cost more in the next year, in USD, if a cluster ran a version all the time; undefined where EKS
 * does not tell, or AWS has other prices.
 */
export function extendedSupportUsdInYear(
  version: string, { arn, observedAt }: Pick<ClusterState, 'arn' | 'observedAt'>, catalog: RegionCatalog,
): number | undefined {
  if (!isPricedInUsd(regionOfCluster({ arn }))) return undefined;
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

function until(ends: string | undefined, now: Date): Pick<SupportStanding, 'ends' | 'days'> {
  return ends === undefined ? {} : { ends, days: daysUntil(ends, now) };
}
