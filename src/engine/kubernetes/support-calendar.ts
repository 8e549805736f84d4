import { KubernetesMinor } from './kubernetes-minor';

/** When EKS supports a Kubernetes minor; dates are the first day on which the support is gone, UTC, `YYYY-MM-DD`. */
export interface SupportPeriod {
  readonly version: string;
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** The day on which {@link SUPPORT_CALENDAR} was copied from its source. */
export const SUPPORT_CALENDAR_AS_OF = '2026-11-22';

/**
 * The support periods that EKS has announced.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const SUPPORT_CALENDAR: readonly SupportPeriod[] = [
  { version: '1.29', released: '2024-01-23', endOfStandardSupport: '2025-03-23', endOfExtendedSupport: '2026-03-23' },
  { version: '1.30', released: '2024-05-23', endOfStandardSupport: '2025-07-23', endOfExtendedSupport: '2026-07-23' },
  { version: '1.31', released: '2024-09-26', endOfStandardSupport: '2025-11-26', endOfExtendedSupport: '2026-11-26' },
  { version: '1.32', released: '2025-01-23', endOfStandardSupport: '2026-03-23', endOfExtendedSupport: '2027-03-23' },
  { version: '1.33', released: '2025-05-29', endOfStandardSupport: '2026-07-29', endOfExtendedSupport: '2027-07-29' },
  { version: '1.34', released: '2025-10-02', endOfStandardSupport: '2026-12-02', endOfExtendedSupport: '2027-12-02' },
  { version: '1.35', released: '2026-01-27', endOfStandardSupport: '2027-03-27', endOfExtendedSupport: '2028-03-27' },
  { version: '1.36', released: '2026-06-02', endOfStandardSupport: '2027-08-02', endOfExtendedSupport: '2028-08-02' },
];

/** The announced support period of a version; undefined when the calendar does not know it. */
export function supportPeriodOf(version: KubernetesMinor): SupportPeriod | undefined {
  return SUPPORT_CALENDAR.find((period) => period.version === version.toString());
}
