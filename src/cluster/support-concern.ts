import { warnings } from './messages';
import { SupportType } from './support-type';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { SUPPORT_CALENDAR_AS_OF, supportPeriodOf } from '../engine/kubernetes/support-calendar';
import { daysUntil, describeEnd, EXTENDED_SUPPORT_USD, NOTICE_DAYS, UPGRADED_BY_EKS } from '../engine/kubernetes/support-terms';
import { Said } from '../engine/messages/message';

/**
 * Speaks up when EKS's support of a version has ended or ends within 60 days; undefined when there is nothing to say,
 * or the calendar does not know the version.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://aws.amazon.com/eks/pricing/
 */
export function supportConcern(version: KubernetesMinor, supportType: SupportType | undefined, now: Date): Said | undefined {
  const period = supportPeriodOf(version);
  if (!period) {
    return undefined;
  }
  const { endOfExtendedSupport } = period;
  const told = { version, next: version.plus(1), asOf: SUPPORT_CALENDAR_AS_OF };
  if (daysUntil(endOfExtendedSupport, now) <= 0) {
    return warnings.supportEnded({ ...told, end: endOfExtendedSupport });
  }
  const end = period.endOfStandardSupport;
  const daysLeft = daysUntil(end, now);
  if (daysLeft > NOTICE_DAYS) {
    return undefined;
  }
  const ends = describeEnd(end, daysLeft);
  return supportType === SupportType.STANDARD
    ? warnings['standardSupportEnds:upgradedByEks']({ ...told, ends, consequence: UPGRADED_BY_EKS })
    : warnings.standardSupportEnds({ ...told, ends, end: endOfExtendedSupport, usd: EXTENDED_SUPPORT_USD.perMonth });
}
