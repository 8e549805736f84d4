import fc from 'fast-check';
import { execute, START, TaskError, type Execution } from './state-machine';
import type { BakedSubject } from '../../src/engine/change/resource-properties';
import type { BakeEnded } from '../../src/handler/bake-execution';
import { BAKE_DEFINITION, INTEGRATIONS } from '../../src/waves/bake-definition';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- has no types
const validate: (definition: object) => { readonly isValid: boolean; errorsText(separator: string): string } = require('asl-validator');

const CANARY: BakedSubject = { ClusterName: 'prod', NodegroupName: 'canary', Version: '1.36', ReleaseVersion: '1.36.2-20260714' };
const CONTROL_PLANE: BakedSubject = { ClusterName: 'prod', Version: '1.36' };

interface Issue {
  readonly Code: string;
  readonly Message: string;
}

/** How the world is at a time. */
interface Weather {
  readonly status?: string;
  readonly issues?: readonly Issue[];
  readonly alarms?: Readonly<Record<string, string>>;
  readonly composites?: Readonly<Record<string, string>>;
}

interface Bake {
  readonly subject?: BakedSubject;
  readonly seconds?: number;
  readonly alarms?: readonly string[];
  /** How many seconds after its start it has to end at the latest. @default - after more than it lasts */
  readonly endsBySeconds?: number;
  /** Whether it may be part of a rollback. */
  readonly mayRollBack?: boolean;
  /** @throws what a look fails with */
  weather?(millis: number): Weather;
  /** @throws what the handler fails with */
  answer?(): void;
}

interface Baked extends Execution {
  /** What the handler was invoked with; undefined when it never was. */
  readonly answer?: BakeEnded['BakeEnded'];
  readonly looks: readonly { readonly resource: string; readonly args: object; readonly millis: number }[];
}

async function bake(wanted: Bake): Promise<Baked> {
  const {
    subject = CANARY, seconds = 600, endsBySeconds = seconds + 240, alarms = [], mayRollBack,
    weather = (): Weather => ({}), answer = () => undefined,
  } = wanted;
  const latest = Number.isNaN(endsBySeconds) ? {} : { EndsBy: START + endsBySeconds * 1000 };
  const looks: { resource: string; args: object; millis: number }[] = [];
  let answered: BakeEnded['BakeEnded'] | undefined;
  const request = {
    RequestId: 'request-1',
    ResourceProperties: { Subject: subject, DurationSeconds: String(seconds), Alarms: alarms },
    ...mayRollBack && { WhetherRollingBack: 'not allowed' },
  };
  const execution = await execute(BAKE_DEFINITION, { Request: request, ...latest }, {
    task: (substitution, args, millis) => {
      const resource = `arn:aws:states:::${INTEGRATIONS[substitution.slice(2, -1) as keyof typeof INTEGRATIONS]}`;
      if (resource.endsWith(':lambda:invoke')) {
        answer();
        answered = args.Payload.BakeEnded;
        return { StatusCode: 200 };
      }
      looks.push({ resource: resource.split(':').slice(-2).join(':'), args, millis });
      const { status = 'ACTIVE', issues, alarms: metric = {}, composites = {} } = weather(millis);
      const described = { Status: status, Health: issues && { Issues: issues } };
      const listed = (states: Readonly<Record<string, string>>) => Object.entries(states)
        .filter(([name]) => args.AlarmNames.includes(name))
        .map(([AlarmName, StateValue]) => ({ AlarmName, StateValue, StateReason: 'Threshold Crossed' }));
      switch (resource.split(':').at(-1)) {
        case 'describeNodegroup': return { Nodegroup: described };
        case 'describeCluster': return { Cluster: described };
        default: return { MetricAlarms: listed(metric), CompositeAlarms: listed(composites) };
      }
    },
  });
  return { ...execution, answer: answered, looks };
}

test('the definition is valid in the Amazon States Language', () => {
  const deployed = JSON.stringify(BAKE_DEFINITION).replaceAll('${FunctionName}', 'handler')
    .replaceAll(/\$\{(\w+)\}/g, (_, name: keyof typeof INTEGRATIONS) => `arn:aws:states:::${INTEGRATIONS[name]}`);
  const { isValid, errorsText } = validate(JSON.parse(deployed));
  expect(deployed).not.toContain('${');
  expect(isValid ? '' : errorsText('\n')).toBe('');
});

