import { warnings } from './messages';
import { SupportType } from './support-type';
import { KubernetesMinor } from '../engine/kubernetes/kubernetes-minor';
import { SUPPORT_CALENDAR_AS_OF, supportPeriodOf } from '../engine/kubernetes/support-calendar';
import { NOTICE_DAYS } from '../engine/kubernetes/support-terms';
import { Said } from '../engine/messages/message';
import { saySupport, supportByCalendar } from '../engine/state/support-standing';

/**
 * Speaks up when EKS's support of a version has ended or ends within 60 days; undefined when there is nothing to say,
 * or the calendar does not know the version.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://aws.amazon.com/eks/pricing/
 */
export function supportConcern(
  version: KubernetesMinor, supportType: SupportType | undefined, now: Date, region: string,
): Said | undefined {
  const period = supportPeriodOf(version);
  if (!period) return undefined;
  const standing = supportByCalendar(period, supportType === SupportType.STANDARD, now, region);
  if (standing.kind === 'standard' && standing.days! > NOTICE_DAYS) return undefined;
  const told = { support: saySupport(version.toString(), standing).message, next: version.plus(1), asOf: SUPPORT_CALENDAR_AS_OF };
  return standing.kind === 'none' ? warnings.supportEnded(told) : warnings.standardSupportEnds(told);
}
