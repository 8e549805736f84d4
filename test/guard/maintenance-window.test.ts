import { isDeepStrictEqual } from 'node:util';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { App, ArnFormat, Aws, CfnCondition, CfnParameter, CfnResource, Duration, Fn, Lazy, Stack, TimeZone } from 'aws-cdk-lib/core';
import {
  MaintenanceWindow, ManagedNodeGroupWithAmiTracking, UpgradeGuard, UpgradeGuardOptions, WeeklyMaintenanceWindowOptions,
} from '../../src';
import { rollOrderInTemplate } from '../../src/engine/change/roll-order-in-template';
import { sentence } from '../../src/engine/messages/sentence';
import { Template, templateResources } from '../../src/engine/state/deployed-stack';
import { says } from '../../src/guard/messages';
import { declarationsOf } from '../../src/preview/app-declarations';
import { newStack, ofType, resourcesOf, theOnly, upgradableCluster } from '../cluster/_fixtures';

const GUARD = 'Custom::EksUpgradeGuard';
const SUNDAYS: WeeklyMaintenanceWindowOptions = { days: ['SUN'], start: '02:00', duration: Duration.hours(3) };

function guarded(options: UpgradeGuardOptions, stack = newStack()) {
  const cluster = upgradableCluster(stack, { clusterName: 'prod', upgradeGuard: UpgradeGuard.enforce(options) });
  return { stack, cluster, schedule: () => theOnly(resourcesOf(stack), GUARD).Properties.Schedule };
}

/** As the guard of the stack reads it. */
function orderIn(stack: Stack) {
  const template = { Resources: resourcesOf(stack) } as Template;
  const { Properties } = theOnly(resourcesOf(stack), GUARD);
  return rollOrderInTemplate(template, templateResources(template), (given) => isDeepStrictEqual(given, Properties.ClusterName)
    || JSON.stringify(given).includes(theOnly(resourcesOf(stack), 'AWS::EKS::Cluster').logicalId));
}

function actionsOn(stack: Stack, action: string): unknown[] {
  return Object.values(ofType(resourcesOf(stack), 'AWS::IAM::Role')).flatMap(({ Properties }) => Properties.Policies ?? [])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource);
}

test('the guard is told of windows as they are given, in UTC unless a time zone is named', () => {
  const window = MaintenanceWindow.any(
    MaintenanceWindow.weekly(SUNDAYS),
    MaintenanceWindow.weekly({ ...SUNDAYS, days: ['TUE', 'WED'], timeZone: TimeZone.EUROPE_BERLIN, exclude: ['2026-12-20/2027-01-06'] }),
  );
  expect(guarded({ window }).schedule()).toEqual({
    Windows: [
      { Days: ['SUN'], Start: '02:00', Minutes: '180', TimeZone: 'Etc/UTC', Except: [] },
      { Days: ['TUE', 'WED'], Start: '02:00', Minutes: '180', TimeZone: 'Europe/Berlin', Except: ['2026-12-20/2027-01-06'] },
    ],
  });
});

test('without any of them, the guard is told nothing and may do no more', () => {
  const { stack, schedule } = guarded({});
  expect(schedule()).toBeUndefined();
  expect([...actionsOn(stack, 'ssm:GetCalendarState'), ...actionsOn(stack, 'cloudwatch:DescribeAlarms')]).toEqual([]);
});

test('the guard reads from its template in which order node groups of its stack roll, and what bakes', () => {
  const { stack, cluster, schedule } = guarded({ window: MaintenanceWindow.weekly(SUNDAYS) });
  const canary = cluster.addManagedNodeGroup('Canary', { releaseVersion: '1.36.2-20260714' });
  cluster.addManagedNodeGroup('Workers', {
    releaseVersion: '1.36.2-20260714', upgradeAfter: [canary.baked({ duration: Duration.minutes(30) })],
  });
  const other = new Stack(stack.node.root as App, 'Nodes', { env: { account: stack.account, region: stack.region } });
  new ManagedNodeGroupWithAmiTracking(other, 'Gpu', { cluster, releaseVersion: '1.36.2-20260714' });
  const ids = Object.fromEntries(
    Object.keys(ofType(resourcesOf(stack), 'AWS::EKS::Nodegroup')).map((id) => [/Canary|Workers/.exec(id)![0], id]),
  );
  expect(orderIn(stack)).toEqual({
    order: { [ids.Canary]: { after: [], bakeSeconds: 1800 }, [ids.Workers]: { after: [ids.Canary], bakeSeconds: 0 } },
    controlPlaneBakeSeconds: 0,
  });
  expect(Object.keys(orderIn(other).order)).toEqual([expect.stringContaining('Gpu')]);
  expect(Object.keys(schedule())).toEqual(['Windows']);
});

