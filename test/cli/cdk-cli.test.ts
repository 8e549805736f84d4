import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appOf, runCdk } from './cdk-cli';
import { LocalAws } from '../aws/aws-server';
import { publishAmis } from '../aws/published-amis';

const PARAMETER = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';

const PINNED = `ssm:account=111122223333:parameterName=${PARAMETER}:region=us-west-2`;

const APP = `
  import { App, CfnOutput, Stack } from 'aws-cdk-lib';
  import { StringParameter } from 'aws-cdk-lib/aws-ssm';

  const stack = new Stack(new App(), 'Nodes', { env: { account: '111122223333', region: 'us-west-2' } });
  new CfnOutput(stack, 'Release', { value: StringParameter.valueFromLookup(stack, '${PARAMETER}') });
`;

let aws: LocalAws;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-07-14' });
  cwd = await appOf(APP);
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true });
});

async function synth(hurry = false) {
  return runCdk(['synth'], { cwd, env: aws.environment, hurry });
}

async function synthesized(stack: string) {
  return JSON.parse(await readFile(join(cwd, 'cdk.out', `${stack}.template.json`), 'utf8'));
}

async function pinned() {
  return JSON.parse(await readFile(join(cwd, 'cdk.context.json'), 'utf8'));
}

async function reset(key: string) {
  return runCdk(['context', '--reset', key], { cwd, env: aws.environment });
}

function lookups() {
  return aws.requests.filter(({ service, input }) => service === 'ssm' && input.Name === PARAMETER);
}

test('the first synth looks the parameter up once and pins it, the second asks nobody', async () => {
  const first = await synth();

  expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Value: 1.36.2-20260714') });
  expect(lookups()).toMatchObject([{ action: 'GetParameter', input: { Name: PARAMETER } }]);
  expect(await pinned()).toEqual({
    [PINNED]: '1.36.2-20260714',
  });

  aws.clearRequests();
  publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-08-11' });
  const second = await synth();

  expect(second.stdout).toBe(first.stdout);
  expect(aws.requests).toEqual([]);
});

test('the lookup is made with the lookup role, or without it when it cannot be assumed', async () => {
  aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });

  expect(await synth()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('cdk-hnb659fds-lookup-role') });
  expect(aws.requests).toContainEqual({
    service: 'sts',
    action: 'AssumeRole',
    input: expect.objectContaining({ RoleArn: expect.stringContaining('cdk-hnb659fds-lookup-role-111122223333-us-west-2') }),
  });
  expect(lookups()).toHaveLength(1);
});

test('a diff against the deployed stack shows a newer value once the pinned one is reset', async () => {
  await synth();
  aws.cloudFormation.putStack({ name: 'Nodes', status: 'UPDATE_COMPLETE', template: await synthesized('Nodes') });
  publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-08-11' });
  const diff = async () => runCdk(['diff', '--method', 'template'], { cwd, env: aws.environment });

  expect(await diff()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Number of stacks with differences: 0') });
  expect(await reset(PINNED)).toMatchObject({ exitCode: 0 });
  const { stderr } = await diff();
  expect(stderr).toContain('Number of stacks with differences: 1');
  expect(stderr).toMatch(/1\.36\.2-20260714.*1\.36\.2-20260811/s);
  expect(aws.mutatingCalls()).toEqual([]);
});

test('a passing fault is survived by the retries of the CLI', async () => {
  aws.fail({ service: 'ssm', fault: 'throttled', times: 1 });

  expect(await synth()).toMatchObject({ exitCode: 0 });
  expect(lookups()).toHaveLength(2);
});

test('fails, and pins nothing, when the parameter is missing', async () => {
  aws.ssm.remove(PARAMETER);

  expect(await synth()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(PARAMETER) });
  expect(await pinned()).toEqual({});
});

test.each([
  ['accessDenied', /not authorized to perform: ssm:GetParameter/, 1],
  ['malformed', /is not valid JSON/, 1],
  ['throttled', /Rate exceeded/, 7],
  ['serverError', /An internal error occurred/, 7],
  ['connectionRefused', /ECONNREFUSED/, 0],
] as const)('fails when the lookup meets %s', async (fault, message, attempts) => {
  aws.fail({ service: 'ssm', fault });

  expect(await synth(true)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(message) });
  expect(lookups()).toHaveLength(attempts);
});
