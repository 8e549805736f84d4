import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exit-code';
import { says } from '../../../src/cli/messages';
import { sentence } from '../../../src/engine/messages/sentence';
import { LocalAws } from '../../aws/aws-server';
import { contextKey } from '../../node-group/_fixtures';
import { contextFileIn, endsWith, runBinary, runOnTerminal } from '../_command-line';
import { blueAndGreen, folderOf, STANDARD, synthesizeTo } from '../_tracked-app';
import { copyOfExample, runCdk } from '../cdk-cli';
import { readJsonOutput } from '../json-schema';

/*
 * The command as users start it. Release dates are relative to today, by which soaking is measured.
 */

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);
const OLD = { minors: ['1.36'], date: daysAgo(40) };
const NEW = { minors: ['1.36'], date: daysAgo(10) };

let aws: LocalAws;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  aws.publishAmis(OLD);
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const ssmRequests = () => aws.requests.filter(({ service }) => service === 'ssm');

describe('an app that the CDK synthesises', () => {
  beforeEach(async () => {
    cwd = await copyOfExample('quickstart');
    expect(await runCdk(['synth', '--quiet'], { cwd, env: aws.environment })).toMatchObject({ exitCode: 0 });
    aws.publishAmis(NEW);
  });

  test('is refreshed, and the diff right after shows the releases and asks AWS for none of them', async () => {
    const before = await readFile(join(cwd, 'cdk.out/Quickstart.template.json'), 'utf8');
    await writeFile(join(cwd, 'deployed.json'), before);

    const { exitCode, stdout, stderr } = await runBinary(['refresh', '--soak', '7d', '--json'], { cwd, env: aws.environment });
    expect({ exitCode, stderr, ...readJsonOutput(stdout) }).toMatchObject({
      exitCode: 0, stderr: '', releases: [{ outcome: 'moved' }, { outcome: 'moved' }, { outcome: 'moved' }],
    });

    const written = await readFile(contextFileIn(cwd), 'utf8');
    aws.clearRequests();
    const diff = await runCdk(['diff', '--template', 'deployed.json'], { cwd, env: aws.environment });

    expect(diff.stdout + diff.stderr).toContain(`[+] 1.36.2-${NEW.date.replaceAll('-', '')}`);
    expect(aws.requests).toEqual([]);
    expect(await readFile(contextFileIn(cwd), 'utf8')).toBe(written);
  });

  test('is the way out of an error that a wrong value causes', async () => {
    await writeFile(contextFileIn(cwd), (await readFile(contextFileIn(cwd), 'utf8')).replace(/1\.36\.2-\d+/, 'oops'));
    expect(await runCdk(['synth', '--quiet'], { cwd, env: aws.environment })).toMatchObject({ exitCode: 1 });

    const { exitCode, stdout } = await runBinary(['refresh', '--json'], { cwd, env: aws.environment });
    expect(exitCode).toBe(0);
    expect(readJsonOutput(stdout).releases).toContainEqual(expect.objectContaining({ outcome: 'moved', from: 'oops' }));
    expect(await runCdk(['synth', '--quiet'], { cwd, env: aws.environment })).toMatchObject({ exitCode: 0 });
  });

  test('fails with what the app says when it cannot be synthesised', async () => {
    await writeFile(join(cwd, 'app.ts'), "throw new Error('there is no app today');");

    expect(await runBinary(['refresh'], { cwd, env: aws.environment })).toMatchObject({
      exitCode: 3, stdout: '', stderr: expect.stringMatching(new RegExp(`^error: ${sentence(says.notSynthesised({ exitCode: '1', output: '[^]*there is no app today' }))}`)),
    });
  });
});

