import { rm } from 'node:fs/promises';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from './_cluster-app';
import { runCommand } from './_command-line';
import { readJsonOutput } from './json-schema';
import { MaintenanceWindow, UpgradeGuard, UpgradeGuardOptions } from '../../src';
import { PlannedDeployment } from '../../src/cli/plan/cluster-plan';
import { Finding } from '../../src/engine/judgement/finding';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';

/*
 * People review on weekdays what is deployed on Sunday: `check` and `plan` tell of windows and calendars, and refuse nothing for them.
 */

let aws: LocalAws;
let cwd: string;

withLocalAws(async (local) => {
  aws = local; // a Wednesday
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
  const before = await clusterApp({});
  deployCluster(aws);
  await deployStack(aws, before, 'Prod');
  await rm(before, { recursive: true });
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

const NEXT: ClusterAppOptions = { version: '1.36', release: '1.36.4-20260714' };
const appOf = async (guard: UpgradeGuardOptions) => { cwd = await clusterApp({ ...NEXT, upgradeGuard: UpgradeGuard.enforce(guard) }); };
const run = async (...args: string[]) => runCommand(args, { cwd, now: NOW });
const sundays = (duration: Duration) => MaintenanceWindow.weekly({
  days: ['SUN'], start: '02:00', duration, timeZone: TimeZone.EUROPE_BERLIN,
});


/** What is said of windows and calendars. */
const whenOf = (findings: readonly Finding[]) => findings.filter(({ check }) => check === 'outside-window').map(
  ({ severity, reason, data }) => ({ severity, reason, data }),
);

const inPlan = async (...args: string[]) => {
  const { clusters: [{ deployments }] } = readJsonOutput((await run('plan', '--json', ...args)).stdout);
  return (deployments as PlannedDeployment[]).map(({ passed, findings }) => ({ passed, when: whenOf(findings) }));
};

const inCheck = async () => {
  const { exitCode, stdout } = await run('check', '--json');
  return { exitCode, when: whenOf(readJsonOutput(stdout).clusters[0].verdict.findings) };
};

const SUNDAY = 'Sunday, 2026-11-29';
const CLOSED = {
  severity: 'info',
  reason: 'closed',
  data: expect.objectContaining({ now: 'Wednesday, 2026-11-25, 13:00 Europe/Berlin', next: `${SUNDAY}, 02:00 Europe/Berlin` }),
};
const FITS = {
  severity: 'info',
  reason: 'fits',
  data: { longest: expect.any(String), end: expect.stringMatching(/^Sunday, 2026-11-29, 0[34]:\d\d Europe\/Berlin$/), closes: `${SUNDAY}, 05:00 Europe/Berlin` },
};
const ENDS_TOO_LATE = expect.objectContaining({ severity: 'warning', reason: 'endsTooLate' });

test('check tells when the window opens, and that the deployment fits', async () => {
  await appOf({ window: sundays(Duration.hours(3)) });
  expect(await inCheck()).toEqual({ exitCode: 0, when: [CLOSED, FITS] });
});

test('plan tells it of each deployment: of the first by the clock, of those after it by the windows', async () => {
  await appOf({ window: sundays(Duration.hours(3)) });
  expect(await inPlan('--to', '1.37')).toEqual([{ passed: true, when: [CLOSED, FITS] }, { passed: true, when: [FITS] }]);
});

test('what may not fit is a warning in both', async () => {
  await appOf({ window: sundays(Duration.minutes(30)) });
  expect((await inCheck()).when).toContainEqual(ENDS_TOO_LATE);
  const [first] = await inPlan();
  expect(first).toMatchObject({ passed: true, when: expect.arrayContaining([ENDS_TOO_LATE]) });
});

test('a closed calendar is information, too', async () => {
  aws.ssm.putCalendar('freezes', { isOpen: false, nextTransition: '2026-11-30T08:00:00Z' });
  await appOf({ calendar: 'freezes' });
  expect(await inCheck()).toEqual({
    exitCode: 0,
    when: [{
      severity: 'info', reason: 'calendarClosed', data: expect.objectContaining({ calendar: 'freezes', until: 'Monday, 2026-11-30, 08:00 UTC' }),
    }],
  });
});
