import { existsSync } from 'node:fs';
import { readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalAws } from '../../aws/aws-server';
import { publishAmis } from '../../aws/published-amis';
import { enterEnvironment } from '../../live/sdk-environment';
import { contextKey } from '../../node-group/_fixtures';
import { contextFileIn, runCommand } from '../_command-line';
import { lookingUp, standInCdk } from '../_stand-in-cdk';
import { blueAndGreen, folderOf, STANDARD, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

/*
 * What the CDK looks up while it synthesises the app for `refresh`.
 */

const KEY = contextKey(STANDARD);
const NOW = new Date('2026-08-12T12:00:00Z');
const AUGUST = '1.36.2-20260811';

let aws: LocalAws;
let leave: () => void;
let cwd: string;
let env: Record<string, string>;

beforeEach(async () => {
  aws = await LocalAws.start();
  leave = enterEnvironment(aws);
  publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-08-11' });
  cwd = await folderOf();
  synthesizeTo(cwd, blueAndGreen);
  env = await standInCdk(cwd, lookingUp({ [KEY]: AUGUST, other: 1 }));
});

afterEach(async () => {
  leave();
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const refresh = async (...args: string[]) => runCommand(['refresh', '--only', 'NodegroupWorkers', ...args], { cwd, env, now: NOW });
const contextText = async () => readFile(contextFileIn(cwd), 'utf8');

test('of a release moves it: in text, Markdown and JSON', async () => {
  const { exitCode, stdout } = await refresh('--json', '--markdown', 'body.md');

  expect({ exitCode, ...readJsonOutput(stdout) }).toMatchObject({
    exitCode: 0, releases: [{ outcome: 'moved', to: AUGUST, value: AUGUST, publishedAt: '2026-08-11T00:00:00.000Z' }],
  });
  expect(readJsonOutput(stdout).releases[0]).not.toHaveProperty('from');
  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toContain(`| new | [${AUGUST}]`);
  expect(JSON.parse(await contextText())).toEqual({ [KEY]: AUGUST, other: 1 });

  await rm(contextFileIn(cwd));
  expect((await refresh()).stdout).toContain(`takes ${AUGUST}, looked up for the first time, published 1 day ago`);
  expect((await refresh('--json')).stdout).toContain('"outcome": "current"');
});

test('of a release that has not soaked says so: there is none that could stay', async () => {
  const { exitCode, stdout } = await refresh('--json', '--soak', '30d', '--markdown', 'body.md');

  expect({ exitCode, ...readJsonOutput(stdout) }).toMatchObject({
    exitCode: 0, releases: [{ outcome: 'moved', to: AUGUST, until: '2026-09-10T00:00:00.000Z' }],
  });
  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toContain('it soaks until 2026-09-10');
  await rm(contextFileIn(cwd));
  expect((await refresh('--soak', '30d')).stdout).toContain('it soaks until 2026-09-10');
});

test('of a release that cannot be judged is told with what is in the file now', async () => {
  aws.fail({ service: 'ssm', fault: 'accessDenied' });
  const { stdout } = await refresh('--json');

  expect(readJsonOutput(stdout).releases).toMatchObject([{ outcome: 'unreadable', from: AUGUST }]);
});

describe('in a dry run', () => {
  test('is judged as without, and leaves no file', async () => {
    const dry = await refresh('--json', '--soak', '30d', '--dry-run');
    expect(existsSync(contextFileIn(cwd))).toBe(false);

    const { dryRun: _, ...wet } = readJsonOutput((await refresh('--json', '--soak', '30d')).stdout);
    expect(readJsonOutput(dry.stdout)).toEqual({ ...wet, dryRun: true });
  });

  test.each([['refresh'], ['refresh', '--step'], ['rollback'], ['rollback', '--end']])('%s leaves the file as it was', async (...args) => {
    const before = '{ "mine":1 }';
    await writeFile(contextFileIn(cwd), before);

    await runCommand([...args, '--dry-run'], { cwd, env, now: NOW });
    expect(await contextText()).toBe(before);
  });

  test('and where the app fails', async () => {
    env = await standInCdk(cwd, `${lookingUp({ [KEY]: AUGUST })} process.exit(1);`);

    expect(await refresh('--dry-run')).toMatchObject({ exitCode: 3 });
    expect(existsSync(contextFileIn(cwd))).toBe(false);
  });

  test('and through a link, also to a file that does not exist yet', async () => {
    await symlink('elsewhere.json', contextFileIn(cwd));
    await refresh('--dry-run');
    expect(existsSync(join(cwd, 'elsewhere.json'))).toBe(false);

    await writeFile(join(cwd, 'elsewhere.json'), '{}');
    await refresh('--dry-run');
    expect(await contextText()).toBe('{}');
  });
});

test('without a dry run, what was looked up is kept, by commands that write nothing of their own, too', async () => {
  await runCommand(['status'], { cwd, env, now: NOW });
  expect(JSON.parse(await contextText())).toEqual({ [KEY]: AUGUST, other: 1 });
});
