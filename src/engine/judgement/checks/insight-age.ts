import { HOUR_MILLIS } from '../../kubernetes/millis';
import { messages } from '../../messages/message';
import { InsightState } from '../../state/insight-state';
import { aboutCluster, Check } from '../check';

/** EKS looks once a day, whatever the app asks for. */
export const DAILY_LOOK_HOURS = 25;

const says = messages({
  stale: {
    text: 'EKS last refreshed {count} of the insights more than {hours: # hour|# hours} ago',
    remedy: "refresh them, for example with 'aws eks start-insights-refresh', then retry",
  },
  refreshedByGuard: {
    text: 'EKS last refreshed {count} of the insights more than {hours: # hour|# hours} ago; the guard will ask EKS to refresh them',
    remedy: 'deploy: the refreshed insights decide',
  },
});

/**
 * The insights that speak for a change are fresh.
 *
 * EKS looks once a day and on request. What has been deployed since the last look is not in them, so a stale insight is as good as unknown.
 * Where the guard of the deployment will ask EKS to look anew, insights of the last day are no more than worth knowing.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
export const insightAge: Check = {
  id: 'insight-age',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html',
  messages: says,

  * examine(change) {
    const { direction, isAhead, maxInsightAgeHours: maxAge, isBeforeGuard, state: { insights, observedAt } } = change;
    if (direction === 'none' || isAhead || !insights.known) return; // that insights are unknown is said once, where they are judged
    const category = direction === 'up' ? 'UPGRADE_READINESS' : 'ROLLBACK_READINESS';
    const olderThan = (hours: number) => ({ lastRefreshedAt }: InsightState) => !(ageInHours(lastRefreshedAt, observedAt) <= hours);
    const stale = insights.value.filter((insight) => insight.category === category && olderThan(maxAge)(insight));
    if (stale.length === 0) return;
    const values = { count: stale.length, hours: Number(maxAge.toFixed(1)) };
    const willBeRefreshed = isBeforeGuard && !stale.some(olderThan(Math.max(maxAge, DAILY_LOOK_HOURS)));
    yield {
      about: aboutCluster(change),
      ...willBeRefreshed ? { severity: 'info', ...says.refreshedByGuard(values) } : says.stale(values),
      details: stale.map(({ name, lastRefreshedAt }) => `${name}: ${lastRefreshedAt ?? 'never, as far as EKS tells'}`),
    };
  },
};

/** Not a number, which compares as neither younger nor older, when EKS does not tell when it looked. */
function ageInHours(lastRefreshedAt: string | undefined, observedAt: string): number {
  return (Date.parse(observedAt) - Date.parse(lastRefreshedAt ?? '')) / HOUR_MILLIS;
}
