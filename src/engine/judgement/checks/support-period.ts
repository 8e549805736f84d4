import { NOTICE_DAYS, supportSays } from '../../kubernetes/support-terms';
import { messages } from '../../messages/message';
import { RETRY } from '../../messages/retry';
import { saySupport, supportOf, SupportStanding } from '../../state/support-standing';
import { aboutCluster, Check, unreadable } from '../check';
import { Severity } from '../finding';

const says = messages({
  unread: { text: 'how long EKS supports {target} could not be read: {why}', remedy: RETRY },
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
  messages: { ...says, standard: supportSays.standard, extended: supportSays.extended },

  * examine(change) {
    const { direction, target, catalog, state } = change;
    if (direction === 'none') return;
    if (!catalog.offeredVersions.known) {
      yield unreadable(change, says.unread({ target, why: catalog.offeredVersions.why }));
      return;
    }
    const standing = supportOf(target.toString(), state, catalog);
    if (standing && isWorthSaying(standing)) {
      yield { about: aboutCluster(change), severity: severityOf(standing), ...saySupport(target.toString(), standing) };
    }
  },
};

/** Another check refuses a version without support. */
function isWorthSaying({ kind, ends }: SupportStanding): boolean {
  return kind === 'extended' || (kind === 'standard' && ends !== undefined);
}

function severityOf({ kind, days = 0 }: SupportStanding): Severity {
  return kind === 'extended' || days <= NOTICE_DAYS ? 'warning' : 'info';
}
