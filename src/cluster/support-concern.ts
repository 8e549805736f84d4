import { SupportType } from './support-type';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { SUPPORT_CALENDAR_AS_OF, supportPeriodOf } from '../kubernetes/support-calendar';

const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;
const NOTICE_IN_DAYS = 60;

/** 0.60 instead of 0.10 USD per cluster and hour, at 730 hours a month. */
const EXTRA_USD_PER_MONTH = (0.60 - 0.10) * 730;

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
  if (now >= dateOf(period.endOfExtendedSupport)) {
    return {
      id: 'supportEnded',
      message: `Kubernetes ${version} left extended support on ${period.endOfExtendedSupport} ${source}: EKS upgrades such control planes by itself `
        + `and leaves node groups and add-ons behind; ${remedy} now`,
    };
  }
  const end = period.endOfStandardSupport;
  const daysLeft = Math.ceil((dateOf(end).getTime() - now.getTime()) / DAY_IN_MILLISECONDS);
  if (daysLeft > NOTICE_IN_DAYS) {
    return undefined;
  }
  const when = daysLeft > 0 ? `ends on ${end}, in ${daysLeft} day${daysLeft === 1 ? '' : 's'}` : `ended on ${end}`;
  const consequence = supportType === SupportType.STANDARD
    ? 'with support type STANDARD, EKS then upgrades the control plane by itself and leaves node groups and add-ons behind'
    : `extended support, until ${period.endOfExtendedSupport}, costs ${EXTRA_USD_PER_MONTH} USD more per cluster and month`;
  return { id: 'standardSupportEnds', message: `standard support of Kubernetes ${version} ${when} ${source}: ${consequence}; ${remedy}` };
}

function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
