import { readFile, rm, writeFile } from 'node:fs/promises';
import { AmiTracking, EksAmiType } from '../../../src';
import { LocalAws } from '../../aws/aws-server';
import { publishAmis } from '../../aws/published-amis';
import { enterEnvironment } from '../../live/sdk-environment';
import { contextKey } from '../../node-group/_fixtures';
import { contextFileIn, runCommand } from '../_command-line';
import { blueAndGreen, BOTTLEROCKET, folderOf, group, STANDARD, stackIn, synthesizeTo, WINDOWS } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const seenKey = (parameterName: string) =>
  `cdk-eks-upgrades:seen-releases:account=111122223333:parameterName=${parameterName}:region=us-west-2`;
const DAY = 86_400_000;
const [JULY, AUGUST, SEPTEMBER] = ['2026-07-14', '2026-08-11', '2026-09-01'];
const [IN_JULY, IN_AUGUST, IN_SEPTEMBER] = ['1.36.2-20260714', '1.36.2-20260811', '1.36.2-20260901'];
const IMAGE = STANDARD.replace('recommended/release_version', 'amazon-eks-node-al2023-x86_64-standard-1.36-v20260811/image_id');
const since = (date: string) => new Date(date).toISOString();

let aws: LocalAws;
let leave: () => void;
let cwd: string;

const publish = (date: string) => publishAmis(aws.ssm, { minors: ['1.36'], date });

beforeEach(async () => {
  aws = await LocalAws.start();
  leave = enterEnvironment(aws);
  publish(JULY);
  cwd = await folderOf(Object.fromEntries([STANDARD, BOTTLEROCKET, WINDOWS].map((name) => [contextKey(name), aws.ssm.valueOf(name)])));
  synthesizeTo(cwd, blueAndGreen);
});

