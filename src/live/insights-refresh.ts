import {
  DescribeInsightsRefreshCommand, DescribeInsightsRefreshResponse, EKSClient, StartInsightsRefreshCommand,
} from '@aws-sdk/client-eks';
import { attempt } from './attempt';
import { hasCode, unlessMissing } from './aws-call-error';
import { Patience, poll } from './poll';
import { notAllowedToCall } from '../engine/state/denied-action';
import { Known, known, notKnown } from '../engine/state/known';

const DENIED = notAllowedToCall('eks:StartInsightsRefresh');
const OLDER_ONES = 'allow it, or accept what EKS found out earlier with a longer maxInsightAge of the guard';

/**
 * Lets EKS look at a cluster anew, and waits until it has.
 *
 * Only a refresh that started since counts: one that was under way has missed what came after its start, and another one is asked for
 * when it has ended.
 *
 * @param since when this is asked for
 * @returns what EKS says of it, or why the insights are still the old ones
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeInsightsRefresh.html
 */
export async function refreshInsights(eks: EKSClient, clusterName: string, since: Date, patience: Patience): Promise<Known<string>> {
  const isOurs = ({ startedAt, endedAt }: Refresh) => isSince(startedAt ?? endedAt, since);
  const isOver = (refresh: Refresh) => refresh.status !== 'IN_PROGRESS' && isOurs(refresh);
  const ended = await attempt(async () => {
    await startRefresh(eks, clusterName);
    return poll(async () => {
      const refresh = await readRefresh(eks, clusterName);
      if (refresh.status !== 'IN_PROGRESS' && !isOurs(refresh)) await startRefresh(eks, clusterName);
      return refresh;
    }, isOver, patience);
  });
  if (!ended.known) return notKnown(`refreshing them failed: ${ended.why}${ended.why.startsWith(DENIED) ? `: ${OLDER_ONES}` : ''}`);
  const { status, message = '' } = ended.value;
  if (!isOver(ended.value)) return notKnown(`refreshing them has not ended after ${Math.round(patience.atMostMillis / 60_000)} minutes`);
  return status === 'COMPLETED' ? known(message) : notKnown(`refreshing them failed: ${message || 'EKS gives no reason'}`);
}

/** Whether something happened since, as far as clocks that tell whole seconds can say. */
export function isSince(time: Date | undefined, since: Date): boolean {
  return time !== undefined && time.getTime() >= Math.floor(since.getTime() / 1000) * 1000;
}

const isRefused = hasCode('InvalidRequestException');

type Refresh = Pick<DescribeInsightsRefreshResponse, 'status' | 'message' | 'startedAt' | 'endedAt'>;

/** EKS refuses while another refresh is under way, or has only just ended: then it is asked again later. */
async function startRefresh(eks: EKSClient, clusterName: string): Promise<void> {
  try {
    await eks.send(new StartInsightsRefreshCommand({ clusterName }));
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/** Without status while EKS knows of none. */
async function readRefresh(eks: EKSClient, clusterName: string): Promise<Refresh> {
  return await unlessMissing(async () => eks.send(new DescribeInsightsRefreshCommand({ clusterName }))) ?? {};
}
