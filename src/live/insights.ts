import { DescribeInsightCommand, EKSClient, Insight, InsightSummary, paginateListInsights } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AffectedResource, DeprecatedApi, IncompatibleAddOn, InsightDetail, InsightState } from '../engine/state/insight-state';
import { notKnown } from '../engine/state/known';

/**
 * The insights of all categories, with what is behind those that do not pass.
 *
 * @throws AwsCallError
 */
export async function readInsights(eks: EKSClient, clusterName: string): Promise<InsightState[]> {
  return askForEach(await listInsights(eks, clusterName), async ({
    id, name, category, insightStatus, kubernetesVersion, lastRefreshTime,
  }) => ({
    name: name!,
    category: category!,
    status: insightStatus!.status!,
    kubernetesVersion,
    reason: insightStatus!.reason,
    lastRefreshedAt: lastRefreshTime?.toISOString(),
    detail: insightStatus!.status === 'PASSING'
      ? notKnown('not asked for, since it passes')
      : await attempt(async () => readDetail(eks, clusterName, id!)),
  }));
}

/**
 * The insights of all categories in short.
 *
 * @throws AwsCallError
 */
export async function listInsights(eks: EKSClient, clusterName: string): Promise<InsightSummary[]> {
  return allPages(paginateListInsights({ client: eks }, { clusterName }), ({ insights }) => insights);
}

async function readDetail(eks: EKSClient, clusterName: string, id: string): Promise<InsightDetail> {
  const insight = (await eks.send(new DescribeInsightCommand({ clusterName, id }))).insight!;
  const addOns = incompatibleAddOns(insight);
  return {
    recommendation: insight.recommendation,
    resources: affectedResources(insight),
    deprecations: deprecatedApis(insight),
    ...addOns.length > 0 && { addOns },
  };
}

function affectedResources({ resources = [] }: Insight): AffectedResource[] {
  return resources.map(({ kubernetesResourceUri, arn, insightStatus }) => ({
    id: kubernetesResourceUri ?? arn ?? 'a resource without name',
    reason: insightStatus?.reason,
  }));
}

function incompatibleAddOns({ categorySpecificSummary: { addonCompatibilityDetails = [] } = {} }: Insight): IncompatibleAddOn[] {
  return addonCompatibilityDetails.map(({ name, compatibleVersions = [] }) => ({ name: name!, compatibleVersions }));
}

function deprecatedApis({ categorySpecificSummary: { deprecationDetails = [] } = {} }: Insight): DeprecatedApi[] {
  return deprecationDetails.map(({ usage, replacedWith, stopServingVersion, clientStats = [] }) => ({
    usage: usage!,
    replacedWith,
    stopServingVersion,
    clients: clientStats.map(({ userAgent, numberOfRequestsLast30Days, lastRequestTime }) => ({
      userAgent: userAgent!,
      requestsInLast30Days: numberOfRequestsLast30Days ?? 0,
      lastRequestAt: lastRequestTime?.toISOString(),
    })),
  }));
}
