import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Edit, lookedUp, runExample } from './_example-app';
import { LocalAws } from '../aws/aws-server';
import { copyOfExample, runCdk, RUN_TYPESCRIPT, untouchedCopyOfExample } from '../cli/cdk-cli';

let aws: LocalAws;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const cdk = async (...args: string[]) => runCdk(args, { cwd, env: aws.environment });
const templateOf = (stack: string) => join(cwd, 'cdk.out', `${stack}.template.json`);

test.each([
  ['separate-stacks', ['ControlPlane', 'Nodes']],
  ['bake-then-roll', ['Platform']],
  ['canary-node-group', ['Platform']],
  ['second-node-group', ['Platform']],
  ['blue-green', ['Network', 'Blue', 'Green']],
])('the CDK CLI synthesises %s, as it is written, with all look-ups answered', async (name, stacks) => {
  cwd = await untouchedCopyOfExample(name);

  const { exitCode, stderr } = await cdk('synth', '--quiet');

  expect(stderr).not.toMatch(/\[(error|warning)/i);
  expect(exitCode).toBe(0);
  for (const stack of stacks) {
    expect(await readFile(templateOf(stack), 'utf8')).not.toContain('dummy');
  }
  expect(aws.mutatingCalls()).toEqual([]);
});

/** What `cdk diff` prints for a step, when the step before, possibly edited, is deployed and all look-ups have been made. */
async function diffOfAdoption(example: string, from: string, to: string, ...edits: Edit[]): Promise<string> {
  cwd = await copyOfExample(example);
  const { template } = runExample(example, { file: `${from}.ts`, edits }).stacks.Platform;
  await writeFile(join(cwd, 'deployed.json'), JSON.stringify(template));
  await writeFile(join(cwd, 'cdk.context.json'), JSON.stringify(lookedUp()));
  const { exitCode, stdout, stderr } = await cdk('diff', '--app', `${RUN_TYPESCRIPT} ${to}.ts`, '--template', 'deployed.json');
  expect(exitCode).toBe(0);
  return stdout + stderr;
}

// the CLI knows by itself what replaces a resource
test.each([
  ['adopt-existing-cluster', 'before', 'step-1'],
  ['adopt-existing-cluster', 'step-1', 'step-2'],
  ['adopt-existing-cluster', 'step-2', 'step-3'],
  ['adopt-existing-cluster', 'step-3', 'step-4'],
  ['existing-aws-eks', 'step-1', 'step-2'],
])('cdk diff announces neither replacement nor removal in %s from %s to %s', async (example, from, to) => {
  const diff = await diffOfAdoption(example, from, to);

  expect(diff).toMatch(/^\[[~+]\] AWS::EKS::/m);
  expect(diff).not.toMatch(/replace|destroy|^\[-\]/m);
});

test('fails to be an adoption when an instance type changes on the way: cdk diff announces the replacement', async () => {
  const diff = await diffOfAdoption('adopt-existing-cluster', 'step-1', 'step-2', { replace: 'm7i.large', by: 'm6i.large' });

  expect(diff).toMatch(/^\[~\] AWS::EKS::Nodegroup Cluster\/NodegroupWorkers .* replace$/m);
});

test('fails at the first look-up without credentials for it, naming the parameter', async () => {
  cwd = await copyOfExample('separate-stacks');
  aws.fail({ service: 'ssm', fault: 'accessDenied' });

  const { exitCode, stderr } = await cdk('synth', '--quiet');

  expect(exitCode).toBe(1);
  expect(stderr).toContain('amazon-linux-2023/x86_64/standard/recommended/release_version');
  expect(stderr).toContain('releaseLookupFailed');
});
