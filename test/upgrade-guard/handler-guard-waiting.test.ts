import type { HandlerBench } from './handler-bench';
import { findingsIn, guard, putCluster, startGuardBench } from './handler-guard-bench';
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

  test('may be asked for anew each time', async () => {
    expect(await guard(bench, { MaxInsightAgeMinutes: '0' })).toMatchObject(PASSED);
    expect(bench.calledActions).toContain('eks:StartInsightsRefresh');
  });

  test('that EKS has not made yet are asked for', async () => {
    putCluster(bench, { insights: [] }).insightsAfterRefresh = passingUpgradeInsights('1.36');
    expect(await guard(bench)).toMatchObject(PASSED);
  });

  test('fails when they cannot be refreshed', async () => {
    putCluster(bench).refreshFailure = 'The cluster is unreachable.';
    bench.aws.clock.advance(61 * MINUTE);
    expect(await guard(bench)).toMatchObject(refusal(
      '[upgrade-insights:unknown] cluster prod: the upgrade insights could not be read: refreshing them failed: The cluster is unreachable.'));
  });

  test('fails when the refresh takes too long', async () => {
    bench.aws.eks.durations.insightsRefresh = 60 * MINUTE;
    bench.aws.clock.advance(61 * MINUTE);
    expect(await guard(bench)).toMatchObject(refusal('refreshing them has not ended after 10 minutes'));
  });

  test('fails in time when little of it is left for the refresh', async () => {
    bench.aws.eks.durations.insightsRefresh = 60 * MINUTE;
    bench.aws.clock.advance(61 * MINUTE);
    expect(await guard(bench, {}, { remainingMillis: 5 * MINUTE + 25_000 })).toMatchObject(refusal('refreshing them has not ended after 3 minutes'));
  });

  test('fails when asking for the refresh stays denied', async () => {
    bench.aws.clock.advance(61 * MINUTE);
    bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'StartInsightsRefresh' });
    expect(await guard(bench)).toMatchObject(refusal('refreshing them failed: not allowed to call eks:StartInsightsRefresh'));
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

test('permissions may take a minute to arrive', async () => {
  bench.aws.fail({ service: 'eks', fault: 'accessDenied', action: 'ListNodegroups', times: 5 });
  bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied', times: 4 });
  expect(await guard(bench)).toMatchObject(PASSED);
  expect(findingsIn(bench).join()).not.toContain('unknown');
});

test('fails in time when AWS is too slow', async () => {
  bench.aws.fail({ service: 'eks', fault: 'slow', delayMillis: 500 });
  expect(await guard(bench, {}, { remainingMillis: 20_200, maxAttempts: 1 })).toMatchObject(refusal('ran out of time after 1 seconds'));
});

test.each(['throttled', 'serverError', 'connectionRefused', 'malformed'] as const)('fails when EKS stays unreachable: %s', async (fault) => {
  bench.aws.fail({ service: 'eks', fault });
  expect(await guard(bench, {}, { maxAttempts: 1 })).toMatchObject(refusal('eks:DescribeCluster failed: '));
});
