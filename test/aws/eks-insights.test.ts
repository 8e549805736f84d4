import {
  DescribeInsightCommand, DescribeInsightsRefreshCommand, EKSClient, ListInsightsCommand, StartInsightsRefreshCommand, paginateListInsights,
} from '@aws-sdk/client-eks';
import { LocalAws } from './aws-server';
import { deprecatedApi, insight, passingUpgradeInsights } from './sample-insights';

const FLOW_SCHEMAS = '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas';

let aws: LocalAws;
let client: EKSClient;

beforeEach(async () => {
  aws = await LocalAws.start();
  client = new EKSClient({ ...aws.clientConfig('eks'), maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

async function insights(filter = {}) {
  return (await client.send(new ListInsightsCommand({ clusterName: 'prod', filter }))).insights!;
}

async function startRefresh() {
  return client.send(new StartInsightsRefreshCommand({ clusterName: 'prod' }));
}

async function refresh() {
  return client.send(new DescribeInsightsRefreshCommand({ clusterName: 'prod' }));
}

test('a cluster in good order is ready for the next version', async () => {
  aws.eks.addCluster({ version: '1.35' });
  const seen = await insights();

  expect(seen.map(({ name }) => name)).toContain('Kubelet version skew');
  expect(new Set(
    seen.map(({ kubernetesVersion, insightStatus }) => `${kubernetesVersion} ${insightStatus!.status}`),
  )).toEqual(new Set(['1.36 PASSING']));
});

test('an insight is listed in short and described in full', async () => {
  const lastRequestTime = new Date('2026-07-01');
  aws.eks.addCluster({
    version: '1.35',
    insights: [deprecatedApi({
      kubernetesVersion: '1.36',
      usage: FLOW_SCHEMAS,
      clientStats: [
        { userAgent: 'argocd', numberOfRequestsLast30Days: 7, lastRequestTime },
      ],
    })],
  });

  const [summary] = await insights();
  expect(summary).toMatchObject({
    name: 'Deprecated APIs removed in Kubernetes v1.36', insightStatus: { status: 'ERROR' }, lastRefreshTime: expect.any(Date),
  });
  expect(summary).not.toHaveProperty('recommendation');

  const { insight: described } = await client.send(new DescribeInsightCommand({ clusterName: 'prod', id: summary.id }));
  expect(described).toMatchObject({
    recommendation: expect.stringContaining('v1.36'),
    resources: [{ kubernetesResourceUri: `${FLOW_SCHEMAS}/null` }],
    categorySpecificSummary: {
      deprecationDetails: [{
        usage: FLOW_SCHEMAS,
        replacedWith: '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
        stopServingVersion: '1.36',
        clientStats: [{ userAgent: 'argocd', numberOfRequestsLast30Days: 7, lastRequestTime }],
      }],
    },
  });
});

test('insights are filtered by category, version and status', async () => {
  aws.eks.addCluster({
    version: '1.35',
    insights: [
      insight({ name: 'a', status: 'ERROR', kubernetesVersion: '1.36' }),
      insight({ name: 'b', status: 'WARNING', kubernetesVersion: '1.37' }),
      insight({ name: 'c', status: 'UNKNOWN', category: 'ROLLBACK_READINESS' }),
    ],
  });
  const names = async (filter: object) => (await insights(filter)).map(({ name }) => name);

  expect(await names({ categories: ['UPGRADE_READINESS'] })).toEqual(['a', 'b']);
  expect(await names({ kubernetesVersions: ['1.37'] })).toEqual(['b']);
  expect(await names({ statuses: ['ERROR', 'UNKNOWN'] })).toEqual(['a', 'c']);
});

test('they come in pages', async () => {
  aws.eks.addCluster({ version: '1.35', insights: [...passingUpgradeInsights('1.36'), ...passingUpgradeInsights('1.37')] });
  aws.eks.largestPage = 4;
  const seen: unknown[] = [];
  for await (const page of paginateListInsights({ client }, { clusterName: 'prod' })) seen.push(...page.insights!);

  expect(seen).toHaveLength(10);
  expect(aws.requests).toHaveLength(3);
});

describe('a refresh', () => {
  test('takes its time, and shows what EKS finds then', async () => {
    const cluster = aws.eks.addCluster({ version: '1.35', insights: [deprecatedApi({ kubernetesVersion: '1.36', usage: FLOW_SCHEMAS })] });
    cluster.insightsAfterRefresh = passingUpgradeInsights('1.36');

    expect(await startRefresh()).toMatchObject({ status: 'IN_PROGRESS' });
    expect(await refresh()).toMatchObject({ status: 'IN_PROGRESS', startedAt: expect.any(Date) });
    expect(await insights({ statuses: ['ERROR'] })).toHaveLength(1);

    aws.clock.advance(aws.eks.durations.insightsRefresh);
    const { status, endedAt } = await refresh();
    expect(status).toBe('COMPLETED');
    expect(await insights({ statuses: ['ERROR'] })).toEqual([]);
    expect((await insights())[0].lastRefreshTime).toEqual(endedAt);
  });

  test('is one, however often it is asked for', async () => {
    aws.eks.addCluster({ version: '1.35' });
    await startRefresh();
    const { startedAt } = await refresh();
    aws.clock.advance(1000);
    await startRefresh();

    expect((await refresh()).startedAt).toEqual(startedAt);
  });

  test('changes nothing at AWS', async () => {
    aws.eks.addCluster({ version: '1.35' });
    await startRefresh();

    expect(aws.mutatingCalls()).toEqual([]);
  });

  test('fails when it is told to, and leaves the insights', async () => {
    const cluster = aws.eks.addCluster({ version: '1.35' });
    cluster.refreshFailure = 'Internal failure';
    const before = await insights();
    await startRefresh();
    aws.eks.finishUpdates();

    expect(await refresh()).toMatchObject({ status: 'FAILED', message: 'Internal failure' });
    expect(await insights()).toEqual(before);
  });

  test('fails to be described before it was asked for', async () => {
    aws.eks.addCluster({ version: '1.35' });

    await expect(refresh()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('fails for an insight or a cluster that does not exist', async () => {
  await expect(insights()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  aws.eks.addCluster({ version: '1.35' });
  await expect(client.send(new DescribeInsightCommand({ clusterName: 'prod', id: 'nothing' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
