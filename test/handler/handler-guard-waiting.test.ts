import type { HandlerBench } from './handler-bench';
import { expectRefusal, findingsIn, guard, guardEvent, putCluster, startGuardBench, type GuardedApp } from './handler-guard-bench';
import { retriesWithin } from '../../src/handler/retries';
import type { RequestScope } from '../../src/handler/runtime';
import type { AwsCallError } from '../../src/live/aws-call-error';
import { AwsError } from '../aws/aws-service';
import { insight, passingUpgradeInsights } from '../aws/sample-insights';

const PASSED = { Status: 'SUCCESS', Data: {} };
const MINUTE = 60_000;

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

function refusal(reason: string) {
  return { Status: 'FAILED', Reason: expect.stringContaining(reason) };
}

describe('insights', () => {
  test('that are fresh are not refreshed', async () => {
    bench.aws.clock.advance(59 * MINUTE);
    expect(await guard(bench)).toMatchObject(PASSED);
    expect(bench.calledActions).not.toContain('eks:StartInsightsRefresh');
  });

  test('that are stale are refreshed and awaited', async () => {
    const cluster = putCluster(bench);
    cluster.insightsAfterRefresh = [...passingUpgradeInsights('1.36'), insight({ name: 'New trouble', status: 'ERROR' })];
    bench.aws.clock.advance(61 * MINUTE);

    expect(await guard(bench)).toMatchObject(refusal('[insight-new-trouble]'));

    expect(bench.calledActions).toContain('eks:StartInsightsRefresh');
    expect(bench.aws.mutatingCalls()).toEqual([]);
  });

  describe('of which one blocks', () => {
    const trouble = (status: 'ERROR' | 'UNKNOWN' | 'WARNING') => insight({ name: 'Trouble', status, lastRefreshTime: bench.aws.clock.now() });

    /** A cluster of which EKS has looked at everything just now. */
    function putTrouble(status: Parameters<typeof trouble>[0] = 'ERROR') {
      const cluster = putCluster(bench);
      cluster.insights.push(trouble(status));
      return cluster;
    }

    const REFRESH = 'eks:StartInsightsRefresh';

    test('are refreshed for a retry after a refusal: what blocks may be mended', async () => {
      const cluster = putTrouble();
      cluster.insightsAfterRefresh = cluster.insights;
      bench.aws.clock.advance(61 * MINUTE);
      expect(await guard(bench)).toMatchObject(refusal('[insight-trouble]'));

      cluster.insightsAfterRefresh = passingUpgradeInsights('1.36');
      bench.aws.clock.advance(4 * MINUTE);
      expect(await guard(bench)).toMatchObject(PASSED);
    });

    test.each(['ERROR', 'UNKNOWN'] as const)('are refreshed, and block still where nothing is mended: %s', async (status) => {
      const cluster = putTrouble(status);
      bench.aws.clock.advance(3 * MINUTE);
      expect(await guard(bench)).toMatchObject(refusal('[insight-trouble]'));
      expect(cluster.refresh!.status).toBe('COMPLETED');
    });

    test('are not refreshed where EKS has looked just now', async () => {
      putTrouble();
      bench.aws.clock.advance(MINUTE);
      expect(await guard(bench)).toMatchObject(refusal('[insight-trouble]'));
      expect(bench.calledActions).not.toContain(REFRESH);
    });

    test('are not refreshed for a warning, nor for the other direction', async () => {
      putTrouble('WARNING').insights.push({ ...trouble('ERROR'), category: 'ROLLBACK_READINESS' });
      bench.aws.clock.advance(30 * MINUTE);
      expect(await guard(bench)).toMatchObject(PASSED);
      expect(bench.calledActions).not.toContain(REFRESH);
    });

    test('may be told with their old times for a while after the refresh', async () => {
      const cluster = putTrouble();
      const old = [...cluster.insights];
      cluster.insightsAfterRefresh = passingUpgradeInsights('1.36');
      bench.aws.clock.advance(30 * MINUTE);
      const list = bench.aws.eks.actions.ListInsights;
      let lists = 0;
      jest.spyOn(bench.aws.eks.actions, 'ListInsights').mockImplementation((input) => (++lists > 3 ? list(input) : { insights: old }));
      expect(await guard(bench)).toMatchObject(PASSED);
    });

    test.each<[string, () => void]>([
      ['fails', () => { bench.aws.eks.cluster('prod').refreshFailure = 'The cluster is unreachable.'; }],
      ['is denied', () => bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'StartInsightsRefresh' })],
      ['takes too long', () => { bench.aws.eks.durations.insightsRefresh = 60 * MINUTE; }],
    ])('count as they were, while they are young enough, where the refresh %s', async (_, spoil) => {
      putTrouble();
      spoil();
      bench.aws.clock.advance(30 * MINUTE);
      expect(await guard(bench)).toMatchObject(refusal('[insight-trouble]'));
      expect(bench.log.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^refreshing them /));
    });

    test.each<[string, GuardedApp]>([
      ['is accepted by itself', { Ignore: ['insight-trouble'] }],
      ['is accepted with all of them', { Ignore: ['upgrade-insights'] }],
      ['is only warned of', { Mode: 'warn' }],
    ])('are not refreshed for one that %s', async (_, app) => {
      putTrouble();
      bench.aws.clock.advance(30 * MINUTE);
      expect(await guard(bench, app)).toMatchObject(PASSED);
      expect(bench.calledActions).not.toContain(REFRESH);
    });

    test('are refreshed for one beside those that are accepted', async () => {
      putTrouble().insights.push({ ...trouble('ERROR'), name: 'More trouble' });
      bench.aws.clock.advance(30 * MINUTE);
      expect(await guard(bench, { Ignore: ['insight-trouble'] })).toMatchObject(refusal('[insight-more-trouble]'));
      expect(bench.calledActions).toContain(REFRESH);
    });

    test.each<[string, GuardedApp]>([
      ['accepted', { Ignore: ['insight-trouble'] }], ['only warned of', { Mode: 'warn' }],
    ])('are refreshed where it is %s, and all are too old', async (_, app) => {
      putTrouble();
      bench.aws.clock.advance(61 * MINUTE);
      expect(await guard(bench, app)).toMatchObject(PASSED);
      expect(bench.calledActions).toContain(REFRESH);
    });

    test.each<[string, GuardedApp, string[]]>([
      ['not refreshed for an add-on that the deployment moves', { AddOns: [{ Name: 'kube-proxy', Policy: 'recommended' }] }, []],
      ['refreshed for an add-on that it leaves where it is', {}, [REFRESH]],
    ])('are %s', async (_, app, refreshes) => {
      putTrouble().insights.splice(-1, 1, {
        ...trouble('ERROR'), categorySpecificSummary: { addonCompatibilityDetails: [{ name: 'kube-proxy', compatibleVersions: ['v1.36.9-eksbuild.1'] }] },
      });
      bench.aws.clock.advance(30 * MINUTE);
      expect(await guard(bench, app)).toMatchObject(refreshes.length === 0 ? PASSED : refusal('[insight-trouble]'));
      expect(bench.calledActions.filter((action) => action === REFRESH)).toEqual(refreshes);
    });
  });

  test('of another kind may be stale', async () => {
    const { insights } = putCluster(bench);
    bench.aws.clock.advance(61 * MINUTE);
    insights.forEach((fresh) => { fresh.lastRefreshTime = bench.aws.clock.now(); });
    insights.push(insight({
      name: 'Cluster health issues', status: 'PASSING', category: 'MISCONFIGURATION', lastRefreshTime: new Date(0),
    }));
    expect(await guard(bench)).toMatchObject(PASSED);
    expect(bench.calledActions).not.toContain('eks:StartInsightsRefresh');
  });

  test('may be told with their old times for a while after the refresh', async () => {
    const cluster = putCluster(bench);
    const stale = bench.aws.clock.now();
    bench.aws.clock.advance(61 * MINUTE);
    const list = bench.aws.eks.actions.ListInsights;
    let lists = 0;
    jest.spyOn(bench.aws.eks.actions, 'ListInsights').mockImplementation((input) => {
      const { insights } = list(input) as { insights: { lastRefreshTime: Date }[] };
      return { insights: ++lists > 3 ? insights : insights.map((told) => ({ ...told, lastRefreshTime: stale })) };
    });
    expect(await guard(bench)).toMatchObject(PASSED);
    expect(cluster.refresh!.status).toBe('COMPLETED');
  });

  test('may be asked for anew each time', async () => {
    expect(await guard(bench, { MaxInsightAgeMinutes: '0' })).toMatchObject(PASSED);
    expect(bench.calledActions).toContain('eks:StartInsightsRefresh');
  });

  test('of the second in which EKS was asked are new enough, since it may tell whole seconds', async () => {
    bench.aws.eks.durations.insightsRefresh = 0;
    bench.aws.clock.advance(900);
    const list = bench.aws.eks.actions.ListInsights;
    jest.spyOn(bench.aws.eks.actions, 'ListInsights').mockImplementation((input) => ({
      insights: (list(input) as { insights: { lastRefreshTime: Date }[] }).insights.map(({ lastRefreshTime: time, ...told }) => (
        { ...told, lastRefreshTime: new Date(Math.floor(time.getTime() / 1000) * 1000) })),
    }));
    expect(await guard(bench, { MaxInsightAgeMinutes: '0' })).toMatchObject(PASSED);
    expect(bench.calledActions).toContain('eks:StartInsightsRefresh');
  });

  test('are not refreshed for an upgrade that the cluster has overtaken: the control plane stays', async () => {
    putCluster(bench, { version: '1.37', nodegroups: [{ name: 'workers', version: '1.36' }] });
    bench.aws.clock.advance(61 * MINUTE);
    await bench.serve(guardEvent(bench, { TargetVersion: '1.36' }, {}, { TargetVersion: '1.35' }));
    expect(findingsIn(bench)).toContain('version-drift');
    expect(bench.calledActions).not.toContain('eks:StartInsightsRefresh');
  });

  test('that EKS has not made yet are asked for', async () => {
    putCluster(bench, { insights: [] }).insightsAfterRefresh = passingUpgradeInsights('1.36');
    expect(await guard(bench)).toMatchObject(PASSED);
  });

  test('fails when they cannot be refreshed', async () => {
    putCluster(bench).refreshFailure = 'The cluster is unreachable.';
    bench.aws.clock.advance(61 * MINUTE);
    expectRefusal(bench, await guard(bench), 'upgrade-insights:unknown', {
      reason: 'unread', data: { why: expect.stringMatching(/The cluster is unreachable\.$/) },
    });
  });

  test('fails when the refresh takes too long', async () => {
    bench.aws.eks.durations.insightsRefresh = 60 * MINUTE;
    bench.aws.clock.advance(61 * MINUTE);
    expectRefusal(bench, await guard(bench), 'upgrade-insights:unknown', { data: { why: expect.stringContaining('10 minutes') } });
  });

  test('fails in time when little of it is left for the refresh', async () => {
    bench.aws.eks.durations.insightsRefresh = 60 * MINUTE;
    bench.aws.clock.advance(61 * MINUTE);
    expectRefusal(bench, await guard(bench, {}, { remainingMillis: 5 * MINUTE + 25_000 }), 'upgrade-insights:unknown', {
      data: { why: expect.stringContaining('3 minutes') },
    });
  });

  test('all waits together end in time: for another update, for the refresh, and for the insights to tell it', async () => {
    bench.aws.eks.durations.insightsRefresh = 4 * MINUTE;
    putCluster(bench);
    const stale = bench.aws.clock.now();
    bench.aws.clock.advance(61 * MINUTE);
    const list = bench.aws.eks.actions.ListInsights;
    jest.spyOn(bench.aws.eks.actions, 'ListInsights').mockImplementation((input) => ({
      insights: (list(input) as { insights: object[] }).insights.map((told) => ({ ...told, lastRefreshTime: stale })),
    }));
    const begin = bench.aws.clock.now().getTime();

    expect(await guard(bench, {}, { remainingMillis: 12 * MINUTE })).toMatchObject(refusal('insight'));
    expect(bench.aws.clock.now().getTime() - begin).toBeLessThanOrEqual(10.5 * MINUTE);
  });

  describe('while another refresh is under way', () => {
    beforeEach(() => {
      putCluster(bench).insightsAfterRefresh = [...passingUpgradeInsights('1.36'), insight({ name: 'New trouble', status: 'ERROR' })];
      bench.aws.eks.durations.insightsRefresh = 2 * MINUTE;
      bench.aws.clock.advance(61 * MINUTE);
      bench.aws.eks.actions.StartInsightsRefresh({ clusterName: 'prod' });
      bench.aws.clock.advance(MINUTE);
    });

    test('it does not count, and another one is asked for', async () => {
      const start = jest.spyOn(bench.aws.eks.actions, 'StartInsightsRefresh');
      expect(await guard(bench)).toMatchObject(refusal('[insight-new-trouble]'));
      expect(start.mock.results).toHaveLength(2);
      expect(bench.aws.eks.cluster('prod').refresh!.startedAt.getTime()).toBeGreaterThan(bench.aws.clock.now().getTime() - 4 * MINUTE);
    });

    test('what the other one saw is not what counts', async () => {
      const cluster = bench.aws.eks.cluster('prod');
      const trouble = cluster.insightsAfterRefresh;
      cluster.insightsAfterRefresh = undefined;
      const { StartInsightsRefresh: start } = bench.aws.eks.actions;
      jest.spyOn(bench.aws.eks.actions, 'StartInsightsRefresh').mockImplementation((input) => {
        if (cluster.refresh?.status !== 'IN_PROGRESS') cluster.insightsAfterRefresh = trouble;
        return start(input);
      });
      expect(await guard(bench)).toMatchObject(refusal('[insight-new-trouble]'));
    });

    test('EKS may refuse to start another one until then', async () => {
      const { StartInsightsRefresh: start } = bench.aws.eks.actions;
      jest.spyOn(bench.aws.eks.actions, 'StartInsightsRefresh').mockImplementation((input) => {
        if (bench.aws.eks.cluster('prod').refresh?.status === 'IN_PROGRESS') {
          throw new AwsError('InvalidRequestException', 'A refresh is in progress');
        }
        return start(input);
      });
      expect(await guard(bench)).toMatchObject(refusal('[insight-new-trouble]'));
    });
  });

  test('fails while their own times say that EKS has not looked anew', async () => {
    const [first, second] = passingUpgradeInsights('1.36');
    const cluster = putCluster(bench, { insights: [first, second] });
    cluster.insightsAfterRefresh = [first];
    bench.aws.clock.advance(61 * MINUTE);
    const list = bench.aws.eks.actions.ListInsights;
    jest.spyOn(bench.aws.eks.actions, 'ListInsights').mockImplementation((input) => {
      const { insights } = list(input) as { insights: object[] };
      return { insights: [...insights, { ...second, id: 'left-behind', lastRefreshTime: new Date('2026-11-22T12:00:00Z') }] };
    });
    expectRefusal(bench, await guard(bench), 'insight-age', { reason: 'stale', data: expect.objectContaining({ count: 1 }) });
  });

  test('fails when asking for the refresh stays denied', async () => {
    bench.aws.clock.advance(61 * MINUTE);
    bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'StartInsightsRefresh' });
    expectRefusal(bench, await guard(bench), 'upgrade-insights:unknown', { data: { why: expect.stringMatching(/eks:StartInsightsRefresh.*maxInsightAge/) } });
  });
});

