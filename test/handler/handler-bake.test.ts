import { HandlerBench } from './handler-bench';
import type { BakeProperties, BakedSubject } from '../../src/engine/change/resource-properties';
import { unansweredBake, type BakeEnded, type BakeInput, type BakeRequest, type ExecutionEnded } from '../../src/handler/bake-execution';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';

const MACHINE = 'arn:aws:states:us-west-2:111122223333:stateMachine:Bakes';

const MINUTE = 60_000;

const BEFORE: BakedSubject = { ClusterName: 'prod', NodegroupName: 'canary', Version: '1.36', ReleaseVersion: '1.36.1-20260601' };
const NOW: BakedSubject = { ...BEFORE, ReleaseVersion: '1.36.2-20260714' };

let bench: HandlerBench;

beforeEach(async () => {
  bench = await HandlerBench.start();
  bench.aws.cloudFormation.putStack({ name: 'app', status: 'UPDATE_IN_PROGRESS' });
});

afterEach(async () => {
  await bench.stop();
});

function propertiesOf(Subject: BakedSubject, others: Partial<BakeProperties> = {}): BakeProperties {
  return { Subject, DurationSeconds: '1800', Alarms: ['errors'], StateMachineArn: MACHINE, ...others };
}

/** What CloudFormation asks when the release of the canary has moved. */
function moved(members: Partial<CustomResourceEvent<BakeProperties>> = {}) {
  return bench.event({
    RequestType: 'Update',
    ResourceType: 'Custom::EksBake',
    ResourceProperties: propertiesOf(NOW),
    OldResourceProperties: propertiesOf(BEFORE),
    ...members,
  }) as CustomResourceEvent<BakeProperties>;
}

