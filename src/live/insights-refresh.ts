import { DescribeInsightsRefreshCommand, EKSClient, StartInsightsRefreshCommand } from '@aws-sdk/client-eks';
import { attempt } from './attempt';
import { Patience, poll } from './poll';
import { Known, known, notKnown } from '../upgrade/known';

/**
 * Lets EKS look at a cluster anew, and waits until it has.
 *
 * @returns what EKS says of it, or why the insights are still the old ones
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
export async function refreshInsights(eks: EKSClient, clusterName: string, patience: Patience): Promise<Known<string>> {
  const ended = await attempt(async () => {
    await eks.send(new StartInsightsRefreshCommand({ clusterName }));
    return poll(
      async () => eks.send(new DescribeInsightsRefreshCommand({ clusterName })),
      ({ status }) => status !== 'IN_PROGRESS',
      patience,
    );
  });
  if (!ended.known) return notKnown(`refreshing them failed: ${ended.why}`);
  const { status, message = '' } = ended.value;
  switch (status) {
    case 'COMPLETED': return known(message);
    case 'IN_PROGRESS': return notKnown(`refreshing them has not ended after ${Math.round(patience.atMostMillis / 60_000)} minutes`);
    default: return notKnown(`refreshing them failed: ${message || 'EKS gives no reason'}`);
  }
}
