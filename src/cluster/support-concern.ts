import { SupportType } from './support-type';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { SUPPORT_CALENDAR_AS_OF, supportPeriodOf } from '../engine/kubernetes/support-calendar';
import { daysUntil, describeEnd, EXTENDED_SUPPORT_USD, NOTICE_DAYS, UPGRADED_BY_EKS } from '../engine/kubernetes/support-terms';

/** What to tell about the support of a Kubernetes version. */
export interface SupportConcern {
  readonly id: string;
  readonly message: string;
}

/**
 * Speaks up when EKS's support of a version has ended or ends within 60 days; undefined when there is nothing to say,
 * or the calendar does not know the version.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://aws.amazon.com/eks/pricing/
 */
export function supportConcern(version: KubernetesMinor, supportType: SupportType | undefined, now: Date): SupportConcern | undefined {
  const period = supportPeriodOf(version);
  if (!period) {
    return undefined;
  }
  const source = `(support calendar of ${SUPPORT_CALENDAR_AS_OF})`;
  const remedy = `upgrade to ${version.plus(1)}`;
  if (daysUntil(period.endOfExtendedSupport, now) <= 0) {
    return {
      id: 'supportEnded',
      message: `Kubernetes ${version} left extended support on ${period.endOfExtendedSupport} ${source}: EKS upgrades such control planes by itself `
        + `and leaves node groups and add-ons behind; ${remedy} now`,
    };
  }
  const end = period.endOfStandardSupport;
  const daysLeft = daysUntil(end, now);
  if (daysLeft > NOTICE_DAYS) {
    return undefined;
  }
  const consequence = supportType === SupportType.STANDARD
    ? `with support type STANDARD, ${UPGRADED_BY_EKS} after that day, and leaves node groups and add-ons behind`
    : `extended support, until ${period.endOfExtendedSupport}, costs ${EXTENDED_SUPPORT_USD.perMonth} USD more per cluster and month`;
  return {
    id: 'standardSupportEnds',
    message: `standard support of Kubernetes ${version} ${describeEnd(end, daysLeft)} ${source}: ${consequence}; ${remedy}`,
  };
}
