import { RequestScope } from './runtime';
import { Unknown } from '../engine/state/known';
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
  /** The oldest look that is recent enough. */
  readonly oldest: Date;
  readonly patience: Patience;
}

/**
 * Lets EKS look anew where an insight that counts is too old, and waits until the insights' own times say that it has.
 *
 * @returns why the insights are still the old ones; undefined otherwise, also where they cannot be read, which reading the state will tell
 */
export async function refreshStaleInsights(
  needs: InsightNeeds, { eks }: AwsClients, { now, log }: RequestScope,
): Promise<Unknown | undefined> {
  const { clusterName, category, oldest, patience } = needs;
  const list = async () => (await listInsights(eks, clusterName)).filter((insight) => insight.category === category);
  const areAll = (isFresh: (time: Date | undefined) => boolean) => (insights: Awaited<ReturnType<typeof list>>) => insights.length > 0
    && insights.every(({ lastRefreshTime }) => isFresh(lastRefreshTime));

  const listed = await attempt(list);
  if (!listed.known || areAll((time) => time !== undefined && time >= oldest)(listed.value)) return undefined;

  log({ message: `asking EKS to look at cluster ${clusterName} anew, for insights since ${oldest.toISOString()}`, insights: listed.value });
  const begin = now();
  const refresh = await refreshInsights(eks, clusterName, begin, patience);
  log({ message: refresh.known ? `EKS has looked at cluster ${clusterName} anew` : refresh.why });
  if (!refresh.known) return refresh;

  const rest = { ...patience, atMostMillis: Math.max(0, patience.atMostMillis - (now().getTime() - begin.getTime())) };
  await attempt(async () => poll(list, areAll((time) => isSince(time, oldest)), rest)); // a check of its own says which are not
  return undefined;
}