test('looks every half minute and at the end, then says that all was well', async () => {
  const baked = await bake({ seconds: 75 });
  expect(baked).toMatchObject({ status: 'SUCCEEDED', millis: 75_000, answer: { Problems: [], StartedAt: '2026-11-22T12:00:00.000Z' } });
  expect(baked.looks.map(({ resource, millis }) => [resource, millis / 1000])).toEqual(
    [0, 30, 60, 75].map((second) => ['eks:describeNodegroup', second]),
  );
  expect(baked.looks[0].args).toEqual({ ClusterName: 'prod', NodegroupName: 'canary' });
});

test.each([
  ['ends at its latest time, if it began too late to last its own', 3540, 3479],
  ['looks once where that has passed when it begins', 60, -1],
])('%s', async (_, seconds, endsBySeconds) => {
  const weather = (millis: number) => ({ status: millis < 1000 * (endsBySeconds - 30) ? 'UPDATING' : 'ACTIVE' });
  const baked = await bake({ seconds, endsBySeconds, weather, mayRollBack: true });
  expect(baked).toMatchObject({ status: 'SUCCEEDED', millis: Math.max(0, endsBySeconds) * 1000, answer: { Problems: [] } });
});

test('of an earlier version of the function, which names no latest time, lasts its own', async () => {
  expect(await bake({ seconds: 60, endsBySeconds: NaN })).toMatchObject({ status: 'SUCCEEDED', millis: 60_000 });
});

test('looks at the control plane where no node group is named', async () => {
  const baked = await bake({ subject: CONTROL_PLANE, seconds: 1 });
  expect(baked.status).toBe('SUCCEEDED');
  expect(baked.looks[0]).toMatchObject({ resource: 'eks:describeCluster', args: { Name: 'prod' } });
});