describe('another update of the cluster', () => {
  beforeEach(() => {
    bench.aws.eks.actions.UpdateClusterVersion({ name: 'prod', version: '1.36' });
  });

  test('is waited for when that is wanted', async () => {
    bench.aws.eks.durations.cluster = 10 * MINUTE;
    const answer = await guard(bench, { TargetVersion: '1.37', WaitForOngoingUpdateSeconds: '600' });
    expect(answer).toMatchObject(PASSED);
  });

  test('fails when it is not to be waited for', async () => {
    expect(await guard(bench, { TargetVersion: '1.36' })).toMatchObject(refusal('[update-in-progress]'));
  });

  test('fails when it lasts longer', async () => {
    expect(await guard(bench, { TargetVersion: '1.36', WaitForOngoingUpdateSeconds: '60' })).toMatchObject(refusal('[update-in-progress]'));
  });
});

test('throttled calls are tried again', async () => {
  bench.aws.fail({ service: 'eks', fault: 'throttled', times: 3 });
  bench.aws.fail({ service: 'ec2', fault: 'throttled', times: 1 });
  bench.aws.fail({ service: 'ssm', fault: 'serverError', times: 1 });
  expect(await guard(bench)).toMatchObject(PASSED);
});

test('throttled calls are tried again while there is time', async () => {
  bench.aws.fail({ service: 'cloudformation', fault: 'throttled', times: 50 });
  bench.aws.fail({ service: 'eks', fault: 'serverError', action: 'DescribeCluster', times: 50 });
  expect(await guard(bench)).toMatchObject(PASSED);
});