describe('when a bake begins', () => {
  test('an execution named like the request gets it, and nobody answers yet', async () => {
    const event = moved();
    await bench.serveUnanswered(event);

    const { OldResourceProperties: _, ...request } = event;
    expect([...bench.aws.stepFunctions.executions]).toEqual([['request-1', { Request: request, EndsBy: expect.any(Number) }]]);
    expect(bench.aws.requests.at(-1)).toMatchObject({ action: 'StartExecution', input: { stateMachineArn: MACHINE } });
  });

  test('on creation, where that is wanted', async () => {
    const isNew = { RequestType: 'Create' as const, OldResourceProperties: undefined };
    await bench.serveUnanswered(moved({ ...isNew, ResourceProperties: propertiesOf(NOW, { OnCreation: 'true' }) }));
    expect(bench.aws.stepFunctions.executions.size).toBe(1);
  });

  test('a request that is delivered twice is baked once', async () => {
    await bench.serveUnanswered(moved());
    await bench.serveUnanswered(moved());
    expect(bench.aws.stepFunctions.executions.size).toBe(1);
  });

  test.each<[string, Partial<BakedSubject>]>([
    ['version', { Version: '1.35' }],
    ['version, with an image that is older', { Version: '1.35', ReleaseVersion: '1.35.9-20260901' }],
    ['release', { ReleaseVersion: '1.36.0-20260101' }],
    ['release without an order', { ReleaseVersion: 'next' }],
    ['launch template', { LaunchTemplate: { Id: 'lt-1', Version: '7' } }],
    ['node group, which was replaced', { NodegroupName: 'canary-2' }],
  ])('another %s is a move', async (_, before) => {
    await bench.serveUnanswered(moved({ OldResourceProperties: propertiesOf({ ...NOW, ...before }) }));
    expect(bench.aws.stepFunctions.executions.size).toBe(1);
  });

  test.each<[string, string, Partial<BakedSubject>, Partial<BakedSubject>]>([
    ['Bottlerocket', 'BOTTLEROCKET_x86_64', { ReleaseVersion: '1.51.0-0badcafe' }, { ReleaseVersion: '1.50.0-64a91eb3' }],
    ['two builds of one Bottlerocket', 'BOTTLEROCKET_x86_64', { ReleaseVersion: '1.50.0-0badcafe' }, { ReleaseVersion: '1.50.0-64a91eb3' }],
    ['a type of AMI that nobody knows', 'AL2031_x86_64', { ReleaseVersion: '1.36.0-20260101' }, { ReleaseVersion: '1.36.2-20260714' }],
    ['a newer minor while the cluster is rolled back', 'AL2023_x86_64_STANDARD', { Version: '1.36' }, { Version: '1.35' }],
  ])('what is not known to go back is baked: %s', async (_, AmiType, now, before) => {
    await bench.serveUnanswered(moved({
      ResourceProperties: propertiesOf({ ...NOW, ...now }, { AmiType, ...now.Version && { GoingBack: 'true' } }),
      OldResourceProperties: propertiesOf({ ...NOW, ...before }, { AmiType }),
    }));
    expect(bench.aws.stepFunctions.executions.size).toBe(1);
  });

  test('the log is without the URL by which anybody could answer', async () => {
    await bench.serveUnanswered(moved());
    expect(bench.log).toContainEqual({ message: 'bakes for 1800 seconds; the state machine answers', execution: 'request-1' });
    expect(JSON.stringify(bench.log)).not.toContain('X-Amz-Signature');
  });

  test('is patient until new permissions are known', async () => {
    bench.aws.fail({ service: 'sfn', fault: 'accessDenied', times: 3 });
    await bench.serveUnanswered(moved());
    expect(bench.aws.stepFunctions.executions.size).toBe(1);
  });

  test.each([
    '0', '-5', '1.5', '3541', 'soon',
  ])('fails when it would last %s seconds, which only the deployment knew, and starts nothing', async (DurationSeconds) => {
    expect(await bench.serve(moved({ ResourceProperties: propertiesOf(NOW, { DurationSeconds }) }))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining(`'${DurationSeconds}'`),
    });
    expect(bench.refused).toEqual([{ reason: 'bakeDuration', data: { seconds: DurationSeconds, most: 3540 } }]);
    expect(bench.aws.stepFunctions.executions.size).toBe(0);
  });

  test('where it is not known whether the stack is rolling back, and passes in the end, whatever it has seen', async () => {
    bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied' });
    await bench.serveUnanswered(moved());
    const { Request } = [...bench.aws.stepFunctions.executions.values()][0] as { Request: BakeRequest };
    expect(Request.WhetherRollingBack).toContain('not allowed to call cloudformation:DescribeStacks');

    const answer = await bench.endBake({
      BakeEnded: { Request, StartedAt: '2026-11-22T11:48:00.000Z', Problems: ['its status is DEGRADED'] },
    });
    expect(answer).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.log).toContainEqual({
      message: expect.stringMatching(
        /^WARNING .*DescribeStacks.* canary .*DEGRADED/,
      ),
      refusal: { reason: 'nodeGroupBakeFailed', data: expect.objectContaining({ problems: ['its status is DEGRADED'] }) },
    });
  });

  test.each([
    ['of the longest one is a minute before CloudFormation gives up', 3540, 59 * MINUTE],
    ['of one whose reserve is cut is that, too', 3480, 59 * MINUTE],
    ['of one with the whole reserve is minutes after its own end', 3300, 59 * MINUTE],
    ['of a short one, as well', 60, 5 * MINUTE],
  ])('the latest end %s, by when the request came, not by when it could begin', async (_, seconds, lasts) => {
    const receivedAt = bench.aws.clock.now().getTime();
    bench.aws.fail({ service: 'cloudformation', fault: 'accessDenied' });
    await bench.serveUnanswered(moved({ ResourceProperties: propertiesOf(NOW, { DurationSeconds: String(seconds) }) }));
    const [{ EndsBy }] = [...bench.aws.stepFunctions.executions.values()] as BakeInput[];
    expect(bench.aws.clock.now().getTime() - receivedAt).toBeGreaterThan(MINUTE);
    expect((EndsBy - receivedAt) / 1000).toBeCloseTo(lasts / 1000, 0);
  });

  test('soon, where CloudFormation does not answer: what a long wait would cost the answer', async () => {
    const wait = setTimeout;
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(
      ((then: () => void, millis?: number) => wait(then, millis === 90_000 ? 50 : millis)) as typeof setTimeout,
    );
    bench.aws.fail({ service: 'cloudformation', fault: 'slow', delayMillis: 2_000 });
    await bench.serveUnanswered(moved());
    jest.restoreAllMocks();
    const [{ Request }] = [...bench.aws.stepFunctions.executions.values()] as BakeInput[];
    expect(Request.WhetherRollingBack).toBe('reading the state of the stack took longer than 90 seconds');
  });

  test('fails when the execution may not be started, naming the permission', async () => {
    bench.aws.fail({ service: 'sfn', fault: 'accessDenied' });
    expect(await bench.serve(moved())).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('not allowed to call states:StartExecution'),
    });
  });
});

