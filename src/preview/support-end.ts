import { ClusterState } from '../upgrade/cluster-state';
import { RegionCatalog } from '../upgrade/region-catalog';

/** How long EKS supports a version, and what comes then. */
export interface SupportEnd {
  readonly version: string;
  /** The support that ends. */
  readonly kind: 'standard' | 'extended';
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Days from now. */
  readonly days: number;
  /** Whether EKS then moves the control plane by itself; else standard support is followed by extended support, at its price. */
  readonly movedByEks: boolean;
}

/** What a year of extended support costs more: 0.60 instead of 0.10 USD an hour. @see https://aws.amazon.com/eks/pricing/ */
export const EXTENDED_SUPPORT_USD_PER_YEAR = (0.60 - 0.10) * 8760;

/** When the support of a version ends that a cluster runs or shall run; undefined when that is not known. */
export function supportEndOf(version: string, { supportType, observedAt }: ClusterState, { offeredVersions }: RegionCatalog): SupportEnd | undefined {
  const offered = offeredVersions.known ? offeredVersions.value.find((candidate) => candidate.version === version) : undefined;
  const kind = offered?.status === 'STANDARD_SUPPORT' ? 'standard' : 'extended';
  const date = kind === 'standard' ? offered?.endOfStandardSupport : offered?.endOfExtendedSupport;
  return date === undefined ? undefined : {
    version,
    kind,
    date,
    days: Math.ceil((Date.parse(date) - Date.parse(observedAt)) / (24 * 60 * 60 * 1000)),
    movedByEks: kind === 'extended' || (supportType.known && supportType.value === 'STANDARD'),
  };
}
