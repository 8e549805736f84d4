import { aboutCluster, Check } from '../check';

const HOUR_MS = 60 * 60 * 1000;

/**
 * The insights that speak for a change are fresh.
 *
 * EKS looks once a day and on request. What has been deployed since the last look is not in them, so a stale insight is as good as unknown.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
export const insightAge: Check = {
  id: 'insight-age',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html',

  * examine(change) {
    const { direction, isAhead, maxInsightAgeHours, state: { insights, observedAt } } = change;
    if (direction === 'none' || isAhead || !insights.known) return; // that insights are unknown is said once, where they are judged
    const category = direction === 'up' ? 'UPGRADE_READINESS' : 'ROLLBACK_READINESS';
    const stale = insights.value.filter((insight) => insight.category === category
      && !(ageInHours(insight.lastRefreshedAt, observedAt) <= maxInsightAgeHours));
    if (stale.length === 0) return;
    yield {
      about: aboutCluster(change),
      message: `EKS last looked at ${stale.length} of the insights more than ${Number(maxInsightAgeHours.toFixed(1))} hours ago`,
      remedy: "refresh them, with 'aws eks start-insights-refresh' for one, and try again",
      details: stale.map(({ name, lastRefreshedAt }) => `${name}: ${lastRefreshedAt ?? 'never, as far as EKS tells'}`),
    };
  },
};

/** Not a number, which compares as neither younger nor older, when EKS does not tell when it looked. */
function ageInHours(lastRefreshedAt: string | undefined, observedAt: string): number {
  return (Date.parse(observedAt) - Date.parse(lastRefreshedAt ?? '')) / HOUR_MS;
}