describe('passes at once, and starts nothing,', () => {
  afterEach(() => expect(bench.aws.stepFunctions.executions.size).toBe(0));

  test('on creation', async () => {
    expect(await bench.serve(moved({ RequestType: 'Create', OldResourceProperties: undefined }))).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.aws.requests).toEqual([]);
  });

  test('on deletion', async () => {
    expect(await bench.serve(moved({ RequestType: 'Delete', OldResourceProperties: undefined }))).toMatchObject({ Status: 'SUCCESS' });
  });

  const AL2023 = { AmiType: 'AL2023_x86_64_STANDARD' };
  const BOTTLEROCKET = { AmiType: 'BOTTLEROCKET_x86_64' };
  const WINDOWS = { AmiType: 'WINDOWS_FULL_2022_x86_64' };
  const IMAGE = { ClusterName: 'prod', NodegroupName: 'canary', LaunchTemplate: { Id: 'lt-1', Version: '7' } };
  test.each<[string, BakedSubject, BakedSubject, Partial<BakeProperties>]>([
    ['a control plane goes', { ClusterName: 'prod', Version: '1.35' }, { ClusterName: 'prod', Version: '1.36' }, {}],
    ['a version goes, also with an image that is newer', { ...NOW, Version: '1.35', ReleaseVersion: '1.35.4-20260901' }, NOW, AL2023],
    ['a version with one digit goes', { ...NOW, Version: '1.9', ReleaseVersion: undefined }, { ...NOW, Version: '1.10', ReleaseVersion: undefined }, {}],
    ['a release goes', BEFORE, NOW, AL2023],
    ['a release of Bottlerocket goes', { ...NOW, ReleaseVersion: '1.50.0-64a91eb3' }, { ...NOW, ReleaseVersion: '1.51.0-0badcafe' }, BOTTLEROCKET],
    ['a release of Windows goes', { ...NOW, ReleaseVersion: '1.36-2026.04.18' }, { ...NOW, ReleaseVersion: '1.36-2026.05.12' }, WINDOWS],
    ['an image of one\'s own goes, while the cluster is rolled back', IMAGE, { ...IMAGE, LaunchTemplate: { Id: 'lt-1', Version: '6' } }, { GoingBack: 'true' }],
  ])('when %s back', async (_, now, before, others) => {
    expect(await bench.serve(moved({
      ResourceProperties: propertiesOf(now, others), OldResourceProperties: propertiesOf(before),
    }))).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.log).toContainEqual({ message: expect.stringContaining('goes back') });
    expect(bench.aws.requests).toEqual([]);
  });

  test('when only the bake itself is another one', async () => {
    const before = propertiesOf(NOW, {
      OnCreation: 'true', DurationSeconds: '60', Alarms: [], StateMachineArn: 'arn:aws:states:us-west-2:111122223333:stateMachine:Other',
    });
    expect(await bench.serve(moved({ OldResourceProperties: before }))).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each(['UPDATE_ROLLBACK_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'])('in a rollback: %s', async (status) => {
    bench.aws.cloudFormation.putStack({ name: 'app', status });
    expect(await bench.serve(moved())).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('when a bake has ended', () => {
  const ended = (Problems: string[], Subject = NOW): BakeEnded => ({
    BakeEnded: {
      Request: { ...moved(), ResourceProperties: propertiesOf(Subject) } as BakeRequest,
      StartedAt: '2026-11-22T11:48:00.000Z',
      Problems,
    },
  });

  test('well, CloudFormation goes on', async () => {
    expect(await bench.endBake(ended([]))).toEqual(expect.objectContaining({
      Status: 'SUCCESS', RequestId: 'request-1', PhysicalResourceId: 'Resource', LogicalResourceId: 'Resource',
    }));
  });

  test('badly, the reason names what was baked, what was wrong and what to do', async () => {
    const answer = await bench.endBake(ended(['alarm errors is in ALARM: Threshold Crossed', 'its status is DEGRADED']));
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(
      /^[^:]* canary \(Kubernetes 1\.36, release 1\.36\.2-20260714\)[^:]* 12 minutes [^:]* 30 minutes: alarm errors is /,
    );
    expect(answer.Reason).toContain('Threshold Crossed; its status is DEGRADED; ');
    expect(answer.Reason).toContain('AmiTracking.pinned()');
    expect(bench.log).toContainEqual({
      message: answer.Reason!.replace(/ \(log stream .*/, ''),
      refusal: {
        reason: 'nodeGroupBakeFailed',
        data: expect.objectContaining({
          nodeGroup: 'canary', problems: ['alarm errors is in ALARM: Threshold Crossed', 'its status is DEGRADED'],
        }),
      },
    });
  });

  test('badly for a control plane, the reason says that it stays', async () => {
    const { Reason } = await bench.endBake(ended(['its status is FAILED'], { ClusterName: 'prod', Version: '1.36' }));
    expect(Reason).toMatch(/^[^;]*\bprod \(Kubernetes 1\.36\)[^;]*: its status is FAILED; .*\b1\.36\b/);
    expect(Reason).not.toContain('AmiTracking'); // which is about nodes
    expect(bench.refused).toEqual([{ reason: 'controlPlaneBakeFailed', data: expect.objectContaining({ cluster: 'prod', version: '1.36' }) }]);
  });

  describe('badly, over pods that could not be evicted,', () => {
    /** The last update of the canary, as EKS tells it. */
    const updated = (update: object) => {
      const cluster = bench.aws.eks.addCluster({ name: 'prod', version: '1.36', nodegroups: [{ name: 'canary' }] });
      cluster.updates.push({
        nodegroupName: 'canary',
        update: {
          id: 'old',
          type: 'VersionUpdate',
          status: 'Failed',
          createdAt: new Date('2026-10-01'),
          errors: [{ errorCode: 'PodEvictionFailure', errorMessage: 'long ago' }],
        },
      }, { nodegroupName: 'canary', update: { id: 'new', type: 'VersionUpdate', createdAt: new Date('2026-11-22T11:00:00Z'), ...update } });
    };
    const failed = {
      status: 'Failed',
      errors: [{ errorCode: 'PodEvictionFailure', errorMessage: 'Reached max retries.', resourceIds: ['ip-10-0-0-1.ec2.internal'] }],
    };

    test('the reason says what EKS says, the node included', async () => {
      updated(failed);
      const { Reason } = await bench.endBake(ended(['its status is DEGRADED']));
      expect(Reason).toContain(
        '30 minutes: its status is DEGRADED; its last update failed with PodEvictionFailure: Reached max retries (ip-10-0-0-1.ec2.internal); ',
      );
      // nobody looks into the cluster, unless the guard does
      expect(bench.calledActions).toEqual(['eks:DescribeUpdate', 'eks:ListUpdates']);
    });

    /** Nothing is said of pods behind what was seen. */
    const JUST_DEGRADED = /^(?!.*(Eviction|held)).* 30 minutes: its status is DEGRADED; /;

    test.each([
      ['something else failed', { status: 'Failed', errors: [{ errorCode: 'NodeCreationFailure', errorMessage: 'no' }] }],
      ['the last update succeeded', { status: 'Successful' }],
    ])('not where %s', async (_, update) => {
      updated(update);
      expect((await bench.endBake(ended(['its status is DEGRADED']))).Reason).toMatch(JUST_DEGRADED);
    });

    test('the rest is told where EKS does not tell it, and the log says why', async () => {
      updated(failed);
      bench.aws.fail({ service: 'eks', action: 'ListUpdates', fault: 'accessDenied' });
      expect((await bench.endBake(ended(['its status is DEGRADED']))).Reason).toMatch(JUST_DEGRADED);
      expect(bench.log).toContainEqual({
        message: expect.stringContaining('not allowed to call eks:ListUpdates'),
      });
    });

    test('nobody is asked about a control plane, nor when all is well', async () => {
      await bench.endBake(ended(['its status is FAILED'], { ClusterName: 'prod', Version: '1.36' }));
      await bench.endBake(ended([]));
      expect(bench.aws.requests).toEqual([]);
    });
  });

  test('what steers a terminal is left out of the reason', async () => {
    expect((await bench.endBake(ended(['alarm errors is in ALARM: \u001b[2Jall\nwell']))).Reason).toContain('ALARM: [2Jall well;');
  });

  test.each<[ExecutionEnded['detail']['status'], { error?: string | null; cause?: string | null }, string]>([
    ['ABORTED', { error: null, cause: null }, 'its execution was stopped; '],
    ['ABORTED', { cause: 'seen enough' }, 'its execution was stopped: seen enough; '],
    ['TIMED_OUT', {}, 'its execution took too long; '],
    [
      'FAILED', { error: 'Lambda.TooManyRequestsException', cause: 'Rate exceeded' },
      'its execution failed: Lambda.TooManyRequestsException: Rate exceeded; ',
    ],
  ])('%s, without an answer, CloudFormation gets one all the same: %j', async (status, told, words) => {
    const { BakeEnded: { Request } } = ended([]);
    const detail = { status, ...told, startDate: Date.parse('2026-11-22T11:48:00.000Z'), input: JSON.stringify({ Request }) };

    const answer = await bench.endBake({ BakeEnded: unansweredBake({ detail })! });

    expect(answer).toMatchObject({ Status: 'FAILED', RequestId: 'request-1' });
    expect(answer.Reason).toContain(`30 minutes: ${words}`);
  });

  test('badly, and the answer was given, EventBridge tells nothing new', () => {
    const seen = { StartedAt: '2026-11-22T11:48:00.000Z', Problems: ['alarm errors is in ALARM'] };
    const notAnswered = (cause: string) => unansweredBake({
      detail: { status: 'FAILED', error: 'BakeNotAnswered', cause, startDate: 0, input: '{}' },
    });
    expect(notAnswered(JSON.stringify(seen))).toEqual(seen);
    expect(notAnswered('{"StartedAt":"2026')).toMatchObject({ Problems: [expect.stringContaining('BakeNotAnswered')] });
    expect(unansweredBake({
      detail: { status: 'FAILED', error: 'BakeFailed', cause: 'alarm errors is in ALARM', startDate: 0, input: '{}' },
    })).toBeUndefined();
  });

  test('fails without an answer when that is wanted by somebody else', async () => {
    const { BakeEnded: { Request, ...rest } } = ended([]);
    const forged = { BakeEnded: { ...rest, Request: { ...Request, ResponseURL: 'https://example.org/answer' } } };
    await expect(bench.endBake(forged)).rejects.toThrow('the request is ignored');
    expect(bench.deliveries).toEqual([]);
  });

  test('an answer that cannot be delivered is an error, so that the state machine tries again', async () => {
    bench.refusals = Infinity;
    await expect(bench.endBake(ended([]))).rejects.toThrow('refused with 503');
  });
});
