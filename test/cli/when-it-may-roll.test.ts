import { rm } from 'node:fs/promises';
import { Duration, TimeZone } from 'aws-cdk-lib/core';
import { clusterApp, ClusterAppOptions, deployCluster, deployStack, NOW } from './_cluster-app';
import { runCommand } from './_command-line';
import { withLocalAws } from './_local-aws';
import { readJsonOutput } from './json-schema';
import { MaintenanceWindow, UpgradeGuard, UpgradeGuardOptions } from '../../src';
import { LocalAws } from '../aws/aws-server';

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


const inPlan = async (...args: string[]) => {
  const { clusters: [{ deployments }] } = readJsonOutput((await run('plan', '--json', ...args)).stdout) as any;
  return (deployments as any[]).map(({ passed, findings }) => ({
    passed,
    when: findings.filter(({ check }: { check: string }) => check === 'outside-window').map(
      ({ severity, message }: { severity: string; message: string }) => `${severity}: ${message}`,
    ),
  }));
};

test('check tells when the window opens, and that the deployment fits', async () => {
  await appOf({ window: sundays(Duration.hours(3)) });
  const { exitCode, stdout } = await run('check');
  expect(
    stdout.replace(/\s+/g, ' '),
  ).toContain('may only be updated in a maintenance window, and none is open on Wednesday, 2026-11-25, 13:00 Europe/Berlin: '
    + 'the next one opens on Sunday, 2026-11-29, 02:00 Europe/Berlin');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /takes .* at most, until Sunday, 2026-11-29, 0\d:\d\d Europe\/Berlin, and the window closes on Sunday, 2026-11-29, 05:00 Europe\/Berlin/,
  );
  expect(exitCode).toBe(0);
});

test('plan tells it of each deployment: of the first by the clock, of those after it by the windows', async () => {
  await appOf({ window: sundays(Duration.hours(3)) });
  const [first, second] = await inPlan('--to', '1.37');
  expect(first).toEqual({
    passed: true,
    when: [
      expect.stringMatching(/^info: .* none is open on .*: the next one opens on Sunday, 2026-11-29, 02:00/),
      expect.stringMatching(/^info: the deployment takes .* at most, until Sunday, 2026-11-29, .* closes on Sunday, 2026-11-29, 05:00/),
    ],
  });
  expect(second).toEqual({ passed: true, when: [expect.stringMatching(/^info: the deployment takes/)] });
});

test('what may not fit is a warning in both', async () => {
  await appOf({ window: sundays(Duration.minutes(30)) });
  expect((await run('check')).stdout.replace(/\s+/g, ' ')).toContain('what has begun continues after that');
  const [first] = await inPlan();
  expect(first).toMatchObject({
    passed: true,
    when: expect.arrayContaining([expect.stringMatching(/^warning: the deployment takes .* what has begun continues after that/)]),
  });
});

test('a closed calendar is information, too', async () => {
  aws.ssm.putCalendar('freezes', { isOpen: false, nextTransition: '2026-11-30T08:00:00Z' });
  await appOf({ calendar: 'freezes' });
  const { exitCode, stdout } = await run('check');
  expect(stdout.replace(/\s+/g, ' ')).toContain('the change calendar freezes is closed until Monday, 2026-11-30, 08:00 UTC');
  expect(exitCode).toBe(0);
});