describe('a change calendar', () => {
  test('is asked by its name, with the permission for it', () => {
    const { stack, schedule } = guarded({ calendar: 'freezes' });
    expect(schedule()).toMatchObject({ Calendar: 'freezes' });
    expect(actionsOn(stack, 'ssm:GetCalendarState')).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:us-west-2:111122223333:document/freezes']] },
    ]);
  });

  test('of another account is asked by its ARN', () => {
    const arn = 'arn:aws:ssm:us-west-2:444455556666:document/freezes';
    const { stack, schedule } = guarded({ calendar: arn });
    expect(schedule()).toMatchObject({ Calendar: arn });
    expect(actionsOn(stack, 'ssm:GetCalendarState')).toEqual([arn]);
  });

  const inAccount = (name: unknown, prefix = '') => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:us-west-2:111122223333:document/${prefix}`, name]],
  });

  test.each<[string, (stack: Stack) => string]>([
    ['is imported', () => Fn.importValue('freezes')],
    ['is a parameter', (stack) => new CfnParameter(stack, 'Calendar').valueAsString],
  ])('that %s may be a name or an ARN of any account, and its state can be read as either', (_, calendarIn) => {
    const stack = newStack();
    const calendar = calendarIn(stack);
    expect(guarded({ calendar }, stack).schedule()).toMatchObject({ Calendar: stack.resolve(calendar) });
    expect(actionsOn(stack, 'ssm:GetCalendarState')).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:*:*:document/*']] },
    ]);
  });

  test.each<[string, (stack: Stack) => string, (stack: Stack, calendar: string) => unknown]>([
    ['made by the app', (stack) => new CfnDocument(stack, 'Calendar', { content: {} }).ref, (stack, calendar) => inAccount(stack.resolve(calendar))],
    ['with a part that CloudFormation tells', () => `freezes-${Aws.REGION}`, () => inAccount({ Ref: 'AWS::Region' }, 'freezes-')],
    ['as an ARN with such a part', () => `arn:${Aws.PARTITION}:ssm:us-west-2:444455556666:document/freezes`, (stack, calendar) => stack.resolve(calendar)],
  ])('%s is named in the permission', (_, calendarIn, wanted) => {
    const stack = newStack();
    const calendar = calendarIn(stack);
    guarded({ calendar }, stack);
    expect(actionsOn(stack, 'ssm:GetCalendarState')).toEqual([wanted(stack, calendar)]);
  });
});

describe('alarms', () => {
  const alarm = (
    stack: Stack, props: Partial<cloudwatch.AlarmProps> = {}, dimensionsMap: Record<string, string> = {}, id = 'Errors',
  ) => new cloudwatch.Alarm(stack, id, {
    metric: new cloudwatch.Metric({
      namespace: 'Checkout', metricName: 'Errors', dimensionsMap,
    }),
    threshold: 1,
    evaluationPeriods: 1,
    ...props,
  });

  test('with a name are told by it, and only they may be described', () => {
    const stack = newStack();
    const { schedule } = guarded({ notWhile: [alarm(stack, { alarmName: 'checkout-errors' })] }, stack);
    expect(schedule()).toMatchObject({ Alarms: [{ Name: 'checkout-errors' }] });
    expect(actionsOn(stack, 'cloudwatch:DescribeAlarms')).toEqual([
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:us-west-2:111122223333:alarm:checkout-errors']] },
    ]);
  });

  test.each([[30, 30], [31, 1]])('%d with names are described by %d resources: the role of the function has no room for more', (count, described) => {
    const stack = newStack();
    const notWhile = Array.from({ length: count }, (_, index) => alarm(stack, { alarmName: `errors-${index}` }, {}, `Errors${index}`));
    guarded({ notWhile }, stack);
    expect(actionsOn(stack, 'cloudwatch:DescribeAlarms')).toHaveLength(described);
  });

  test('of the cluster itself are told by their logical ID, so that they can wait for it', () => {
    const stack = newStack();
    const name = Lazy.string({ produce: () => cluster.clusterName });
    const watching = alarm(stack, {}, { ClusterName: name });
    const { cluster, schedule } = guarded({ notWhile: [watching] }, stack);
    expect(schedule()).toMatchObject({
      Alarms: [{ LogicalId: stack.resolve((watching.node.defaultChild as cloudwatch.CfnAlarm).logicalId) }],
    });
    expect(JSON.stringify(schedule())).not.toContain('Ref');
    expect(actionsOn(stack, 'cloudwatch:DescribeAlarms')).toEqual(['*']);
  });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarm, object]>([
    ['with a name', (stack) => alarm(stack, { alarmName: 'checkout-errors' }), { Name: 'checkout-errors' }],
    ['without one', (stack) => alarm(stack), { LogicalId: expect.stringMatching(/^Errors/) }],
    ['that is composite', (stack) => new cloudwatch.CompositeAlarm(stack, 'Errors', {
      compositeAlarmName: 'all-errors', alarmRule: cloudwatch.AlarmRule.fromBoolean(true),
    }), { Name: 'all-errors' }],
  ])('of a condition %s are told only while it holds, be it set later, and not told to tools', (_, make, told) => {
    const stack = newStack();
    const watching = make(stack);
    const { schedule } = guarded({ notWhile: [watching] }, stack);
    (watching.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'Wanted');
    expect(schedule().Alarms).toEqual([{ 'Fn::If': ['Wanted', told, { Ref: 'AWS::NoValue' }] }]);
    expect(declarationsOf(stack.node.root).clusters[0].guard.alarms).toEqual([]);
  });

  const OTHER_REGION = { account: '111122223333', region: 'us-east-1' };
  const OTHER_ACCOUNT = { account: '444455556666', region: 'us-west-2' };
  const errorsIn = ({ account, region }: typeof OTHER_REGION) => `arn:aws:cloudwatch:${region}:${account}:alarm:errors`;
  const elsewhere = ({ node: { root } }: Stack, env: typeof OTHER_REGION) => new Stack(root as App, 'Elsewhere', { env });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarm, string, typeof OTHER_REGION]>([
    ['of another Region', (stack) => alarm(elsewhere(stack, OTHER_REGION), { alarmName: 'errors' }), 'Elsewhere/Errors', OTHER_REGION],
    ['of another account', (stack) => alarm(elsewhere(stack, OTHER_ACCOUNT)), 'Elsewhere/Errors', OTHER_ACCOUNT],
    ['that an ARN places in another Region', (stack) => cloudwatch.Alarm.fromAlarmArn(stack, 'Imported', errorsIn(OTHER_REGION)),
      'Stack/Imported', OTHER_REGION],
    ['that an ARN places in another account', (stack) => cloudwatch.Alarm.fromAlarmArn(stack, 'Imported', errorsIn(OTHER_ACCOUNT)),
      'Stack/Imported', OTHER_ACCOUNT],
    ['composite, of another Region', (stack) => cloudwatch.CompositeAlarm.fromCompositeAlarmArn(stack, 'Imported', errorsIn(OTHER_REGION)),
      'Stack/Imported', OTHER_REGION],
  ])('fails with one %s', (_, make, path, { account: itsAccount, region: itsRegion }) => {
    const stack = newStack();
    const { account, region } = stack;
    expect(() => guarded({ notWhile: [make(stack)] }, stack))
      .toThrow(`${sentence(says.alarmElsewhere({ alarm: path, itsAccount, itsRegion, account, region }))} [Stack/Cluster/UpgradeGuard]`);
  });

  test('of the own Region by their ARN, by their name, and of a place that only the deployment knows are accepted', () => {
    const stack = newStack();
    const notWhile = [
      cloudwatch.Alarm.fromAlarmArn(stack, 'One', errorsIn({ account: '111122223333', region: 'us-west-2' })),
      cloudwatch.Alarm.fromAlarmArn(stack, 'Two', stack.formatArn({
        service: 'cloudwatch', resource: 'alarm', resourceName: 'payments', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })),
      cloudwatch.Alarm.fromAlarmArn(stack, 'Three', new CfnParameter(stack, 'Arn').valueAsString),
      cloudwatch.Alarm.fromAlarmName(stack, 'Four', 'checkout'),
      cloudwatch.Alarm.fromAlarmArn(stack, 'Five', `arn:aws:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:errors`),
    ];
    expect(guarded({ notWhile }, stack).schedule().Alarms).toHaveLength(5);
    const anywhere = newStack({ env: null });
    expect(guarded({ notWhile: [cloudwatch.Alarm.fromAlarmArn(anywhere, 'One', errorsIn(OTHER_REGION))] }, anywhere).schedule().Alarms)
      .toHaveLength(1);
  });

  test('of another Region, in a stack of which only the Region is known', () => {
    const stack = newStack({ env: { region: 'us-west-2' } });
    expect(() => guarded({ notWhile: [cloudwatch.Alarm.fromAlarmArn(stack, 'Imported', errorsIn(OTHER_REGION))] }, stack))
      .toThrow('(known when deployed) in us-west-2');
  });

  test('of another stack are referred to', () => {
    const stack = newStack();
    const watching = new Stack(stack.node.root as App, 'Watching', { env: { account: stack.account, region: stack.region } });
    expect(guarded({ notWhile: [alarm(watching)] }, stack).schedule()).toMatchObject({
      Alarms: [{ Name: { 'Fn::ImportValue': expect.stringContaining('Watching') } }],
    });
  });
});

test('tools read windows, calendar and the names of alarms in the metadata', () => {
  const stack = newStack();
  const imported = cloudwatch.Alarm.fromAlarmArn(stack, 'Imported', 'arn:aws:cloudwatch:us-west-2:111122223333:alarm:payments');
  guarded({ window: MaintenanceWindow.weekly(SUNDAYS), calendar: 'freezes', notWhile: [imported] }, stack);
  expect(declarationsOf(stack.node.root).clusters[0].guard).toEqual({
    mode: 'enforce',
    ignore: [],
    maxInsightAgeMinutes: 60,
    windows: [{ days: ['SUN'], start: '02:00', minutes: 180, timeZone: 'Etc/UTC', exclude: [] }],
    calendar: 'freezes',
    alarms: ['payments'],
  });
});

test('what only the deployment knows is let through, and not reviewed', () => {
  const stack = newStack();
  const start = Lazy.string({ produce: () => '03:00' });
  const duration = Duration.minutes(Lazy.number({ produce: () => 90 }));
  const { schedule } = guarded({ window: MaintenanceWindow.weekly({ ...SUNDAYS, start, duration }) }, stack);
  expect(schedule().Windows).toMatchObject([{ Start: '03:00', Minutes: '90' }]);
});

test('lists that are parameters are let through, alone and beside each other, and not reviewed', () => {
  const stack = newStack();
  const list = (id: string) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList;
  const [days, exclude] = [list('Days'), list('Closed')];
  const day = new CfnParameter(stack, 'Day').valueAsString;
  const window = MaintenanceWindow.any(...[{ days }, { exclude }, { days, exclude }, { days: [...SUNDAYS.days, day] }]
    .map((given) => MaintenanceWindow.weekly({ ...SUNDAYS, ...given })));
  const told: { Days: unknown; Except: unknown }[] = guarded({ window }, stack).schedule().Windows;
  expect(told.map(({ Days, Except }) => [Days, Except])).toEqual([
    [{ Ref: 'Days' }, []], [['SUN'], { Ref: 'Closed' }], [{ Ref: 'Days' }, { Ref: 'Closed' }], [['SUN', { Ref: 'Day' }], []],
  ]);
  expect(declarationsOf(stack.node.root).clusters[0].guard.windows).toBeUndefined();
  expect(() => MaintenanceWindow.weekly({ ...SUNDAYS, days, start: '2:00' })).toThrow("start is '2:00'");
});

test.each<[Partial<WeeklyMaintenanceWindowOptions>, string]>([
  [{ days: [] }, 'days is empty'],
  [{ exclude: [''] }, "exclude contains ''"],
  [{ days: ['Sunday'] }, "the maintenance window cannot be: days contains 'Sunday'"],
  [{ start: '2:00' }, "start is '2:00'"],
  [{ duration: Duration.days(8) }, 'duration is 11520 minutes'],
  [{ duration: Duration.seconds(30) }, 'duration is 0.5 minutes'],
  [{ timeZone: TimeZone.of('Mars/Olympus') }, "timeZone is 'Mars/Olympus'"],
  [{ exclude: ['Christmas'] }, "exclude contains 'Christmas'"],
])('%j is refused when it is made', (wrong, message) => {
  expect(() => MaintenanceWindow.weekly({ ...SUNDAYS, ...wrong })).toThrow(message);
});

test('no window at all is refused', () => {
  expect(() => MaintenanceWindow.any()).toThrow(sentence(says.noWindow({})));
});