test.each([1, 10, 11, 100])('asks for alarms of both kinds, and for all of %d, ten at once, since what a task returns is limited', async (count) => {
  const alarms = Array.from({ length: count }, (_, index) => `alarm-${index}`);
  const states = Object.fromEntries(alarms.map((name) => [name, 'OK']));
  const asked = (looks: Baked['looks'], now: number) => looks.filter(({ millis }) => millis === now).slice(1)
    .map(({ args }) => (args as { AlarmNames: string[] }).AlarmNames);

  const quiet = await bake({ seconds: 1, alarms, weather: () => ({ alarms: states }) });

  expect(quiet.status).toBe('SUCCEEDED');
  expect(quiet.looks[1]).toMatchObject({
    resource: 'cloudwatch:describeAlarms', args: { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
  });
  for (const now of [0, 1000]) expect(asked(quiet.looks, now).flat()).toEqual(alarms);
  expect(Math.max(...asked(quiet.looks, 0).map((names) => names.length))).toBeLessThanOrEqual(10);

  const last = alarms.at(-1)!;
  const { answer } = await bake({ alarms, weather: () => ({ status: 'DEGRADED', alarms: { ...states, [last]: 'ALARM' } }) });
  expect(answer!.Problems).toEqual(['its status is DEGRADED', `alarm ${last} is in ALARM: Threshold Crossed`]);
});

describe('ends at once', () => {
  const from = (millis: number, bad: Weather, good: Weather = {}) => (now: number) => now >= millis ? bad : good;
  const alarms = ['errors', 'latency'];
  const quiet = { alarms: { errors: 'OK', latency: 'INSUFFICIENT_DATA' } };

  test.each<[string, Bake, string[]]>([
    ['with another status', { weather: from(60_000, { status: 'DEGRADED' }) }, ['its status is DEGRADED']],
    [
      'with a health issue',
      { weather: from(60_000, { issues: [{ Code: 'NodeCreationFailure', Message: 'Unhealthy nodes' }] }) },
      ['NodeCreationFailure: Unhealthy nodes'],
    ],
    ['with both, and several issues', {
      weather: from(60_000, { status: 'DEGRADED', issues: [{ Code: 'A', Message: 'a' }, { Code: 'B', Message: 'b' }] }),
    }, ['its status is DEGRADED', 'A: a', 'B: b']],
    [
      'when an alarm fires', { alarms, weather: from(60_000, { alarms: { errors: 'ALARM', latency: 'OK' } }, quiet) },
      ['alarm errors is in ALARM: Threshold Crossed'],
    ],
    ['when a composite alarm fires', {
      alarms: ['all'], weather: from(60_000, { composites: { all: 'ALARM' } }, { composites: { all: 'OK' } }),
    }, ['alarm all is in ALARM: Threshold Crossed']],
    ['when an alarm is gone', { alarms, weather: from(60_000, { alarms: { latency: 'OK' } }, quiet) }, ['there is no alarm errors']],
    ['when all alarms are gone', { alarms, weather: from(60_000, {}, quiet) }, ['there is no alarm errors', 'there is no alarm latency']],
    ['of a control plane with a health issue', {
      subject: CONTROL_PLANE, weather: from(60_000, { issues: [{ Code: 'Ec2SubnetNotFound', Message: 'gone' }] }),
    }, ['Ec2SubnetNotFound: gone']],
  ])('%s', async (_, wanted, Problems) => {
    const baked = await bake(wanted);
    expect(baked).toMatchObject({
      status: 'FAILED', error: 'BakeFailed', cause: Problems.join('; '), millis: 60_000, answer: { Problems },
    });
  });

  test('where an alarm fires from the start', async () => {
    const baked = await bake({ alarms: ['errors'], weather: () => ({ alarms: { errors: 'ALARM' } }) });
    expect(baked).toMatchObject({ millis: 0, answer: { Problems: ['alarm errors is in ALARM: Threshold Crossed'] } });
  });
});

test('lasts its whole time, whatever is wrong, where it may be part of a rollback; what is wrong in the end is told', async () => {
  const { answer, looks } = await bake({
    mayRollBack: true, seconds: 600, weather: (millis) => ({ status: millis < 300_000 ? 'UPDATING' : 'DEGRADED' }),
  });
  expect(looks.at(-1)!.millis).toBe(600_000);
  expect(answer).toMatchObject({
    Request: { WhetherRollingBack: 'not allowed' }, Problems: expect.arrayContaining(['its status is DEGRADED']),
  });
  expect((await bake({ mayRollBack: true })).answer!.Problems).toEqual([]);
});

describe('looks that fail', () => {
  const failing = (from: number, to: number) => (millis: number): Weather => {
    if (millis >= from && millis < to) throw new TaskError('Eks.AccessDeniedException', 'User is not authorized');
    return {};
  };

  test('for less than a minute are tried again', async () => {
    expect(await bake({ seconds: 60, weather: failing(0, 55_000) })).toMatchObject({ status: 'SUCCEEDED', answer: { Problems: [] } });
  });

  test('for longer end the bake', async () => {
    const baked = await bake({ seconds: 600, weather: failing(30_000, Infinity) });
    expect(baked).toMatchObject({
      status: 'FAILED', answer: { Problems: ['eks:describeNodegroup failed: Eks.AccessDeniedException: User is not authorized'] },
    });
    expect(baked.millis).toBeLessThanOrEqual(90_000);
  });

  test.each<[string, Bake]>([
    ['of a node group', {}], ['of a control plane', { subject: CONTROL_PLANE }], ['of the longest', { seconds: 3540, endsBySeconds: 3540 }],
  ])('for longer end no bake that may be part of a rollback, %s: it lasts its whole time, and tells them', async (_, wanted) => {
    const baked = await bake({ seconds: 600, mayRollBack: true, weather: failing(30_000, Infinity), ...wanted });
    expect(baked).toMatchObject({
      millis: 1000 * (wanted.seconds ?? 600),
      answer: {
        Request: { WhetherRollingBack: 'not allowed' },
        Problems: [expect.stringMatching(/^eks:describe.* failed: Eks.AccessDeniedException: User is not authorized$/)],
      },
    });
  });

  test('with an answer that nobody understands end the bake as well', async () => {
    const baked = await bake({ weather: () => ({ status: null as never }) });
    expect(baked).toMatchObject({ status: 'FAILED', answer: { Problems: [expect.anything()] } });
  });
});

test('an answer that fails is tried again for minutes, more and more seldom', async () => {
  let failures = 6;
  const answer = () => {
    if (failures-- > 0) throw new TaskError('Lambda.TooManyRequestsException', 'Rate Exceeded');
  };
  const answered = await bake({ seconds: 1, answer });
  expect(answered).toMatchObject({ status: 'SUCCEEDED', answer: { Problems: [] } });
  expect(answered.millis).toBe(1000 + (5 + 10 + 20 + 40 + 60 + 60) * 1000);
});

test.each([
  ['stood', {}, []], ['did not stand', { status: 'DEGRADED' }, ['its status is DEGRADED']],
])('a bake that %s and cannot be answered tells what it saw', async (_, weather, Problems) => {
  const answer = () => { throw new TaskError('Lambda.TooManyRequestsException', 'Rate Exceeded'); };
  const { status, error, cause } = await bake({ seconds: 1, answer, weather: () => weather });

  expect({ status, error }).toEqual({ status: 'FAILED', error: 'BakeNotAnswered' });
  expect(JSON.parse(cause!)).toEqual({ StartedAt: expect.stringMatching(/^\d{4}-/), Problems });
});

describe('a status that is busy', () => {
  test.each(['UPDATING', 'CREATING', 'PENDING'])('such as %s for a while does not end the bake', async (busy) => {
    const weather = (millis: number) => ({ status: millis > 60_000 && millis < 300_000 ? busy : 'ACTIVE' });

    expect(await bake({ weather })).toMatchObject({ status: 'SUCCEEDED', millis: 600_000, answer: { Problems: [] } });
  });

  test('at the end fails it then', async () => {
    const weather = (millis: number) => ({ status: millis > 60_000 ? 'UPDATING' : 'ACTIVE' });

    expect(await bake({ weather })).toMatchObject({
      status: 'FAILED', millis: 600_000, answer: { Problems: ['its status is still UPDATING when the time is over'] },
    });
  });

  test.each(['DEGRADED', 'CREATE_FAILED', 'DELETE_FAILED', 'DELETING', 'FAILED'])('is not %s, which ends it at once', async (status) => {
    expect(await bake({ weather: () => ({ status }) })).toMatchObject({
      status: 'FAILED', millis: 0, answer: { Problems: [`its status is ${status}`] },
    });
  });
});

test('stands when all is well at every look, else ends at the first at which it is not; CloudFormation need not wait too long', async () => {
  const moments = fc.record({
    status: fc.constantFrom('ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'DEGRADED', 'UPDATING'),
    alarm: fc.constantFrom('OK', 'OK', 'OK', 'INSUFFICIENT_DATA', 'ALARM'),
  });
  const days = fc.array(moments, { minLength: 1, maxLength: 8 });
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 3540 }), days, async (seconds, weathers) => {
    const at = (millis: number) => weathers[Math.min(weathers.length - 1, Math.floor(millis / 1000 / seconds * weathers.length))];
    const isBad = ({ status, alarm }: typeof weathers[number]) => status === 'DEGRADED' || alarm === 'ALARM';

    const { status, millis, looks, answer } = await bake({
      seconds, alarms: ['errors'], weather: (now) => ({ status: at(now).status, alarms: { errors: at(now).alarm } }),
    });

    const times = [...new Set(looks.map((each) => each.millis))];
    const firstBad = times.find((time) => isBad(at(time)) || (time >= seconds * 1000 && at(time).status !== 'ACTIVE'));
    expect(status).toBe(firstBad === undefined ? 'SUCCEEDED' : 'FAILED');
    expect(answer!.Problems.length > 0).toBe(status === 'FAILED');
    expect(millis).toBe(firstBad ?? seconds * 1000);
    expect(times.every((time, index) => index === 0 || time - times[index - 1] <= 30_000)).toBe(true);
    expect(millis).toBeLessThanOrEqual(BAKE_DEFINITION.TimeoutSeconds * 1000 - 60_000);
  }), { numRuns: 60 });
});
