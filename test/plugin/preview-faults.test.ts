import { PreviewedApp } from './_previewed-app';

jest.setTimeout(180_000);

let app: PreviewedApp;

beforeEach(async () => {
  app = await PreviewedApp.open();
  await app.deploy('Prod');
  await app.edit('V1_35', 'V1_36');
  await app.cdk(['synth', '--quiet']); // looks up what has nothing to do with the preview
  app.aws.clearRequests();
});

afterEach(async () => app.close());

/** The diff is there, and one warning of the preview. */
async function warningOf(env?: Record<string, string>): Promise<string> {
  const { exitCode, output } = await app.diff(env);
  expect(exitCode).toBe(0);
  expect(output).toContain('Number of stacks with differences: 1');
  const warnings = [...output.matchAll(/^WARNING (what is live[^]*?) \(Construct Annotations\)$/gm)].map(([, text]) => text);
  expect(warnings).toHaveLength(1);
  return warnings[0];
}

test.each([
  ['sts', undefined, 'accessDenied', 'sts:GetCallerIdentity'],
  ['eks', 'DescribeCluster', 'accessDenied', 'not allowed to call eks:DescribeCluster'],
  ['eks', 'DescribeCluster', 'throttled', 'eks:DescribeCluster failed: .*Rate exceeded'],
  ['eks', 'DescribeCluster', 'malformed', 'eks:DescribeCluster failed'],
  ['cloudformation', 'ListStackResources', 'accessDenied', 'not allowed to call cloudformation:ListStackResources'],
] as const)('%s %s, %s: one warning that names the action', async (service, action, fault, message) => {
  app.aws.fail({ service, action, fault });

  expect(await warningOf()).toMatch(new RegExp(message));
});

test('nobody listens: one warning', async () => {
  app.aws.fail({ service: 'eks', fault: 'connectionRefused' });

  expect(await warningOf()).toMatch(/eks:DescribeCluster failed: .*ECONNREFUSED/);
});

test('a part that cannot be read is said in the block', async () => {
  app.aws.fail({ service: 'eks', action: 'ListInsights', fault: 'accessDenied' });

  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  expect(output.replace(/\s+/g, ' ')).toContain('not known the upgrade insights could not be read: not allowed to call eks:ListInsights');
});

test('a passing fault is survived', async () => {
  app.aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'throttled', times: 2 });

  expect((await app.diff()).output).toContain('what a deployment does');
});

test('a cluster that does not answer is not waited for endlessly', async () => {
  app.aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'slow', delayMillis: 120_000 });
  const started = Date.now();

  expect(await warningOf()).toContain('reading cluster prod took longer than 20 seconds');
  expect(Date.now() - started).toBeLessThan(80_000);
});

test('the look-up role reads; when it cannot be assumed, the own credentials do', async () => {
  await app.diff();
  expect(app.aws.requests.find(({ action }) => action === 'AssumeRole')?.input.RoleArn)
    .toBe('arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-west-2');

  app.aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });
  expect((await app.diff()).output).toContain('what a deployment does');
});

test('own credentials of another account are not used', async () => {
  await app.edit("account: '111122223333'", "account: '444455556666'");
  app.aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });

  const { output } = await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'on' });

  expect(output).not.toContain('what a deployment does');
  expect(app.aws.requests.filter(({ service }) => service === 'eks')).toEqual([]);
});
