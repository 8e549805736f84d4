import { type HandlerBench } from './handler-bench';
import { bakeOf, expectRefusal, findingIn, findingsIn, guard, guardEvent, putStack, startGuardBench, type GuardedApp } from './handler-guard-bench';
import type { UpgradeGuardProperties } from '../../src/engine/change/resource-properties';
import { says as windows } from '../../src/engine/judgement/when/weekly-windows';

// the bench's clock shows Sunday, 2026-11-22, 12:00 UTC
const window = (start: string, minutes = 240) => ({
  Days: ['SUN'], Start: start, Minutes: String(minutes), TimeZone: 'Europe/Berlin', Except: [],
});

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
});

afterEach(async () => {
  await bench.stop();
});

const scheduled = (Schedule: UpgradeGuardProperties['Schedule'], others: GuardedApp = {}) => guard(bench, { Schedule, ...others });

test('a version is refused outside of the window, with the next opening, and moves within it', async () => {
  expectRefusal(bench, await scheduled({ Windows: [window('14:00')] }), 'outside-window', {
    reason: 'closed',
    data: expect.objectContaining({ moving: ['the control plane'], next: expect.stringMatching('Sunday, 2026-11-22, 14:00 Europe/Berlin') }),
  });
  expect(await scheduled({ Windows: [window('12:00')] })).toMatchObject({ Status: 'SUCCESS' });
  expect(findingIn(bench, 'outside-window')).toMatchObject({
    severity: 'info', reason: 'fits', data: { end: expect.stringContaining('Sunday, 2026-11-22, 13:40') },
  });
});

test('a list parameter without a value excludes no day, and names none', async () => {
  expect(await scheduled({ Windows: [{ ...window('12:00'), Except: [''] }] })).toMatchObject({ Status: 'SUCCESS' });
  expectRefusal(bench, await scheduled({ Windows: [{ ...window('14:00'), Except: [''] }] }), 'outside-window', { reason: 'closed' });
  expect(await scheduled({ Windows: [{ ...window('12:00'), Days: [''] }] })).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining("days contains ''"),
  });
});

test('an emergency opens it, and the log says so', async () => {
  expect(await scheduled({ Windows: [window('14:00')] }, { Ignore: ['outside-window'] })).toMatchObject({ Status: 'SUCCESS' });
  expect(findingsIn(bench, 'acceptedFinding')).toContain('outside-window');
});

test('what moves no version deploys at any time, without a look at calendar and alarms', async () => {
  expect(await scheduled(
    { Windows: [window('14:00')], Calendar: 'freezes', Alarms: [{ Name: 'errors' }] }, { TargetVersion: '1.35' },
  )).toMatchObject({ Status: 'SUCCESS' });
  expect(bench.calledActions.filter((action) => !action.startsWith('cloudformation:'))).toEqual([]);
});

test('a rollback of the stack deploys at any time', async () => {
  putStack(bench, 'UPDATE_ROLLBACK_IN_PROGRESS');
  expect(await scheduled({ Windows: [window('14:00')] })).toMatchObject({ Status: 'SUCCESS' });
});

test('a closed calendar refuses, an open one does not, and one that is missing is named', async () => {
  bench.aws.ssm.putCalendar('freezes', { isOpen: false, nextTransition: '2026-11-23T08:00:00Z' });
  expectRefusal(bench, await scheduled({ Calendar: 'freezes' }), 'outside-window', {
    reason: 'calendarClosed', data: expect.objectContaining({ calendar: 'freezes', until: 'Monday, 2026-11-23, 08:00 UTC' }),
  });
  bench.aws.ssm.putCalendar('freezes', { isOpen: true });
  expect(await scheduled({ Calendar: 'freezes' })).toMatchObject({ Status: 'SUCCESS' });
  expectRefusal(bench, await scheduled({ Calendar: 'frezes' }), 'outside-window:unknown', {
    reason: 'calendarUnread', data: { why: expect.stringContaining('Document with name frezes does not exist') },
  });
});

test('an alarm that fires refuses, composite ones too', async () => {
  bench.aws.cloudWatch.put({ name: 'errors' });
  bench.aws.cloudWatch.put({ name: 'all', isComposite: true, state: 'ALARM', reason: 'children are in ALARM' });
  expect(await scheduled({ Alarms: [{ Name: 'errors' }] })).toMatchObject({ Status: 'SUCCESS' });
  expectRefusal(bench, await scheduled({ Alarms: [{ Name: 'errors' }, { Name: 'all' }] }), 'alarm-firing:all', {
    reason: 'firing', data: expect.objectContaining({ why: 'children are in ALARM' }),
  });
});

test('alarms are found by their logical IDs; one that the stack does not have yet cannot fire', async () => {
  putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Errors', type: 'AWS::CloudWatch::Alarm', physicalId: 'app-Errors-1X' }]);
  bench.aws.cloudWatch.put({ name: 'app-Errors-1X', state: 'ALARM' });
  expect(await scheduled({ Alarms: [{ LogicalId: 'New' }] })).toMatchObject({ Status: 'SUCCESS' });
  expectRefusal(bench, await scheduled({ Alarms: [{ LogicalId: 'New' }, { LogicalId: 'Errors' }] }), 'alarm-firing:app-Errors-1X');
});

test('more alarms than one call takes', async () => {
  const names = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);
  names.forEach((name) => bench.aws.cloudWatch.put({ name, state: name === 'alarm-100' ? 'ALARM' : 'OK' }));
  expectRefusal(bench, await scheduled({ Alarms: names.map((Name) => ({ Name })) }), 'alarm-firing:alarm-100');
});

test('without the permission, nothing moves on, and the action is named', async () => {
  bench.aws.fail({ service: 'ssm', action: 'GetCalendarState', fault: 'accessDenied' });
  bench.aws.fail({ service: 'cloudwatch', fault: 'accessDenied' });
  expect(await scheduled({ Calendar: 'freezes', Alarms: [{ Name: 'errors' }] })).toMatchObject({ Status: 'FAILED' });
  expect(findingsIn(bench)).toEqual(expect.arrayContaining(['outside-window:unknown', 'alarm-firing:unknown']));
});

test('a window that only the deployment knew, and which is none, is refused with its value', async () => {
  expect(await scheduled({ Windows: [window('half past two')] })).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining("'half past two'"),
  });
  const { message: problem, remedy: wanted } = windows.start({ start: 'half past two' });
  expect(bench.refused).toEqual([{ reason: 'windowCannotBe', data: { problem, wanted } }]);
});

test('waves and bakes are read from the template', async () => {
  putStack(bench, 'UPDATE_IN_PROGRESS', [{ logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' }]);
  const groups = (ReleaseVersion: string) => [{ LogicalId: 'Workers', Version: '1.35', ReleaseVersion, Others: {} }];
  bench.aws.publishAmis({ minors: ['1.35'], date: '2026-11-18' });
  const app = (seconds: string) => (
    { TargetVersion: '1.35', Schedule: { Windows: [window('12:00', 180)] }, Others: { Bake: bakeOf('Workers', seconds) } }
  );
  const deploy = async (seconds: string) => bench.serve(guardEvent(
    bench, { ...app(seconds), NodeGroups: groups('1.35.3-20261118') }, {}, { ...app(seconds), NodeGroups: groups('1.35.3-20261104') },
  ));
  await deploy('600');
  expect(findingIn(bench, 'outside-window')).toMatchObject({ severity: 'info', reason: 'fits' });
  await deploy('7200');
  expect(findingIn(bench, 'outside-window')).toMatchObject({ severity: 'warning', reason: 'endsTooLate' });
});
