import { Change } from '../../change/change';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { EXTENDED_SUPPORT_RATE, daysUntil, NOTICE_DAYS, UPGRADED_BY_EKS } from '../../kubernetes/support-terms';
import { messages, Said } from '../../messages/message';
import { ClusterState } from '../../state/cluster-state';
import { OfferedVersion } from '../../state/region-catalog';
import { aboutCluster, Check, Observation, RETRY, unreadable } from '../check';

const ENDS = 'standard support of {target} ends on {end}';

const says = messages({
  unread: { text: 'how long EKS supports {target} could not be read: {why}', remedy: RETRY },
  extended: { text: '{version} is in extended support{end? until #}: {rate}', remedy: 'upgrade to a version in standard support soon' },
  ends: { text: ENDS, remedy: 'plan the next upgrade before that day' },
  endsWithUpgrade: {
    text: ENDS,
    remedy: 'plan the next upgrade before that day: after it, {consequence}, but neither node groups nor add-ons',
  },
  endsAtCost: { text: ENDS, remedy: 'plan the next upgrade before that day: after it, the cluster costs {rate}' },
});

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
  messages: says,

  * examine(change) {
    const { direction, target, catalog: { offeredVersions } } = change;
    if (direction === 'none') return;
    if (!offeredVersions.known) {
      yield unreadable(change, says.unread({ target, why: offeredVersions.why }));
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
    ...says.extended({ version, end: endOfExtendedSupport, rate: EXTENDED_SUPPORT_RATE }),
  };
}

function observeStandardSupport(change: Change, end: string): Observation {
  const { target, state: { observedAt, supportType } } = change;
  return {
    about: aboutCluster(change),
    severity: daysUntil(end, new Date(observedAt)) <= NOTICE_DAYS ? 'warning' : 'info',
    ...ending(target, end, supportType),
  };
}

function ending(target: KubernetesMinor, end: string, supportType: ClusterState['supportType']): Said {
  if (!supportType.known) return says.ends({ target, end });
  return supportType.value === 'STANDARD'
    ? says.endsWithUpgrade({ target, end, consequence: UPGRADED_BY_EKS })
    : says.endsAtCost({ target, end, rate: EXTENDED_SUPPORT_RATE });
}