afterEach(async () => {
  leave();
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const context = async () => JSON.parse(await readFile(contextFileIn(cwd), 'utf8'));
const remember = async (entries: Record<string, unknown>) =>
  writeFile(contextFileIn(cwd), JSON.stringify({ ...await context(), ...entries }));
const refreshOn = async (day: string, ...args: string[]) => {
  const { exitCode, stdout } = await runCommand(['refresh', '--json', ...args], { cwd, now: new Date(`${day}T06:00:00Z`) });
  return { exitCode, ...readJsonOutput(stdout) };
};

test('a release that waits is remembered; once it has soaked it is taken, although a newer one is out', async () => {
  publish(AUGUST);
  const bottlerocket = aws.ssm.valueOf(BOTTLEROCKET)!;
  expect(await refreshOn('2026-08-17', '--soak', '14d')).toMatchObject({ exitCode: 0, releases: Array(3).fill({ outcome: 'soaking' }) });
  expect(await context()).toMatchObject({
    [contextKey(STANDARD)]: IN_JULY,
    [seenKey(STANDARD)]: { [IN_AUGUST]: since(AUGUST) },
    [seenKey(BOTTLEROCKET)]: { [bottlerocket]: since(AUGUST) },
  });

  publish(SEPTEMBER);
  expect(await refreshOn('2026-09-07', '--soak', '14d')).toMatchObject({
    exitCode: 0,
    releases: [
      { outcome: 'moved', from: IN_JULY, to: IN_AUGUST, value: IN_AUGUST, publishedAt: since(AUGUST), releaseNotesUrl: expect.stringContaining('20260811') },
      { outcome: 'moved', to: bottlerocket },
      { outcome: 'soaking' },
    ],
  });
  expect(await context()).toMatchObject({
    [contextKey(STANDARD)]: IN_AUGUST,
    [seenKey(STANDARD)]: { [IN_SEPTEMBER]: since(SEPTEMBER) },
    [contextKey(BOTTLEROCKET)]: bottlerocket,
  });

  expect((await refreshOn('2026-09-15', '--soak', '14d', '--only', 'Batch')).releases).toMatchObject([{ outcome: 'moved', to: IN_SEPTEMBER }]);
  expect(await context()).not.toHaveProperty([seenKey(STANDARD)]);
});

/** The days on which Amazon Linux 2023 was released from May to November 2025, as the tags of its repository tell. */
const DAYS_OF_2025 = [
  '05-05', '05-14', '05-19', '05-27', '06-05', '06-10', '06-20', '06-27', '07-04', '07-15', '07-25', '08-01', '08-07', '08-13', '08-19', '08-29',
  '09-04', '09-20', '09-29', '10-07', '10-16', '10-23', '10-29', '11-03',
].map((day) => `2025-${day}`);

test.each([[7, 21], [14, 28]])('with releases as AWS made them, a weekly job that lets them soak for %i days never falls behind by more than %i', async (soak, most) => {
  const dateOf = (release: string) => Date.parse(release.replace(/^.*-(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
  await remember({ [contextKey(STANDARD)]: '1.36.2-20250501' });
  const taken: number[] = [];
  for (let day = Date.parse('2025-05-05'); day < Date.parse('2025-11-10'); day += 7 * DAY) {
    const today = new Date(day).toISOString().slice(0, 10);
    const latest = DAYS_OF_2025.filter((released) => released <= today).at(-1)!;
    aws.ssm.put(STANDARD, `1.36.2-${latest.replaceAll('-', '')}`, new Date(latest));
    aws.ssm.put(IMAGE.replace('20260811', latest.replaceAll('-', '')), 'ami-0123456789abcdef0');
    expect(await refreshOn(today, '--soak', `${soak}d`, '--only', 'Batch')).toMatchObject({ exitCode: 0 });
    const { [contextKey(STANDARD)]: pinned, [seenKey(STANDARD)]: seen = {} } = await context();
    expect(Object.keys(seen).length).toBeLessThanOrEqual(3);
    if (pinned === '1.36.2-20250501') continue;
    taken.push(dateOf(pinned));
    expect(day - dateOf(pinned)).toBeGreaterThanOrEqual((soak - 1) * DAY);
    expect(day - dateOf(pinned)).toBeLessThanOrEqual(most * DAY);
  }
  expect(new Set(taken).size).toBeGreaterThan(15);
  expect([...taken].sort((a, b) => a - b)).toEqual(taken);
});

describe('a release that was seen', () => {
  beforeEach(async () => {
    await remember({ [seenKey(STANDARD)]: { [IN_AUGUST]: since(AUGUST) } });
    publish(AUGUST);
    publish(SEPTEMBER);
  });

  const refreshed = async (...args: string[]) => refreshOn('2026-09-02', '--soak', '7d', '--only', 'Batch', ...args);

  test('is taken', async () => {
    expect(await refreshed()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'moved', to: IN_AUGUST }] });
  });

  test('is not taken where a newer one has soaked, too', async () => {
    const [later, LATER] = ['2026-08-20', '1.36.2-20260820'];
    publish(later);
    publish(SEPTEMBER);
    for (const order of [[IN_AUGUST, LATER], [LATER, IN_AUGUST]]) {
      const seen = Object.fromEntries(order.map((version) => [version, since(version === LATER ? later : AUGUST)]));
      await remember({ [contextKey(STANDARD)]: IN_JULY, [seenKey(STANDARD)]: seen });
      expect(await refreshed()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'moved', to: LATER }] });
      expect(await context()).toMatchObject({ [seenKey(STANDARD)]: { [IN_SEPTEMBER]: since(SEPTEMBER) } });
    }
  });

  test('is not written in a dry run', async () => {
    const before = await context();
    expect(await refreshed('--dry-run')).toMatchObject({ exitCode: 0, releases: [{ outcome: 'moved', to: IN_AUGUST }] });
    expect(await context()).toEqual(before);
  });

  test('is not taken where AWS does not publish it any more', async () => {
    aws.ssm.remove(IMAGE);
    expect(await refreshed()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'soaking', to: IN_SEPTEMBER }] });
    expect(await context()).toMatchObject({ [contextKey(STANDARD)]: IN_JULY });
  });

  test('gives way to an older one that was seen, too, where AWS publishes only that', async () => {
    aws.ssm.remove(IMAGE);
    aws.ssm.put(IMAGE.replace('20260811', '20260801'), 'ami-0123456789abcdef0');
    await remember({ [seenKey(STANDARD)]: { [IN_AUGUST]: since(AUGUST), '1.36.2-20260801': since('2026-08-01') } });
    expect((await refreshed()).releases).toMatchObject([{ outcome: 'moved', to: '1.36.2-20260801' }]);
    expect((await context())[seenKey(STANDARD)]).toEqual({ [IN_AUGUST]: since(AUGUST), [IN_SEPTEMBER]: since(SEPTEMBER) });
  });

  test('stays, and that is said, where it cannot be read whether AWS publishes it', async () => {
    aws.fail({ service: 'ssm', parameter: IMAGE, fault: 'accessDenied' });
    const before = await context();
    expect(await refreshed()).toMatchObject({ exitCode: 3, releases: [{ outcome: 'unreadable', why: expect.stringContaining('ssm:GetParameter') }] });
    expect(await context()).toEqual(before);
  });

  test('is forgotten once AWS has gone back to one before it', async () => {
    publish('2026-08-01');
    aws.ssm.put(STANDARD, '1.36.2-20260801', new Date('2026-09-01'));
    expect(await refreshed()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'soaking', to: '1.36.2-20260801' }] });
    expect((await context())[seenKey(STANDARD)]).toEqual({ '1.36.2-20260801': since(SEPTEMBER) });
  });

  test.each([
    ['the latest is taken', IN_SEPTEMBER, () => undefined],
    ['the one in use is the latest', IN_JULY, () => aws.ssm.put(STANDARD, IN_JULY)],
  ])('is forgotten where %s', async (_, pinned, change) => {
    change();
    expect(await refreshOn('2026-09-02', '--only', 'Batch')).toMatchObject({ exitCode: 0 });
    expect(await context()).toMatchObject({ [contextKey(STANDARD)]: pinned });
    expect(await context()).not.toHaveProperty([seenKey(STANDARD)]);
  });

  test('is remembered where what AWS publishes cannot be read', async () => {
    aws.fail({ service: 'ssm', parameter: STANDARD, fault: 'accessDenied' });
    const before = await context();
    expect(await refreshed()).toMatchObject({ exitCode: 3 });
    expect(await context()).toEqual(before);
  });

  test.each([
    ['no entry', 'oops'], ['no release', { latest: since(AUGUST) }], ['no date', { [IN_AUGUST]: 'yesterday' }], ['no text', { [IN_AUGUST]: 7 }],
    ['older than the one in use', { '1.36.2-20260601': since('2026-06-01') }], ['of another minor', { '1.37.1-20260811': since(AUGUST) }],
  ])('that is %s counts for nothing', async (_, entry) => {
    await remember({ [seenKey(STANDARD)]: entry });
    expect(await refreshed()).toMatchObject({ exitCode: 0, releases: [{ outcome: 'soaking' }] });
    expect((await context())[seenKey(STANDARD)]).toEqual({ [IN_SEPTEMBER]: since(SEPTEMBER) });
  });
});

test('of Windows, and of a parameter of the user, no release but the present one can be taken: nothing is remembered', async () => {
  const own = '/platform/workers';
  synthesizeTo(cwd, (app) => {
    blueAndGreen(app);
    group(stackIn(app, 'Own'), 'Promoted', EksAmiType.AL2023_X86_64_STANDARD, AmiTracking.fromParameter(own));
  });
  aws.ssm.put(own, IN_AUGUST, new Date(AUGUST));
  publish(AUGUST);
  await remember({ [contextKey(own)]: IN_JULY });
  const before = await context();

  expect((await refreshOn('2026-08-17', '--soak', '14d', 'Green', 'Own')).releases).toMatchObject([{ outcome: 'soaking' }, { outcome: 'soaking' }]);
  expect(await context()).toEqual(before);
});
