import { RequestScope } from './runtime';
import { InsightState } from '../engine/state/insight-state';
import { Known, Unknown } from '../engine/state/known';
import { attempt } from '../live/attempt';
import { AwsClients } from '../live/aws-clients';
import { listInsights } from '../live/insights';
import { isSince, refreshInsights } from '../live/insights-refresh';
import { Patience, poll } from '../live/poll';

/** Which insights are to be how fresh. */
export interface InsightNeeds {
  readonly clusterName: string;
  /** The insights that count. */
  readonly category: 'UPGRADE_READINESS' | 'ROLLBACK_READINESS';
  /** All of them, as they were read. */
  readonly insights: Known<readonly InsightState[]>;
  /** The oldest look that is recent enough. */
  readonly oldest: Date;
  readonly patience: Patience;
}

/**
 * Whether EKS has to look anew: an insight that counts is too old, or there is none. Where they cannot be read, reading the state has told
 * why.
 */
export function areStale(needs: Look): boolean {
  const counting = countingIn(needs);
  return needs.insights.known && (counting.length === 0 || !counting.every((insight) => isRecent(insight, needs.oldest)));
}

/**
 * The insights in ERROR or UNKNOWN that may have been mended since EKS last looked, as by whoever deploys again after a refusal.
 */
export function insightsThatMayBeMended(needs: Look): readonly InsightState[] {
  return countingIn(needs).filter((insight) => ['ERROR', 'UNKNOWN'].includes(insight.status) && !isRecent(insight, needs.oldest));
}

type Look = Pick<InsightNeeds, 'insights' | 'category' | 'oldest'>;

function countingIn({ insights, category }: Look): readonly InsightState[] {
  return insights.known ? insights.value.filter((insight) => insight.category === category) : [];
}

function isRecent({ lastRefreshedAt }: InsightState, oldest: Date): boolean {
  return lastRefreshedAt !== undefined && new Date(lastRefreshedAt) >= oldest;
}

/**
 * Lets EKS look anew, and waits until the insights' own times say that it has.
 *
 * @returns why the insights are still the old ones; undefined otherwise
 */
export async function refreshStaleInsights(
  { clusterName, category, insights, oldest, patience }: InsightNeeds, { eks }: AwsClients, { now, log }: RequestScope,
): Promise<Unknown | undefined> {
  const message = `asking EKS to look at cluster ${clusterName} anew, for insights since ${oldest.toISOString()}`;
  log({ message, insights: insights.known ? insights.value : insights.why });
  const begin = now();
  const refresh = await refreshInsights(eks, clusterName, begin, patience);
  log({ message: refresh.known ? `EKS has looked at cluster ${clusterName} anew` : refresh.why });
  if (!refresh.known) return refresh;

  const list = async () => (await listInsights(eks, clusterName)).filter((insight) => insight.category === category);
  const areFresh = (told: Awaited<ReturnType<typeof list>>) => told.length > 0
    && told.every(({ lastRefreshTime }) => isSince(lastRefreshTime, oldest));
  const rest = { ...patience, atMostMillis: Math.max(0, patience.atMostMillis - (now().getTime() - begin.getTime())) };
  await attempt(async () => poll(list, areFresh, rest)); // a check of its own says which are not
  return undefined;
}