test('fails with one answer, in time, when a part stays throttled', async () => {
  const begin = bench.aws.clock.now().getTime();
  bench.aws.fail({ service: 'eks', fault: 'throttled', action: 'ListNodegroups' });
  const { Reason } = await guard(bench);
  expect(Reason!.split('eks:ListNodegroups failed: ThrottlingException: Rate exceeded')).toHaveLength(2);
  expect(bench.aws.clock.now().getTime() - begin).toBeGreaterThan(13 * MINUTE);
  expect(bench.aws.clock.now().getTime() - begin).toBeLessThan(15 * MINUTE);
});

test.each([
  [31_000, true], [29_000, false],
])('with %p ms left, whether a call is tried again is %p: time for the answer must stay', async (left, again) => {
  const tryAgain = retriesWithin(
    { now: () => new Date(), sleep: async () => {}, log: () => {}, remainingMillis: () => left } as unknown as RequestScope,
  );
  expect(await tryAgain({ isAccessDenied: false, isTemporary: true } as AwsCallError)).toBe(again);
});

test('permissions may take a minute to arrive', async () => {
  bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'ListNodegroups', times: 5 });
  bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', times: 4 });
  expect(await guard(bench)).toMatchObject(PASSED);
  expect(findingsIn(bench).join()).not.toContain('unknown');
});

