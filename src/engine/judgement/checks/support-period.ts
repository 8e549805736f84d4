import { Change } from '../../change/change';
import { EXTENDED_SUPPORT_RATE, daysUntil, NOTICE_DAYS, UPGRADED_BY_EKS } from '../../kubernetes/support-terms';
import { OfferedVersion } from '../../state/region-catalog';
import { aboutCluster, Check, Observation, unreadable } from '../check';

/**
 * How long EKS supports the wanted version, and at what price.
 *
 * Standard support lasts 14 months from the release. A cluster with the upgrade policy `EXTENDED` may stay 12 months longer,
 * for 0.60 instead of 0.10 USD per cluster-hour; one with `STANDARD` is then upgraded by EKS, without its node groups and add-ons.
 * A warning in extended support, or when standard support ends within 60 days.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 * @see https://aws.amazon.com/eks/pricing/
 */
export const supportPeriod: Check = {
  id: 'support-period',
  severity: 'info',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',

  * examine(change) {
    const { direction, target, catalog: { offeredVersions } } = change;
    if (direction === 'none') return;
    if (!offeredVersions.known) {
      yield unreadable(change, `how long EKS supports ${target}`, offeredVersions.why);
      return;
    }
    const offered = offeredVersions.value.find(({ version }) => version === target.toString());
    if (offered?.status === 'EXTENDED_SUPPORT') {
      yield observeExtendedSupport(change, offered);
    } else if (offered?.status === 'STANDARD_SUPPORT' && offered.endOfStandardSupport) {
      yield observeStandardSupport(change, offered.endOfStandardSupport);
    }
  },
};

function observeExtendedSupport(change: Change, { version, endOfExtendedSupport }: OfferedVersion): Observation {
  return {
    about: aboutCluster(change),
    severity: 'warning',
    message: `${version} is in extended support${endOfExtendedSupport ? ` until ${endOfExtendedSupport}` : ''}: ${EXTENDED_SUPPORT_RATE}`,
    remedy: 'go on to a version in standard support soon',
  };
}

function observeStandardSupport(change: Change, end: string): Observation {
  const { target, state: { observedAt, supportType } } = change;
  return {
    about: aboutCluster(change),
    severity: daysUntil(end, new Date(observedAt)) <= NOTICE_DAYS ? 'warning' : 'info',
    message: `standard support of ${target} ends on ${end}`,
    remedy: !supportType.known
      ? 'plan the next upgrade before that day'
      : supportType.value === 'STANDARD'
        ? `plan the next upgrade before that day: after it, ${UPGRADED_BY_EKS}, but neither node groups nor add-ons`
        : `plan the next upgrade before that day: after it, the cluster costs ${EXTENDED_SUPPORT_RATE}`,
  };
}