describe('an app that the CDK CLI knows how to run', () => {
  beforeEach(async () => {
    cwd = await copyOfExample('quickstart');
    const { app } = JSON.parse(await readFile(join(cwd, 'cdk.json'), 'utf8'));
    await writeFile(join(cwd, 'list.json'), JSON.stringify({ app: app.split(' ') }));
    const program = `require('node:child_process').execSync(${JSON.stringify(app)}, { stdio: 'inherit' });`;
    await writeFile(join(cwd, 'app.js'), program);
    await mkdir(join(cwd, 'a folder'));
    await writeFile(join(cwd, 'a folder/app.js'), program);
  });

  const refreshed = async (...args: string[]) => {
    const { exitCode, stderr, stdout } = await runBinary(['refresh', '--dry-run', '--json', ...args], { cwd, env: aws.environment });
    return { exitCode, stderr, releases: exitCode === 0 ? readJsonOutput(stdout).releases.length : 0 };
  };
  const fine = { exitCode: 0, stderr: '', releases: 3 };

  test.each(['app.js', './app.js', 'a folder/app.js'])('a file: %s', async (file) => {
    expect(await refreshed('--app', file)).toEqual(fine);
  });

  test('a file, or a list of words, in cdk.json', async () => {
    await rename(join(cwd, 'list.json'), join(cwd, 'cdk.json'));
    expect(await refreshed()).toEqual(fine);
    await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app: 'app.js' }));
    expect(await refreshed()).toEqual(fine);
  });
});

describe('an app that is synthesised already', () => {
  let before: string;

  beforeEach(async () => {
    cwd = await folderOf({ [contextKey(STANDARD)]: aws.ssm.valueOf(STANDARD) });
    synthesizeTo(cwd, blueAndGreen);
    before = await readFile(contextFileIn(cwd), 'utf8');
    aws.publishAmis(NEW);
  });

  test('on a terminal there are colours and progress', async () => {
    const { exitCode, stdout } = await runOnTerminal(
      ['refresh', '--dry-run'], { cwd, env: { ...aws.environment, NO_COLOR: '', TERM: 'xterm' } },
    );

    expect(exitCode).toBe(0);
    expect(stdout).toContain('releases');
    expect(stdout).toContain('3/3');
    expect(stdout).toContain('\u001b[32mmoves\u001b[39m');
  });

  test('without colours where they are not wanted', async () => {
    const { stdout } = await runOnTerminal(['refresh', '--dry-run'], { cwd, env: { ...aws.environment, NO_COLOR: '1', TERM: 'xterm' } });

    expect(stdout).not.toMatch(/\u001b\[\d*m/);
  });

  test('without colours and progress in a pipe', async () => {
    const { stdout, stderr } = await runBinary(['refresh', '--dry-run'], { cwd, env: { ...aws.environment, NO_COLOR: '' } });

    expect(stdout).not.toContain('\u001b');
    expect(stderr).toBe('');
  });

  test('a full disk: the old file stays, and it is said', async () => {
    expect(await runBinary(['refresh'], { cwd, env: aws.environment, fileSizeLimit: 0 })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^error: .*EFBIG/),
    });
    expect(await readFile(contextFileIn(cwd), 'utf8')).toBe(before);
    expect((await readdir(cwd)).sort()).toEqual(['cdk.context.json', 'cdk.json', 'cdk.out']);
  });

  test.each(['write', 'fsync', 'rename'])('killed at %s: the old file stays', async (call) => {
    const assassin = `const fs = require('node:fs'); fs.${call} = () => process.kill(process.pid, 'SIGKILL');`;
    await writeFile(join(cwd, 'assassin.cjs'), assassin);

    expect(await runBinary(['refresh'], {
      cwd, env: { ...aws.environment, NODE_OPTIONS: '--require ./assassin.cjs' },
    })).toMatchObject({ exitCode: null });
    expect(ssmRequests()).toHaveLength(3);
    expect(await readFile(contextFileIn(cwd), 'utf8')).toBe(before);
  });
});

test('fails where there is no CDK CLI', async () => {
  cwd = await folderOf();
  await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app: 'node app.js' }));

  expect(await runBinary(['refresh'], { cwd, env: { ...aws.environment, PATH: '/nowhere' } })).toEqual(
    endsWith(ExitCode.WRONG_USE, says.cdkMissing({ why: 'spawn cdk ENOENT' })),
  );
});