test('fails in time when AWS is too slow', async () => {
  bench.aws.fail({ service: 'eks', fault: 'slow', delayMillis: 500 });
  expect(await guard(bench, {}, { remainingMillis: 20_200, maxAttempts: 1 })).toMatchObject(refusal('after 1 seconds'));
  expect(bench.refused).toEqual([{ reason: 'outOfTime', data: { seconds: 1 } }]);
});

test('tells in the log once of each call what it waits for', async () => {
  bench.aws.fail({ service: 'eks', fault: 'throttled', action: 'ListNodegroups', times: 20 });
  bench.aws.fail({ service: 'eks', fault: 'serverError', action: 'DescribeCluster', times: 20 });
  expect(await guard(bench)).toMatchObject(PASSED);
  expect(bench.log.map(({ message }) => String(message)).filter((message) => message.includes('tried again')).sort()).toEqual([
    expect.stringMatching(/^eks:DescribeCluster failed: .*; tried again while there is time$/),
    'eks:ListNodegroups failed: ThrottlingException: Rate exceeded; tried again while there is time',
  ]);
});

test.each([
  'throttled', 'serverError', 'connectionRefused', 'malformed',
] as const)('fails when EKS stays unreachable: %s', async (fault) => {
  bench.aws.fail({ service: 'eks', fault });
  expect(await guard(bench)).toMatchObject(refusal('eks:DescribeCluster failed: '));
});

test.each([[59_999, true], [60_000, false]])('a denial %d milliseconds into the request is tried again: %s', async (millis, again) => {
  let now = 0;
  const tryAgain = retriesWithin(
    { now: () => new Date(now), sleep: async () => {}, log: () => {}, remainingMillis: () => 900_000 } as unknown as RequestScope,
  );
  now = millis;
  expect(await tryAgain({ isAccessDenied: true, isTemporary: false } as AwsCallError)).toBe(again);
});
