/**
 * Insights in the EKS stand-in: listed, described, and refreshed on demand, which takes time and may fail.
 */
import type {
  DescribeInsightResponse, DescribeInsightsRefreshResponse, Insight, InsightSummary, ListInsightsResponse, StartInsightsRefreshResponse,
} from '@aws-sdk/client-eks';
import type { Input } from './aws-service';
import { found, type ClusterRecord, type EksRegion, type RefreshRecord } from './eks-region';
import { pageOf } from './pages';

export function insightActions(region: EksRegion) {
  return {
    ListInsights: (input: Input): ListInsightsResponse => {
      const { categories, kubernetesVersions, statuses } = input.filter ?? {};
      const wanted = region.cluster(input.clusterName).insights.filter(({ category, kubernetesVersion, insightStatus }) =>
        (categories ?? [category]).includes(category)
        && (kubernetesVersions ?? [kubernetesVersion]).includes(kubernetesVersion)
        && (statuses ?? [insightStatus?.status]).includes(insightStatus?.status));
      const { items, nextToken } = pageOf(wanted, input, region.largestPage, 'InvalidParameterException');
      return { insights: items.map(summarize), nextToken };
    },

    DescribeInsight: ({ clusterName, id }: Input): DescribeInsightResponse => {
      const described = region.cluster(clusterName).insights.find((candidate) => candidate.id === id);
      return { insight: found(described, `No insight found for ID: ${id}`, { clusterName }) };
    },

    StartInsightsRefresh: ({ clusterName }: Input): StartInsightsRefreshResponse => {
      const cluster = region.cluster(clusterName);
      if (cluster.refresh?.status !== 'IN_PROGRESS') {
        startRefresh(region, cluster);
      }
      return { message: 'Insights refresh is in progress', status: 'IN_PROGRESS' };
    },

    DescribeInsightsRefresh: ({ clusterName }: Input): DescribeInsightsRefreshResponse => {
      const { refresh } = region.cluster(clusterName);
      return { ...found(refresh, `No insights refresh found for cluster: ${clusterName}`, { clusterName }) };
    },
  };
}

function startRefresh(region: EksRegion, cluster: ClusterRecord): void {
  const refresh: RefreshRecord = { status: 'IN_PROGRESS', message: 'Insights refresh is in progress', startedAt: region.clock.now() };
  cluster.refresh = refresh;
  region.clock.after(region.durations.insightsRefresh, (at) => {
    refresh.endedAt = at;
    refresh.status = cluster.refreshFailure ? 'FAILED' : 'COMPLETED';
    refresh.message = cluster.refreshFailure ?? 'Insights refresh completed successfully';
    if (!cluster.refreshFailure) {
      cluster.insights = (cluster.insightsAfterRefresh ?? cluster.insights).map((seen) => ({ ...seen, lastRefreshTime: at }));
    }
  });
}

/** What `ListInsights` tells of an insight. */
function summarize({ recommendation, additionalInfo, resources, categorySpecificSummary, ...summary }: Insight): InsightSummary {
  return summary;
}
