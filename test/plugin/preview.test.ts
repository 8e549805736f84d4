import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INCOMPLETE } from './_incomplete';
import { PreviewedApp } from './_previewed-app';
import { headingOf } from '../../src/preview/preview-text';
import { ProxyStandIn } from '../aws/proxy-stand-in';
import { deprecatedApi } from '../aws/sample-insights';

jest.setTimeout(180_000);

let app: PreviewedApp;

beforeEach(async () => {
  app = await PreviewedApp.open();
  await app.deploy('Prod');
  app.aws.clearRequests();
});

afterEach(async () => app.close());

/** The block above the diff, as it is documented: without where it is written, and without how to acknowledge it. */
function blockIn(output: string): string | undefined {
  return /^(?:WARNING|INFO) (what a deployment does to cluster [^]*?) \(Construct Annotations\)$/m.exec(output)?.[1];
}

function documentedBlock(page: string): string {
  const text = readFileSync(join(__dirname, '../..', page), 'utf8');
  return /<!-- preview: .*? -->\n\n```\n([^]*?)```/.exec(text)![1].trimEnd();
}

/** What depends on the day. */
function timeless(block: string): string {
  return block.replace(/in \d+ days/g, 'in n days').replace(/last at [\dTZ:.-]+/g, 'last at …').replace(/\s+/g, ' ');
}

test('nothing changes and nothing is wrong: nothing is said, each thing is read once, and the context file is untouched', async () => {
  const before = await app.contextFile();

  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  expect(output).toContain('There were no differences');
  expect(output).not.toContain(headingOf(''));
  expect(output).not.toContain(INCOMPLETE);
  expect(await app.contextFile()).toBe(before);
  const reads = app.aws.requests.filter(({ service }) => service === 'eks').map(({ action, input }) => JSON.stringify([action, input]));
  expect(reads.filter((read) => read.includes('"DescribeCluster"'))).toHaveLength(1);
  expect(reads).toEqual([...new Set(reads)]);
  expect(app.aws.mutatingCalls()).toEqual([]);
});

test('the next minor: what moves, in which steps, about how long, and what the guard would say; the same in the docs', async () => {
  await app.edit('V1_35', 'V1_36');
  app.aws.eks.cluster('prod').insights.push({
    ...deprecatedApi({
      kubernetesVersion: '1.36', usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas',
    }),
    lastRefreshTime: new Date(),
  });

  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  const block = blockIn(output)!;
  expect(block).toMatch(/^control plane  1\.35 → 1\.36$/m);
  expect(block).toMatch(/^add-ons        vpc-cni     v1\.20\.1-eksbuild\.3 → v1\.21\.1-eksbuild\.1$/m);
  expect(block).toMatch(/^node groups    workers  1\.35\.2-20260714 → 1\.36\.2-20260714\n {24}6 nodes, 2 at a time: 10 to 79 minutes$/m);
  expect(block).toMatch(/1\.35 → 1\.36, release 1\.50\.0-64a91eb3 as before/);
  expect(block).toMatch(/^support .*\b1\.36\b.*\b2027-08-02\b/m);
  expect(block).toContain('[insight-deprecated-apis-removed-in-kubernetes-v1-36]');
  expect(Math.max(...block.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(timeless(documentedBlock('docs/preview.md'))).toBe(timeless(block));
});

test('templates are byte-equal with and without the preview', async () => {
  await app.edit('V1_35', 'V1_36');
  await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'off' });
  const without = await app.rawTemplate('Prod');
  expect(app.aws.requests.filter(({ service }) => service === 'eks')).toEqual([]);

  expect((await app.diff()).output).toContain(headingOf('prod'));
  expect(await app.rawTemplate('Prod')).toBe(without);
});

test('strict: what would be refused is an error', async () => {
  await app.edit('V1_35', 'V1_37');

  expect(await app.diff()).toMatchObject({ exitCode: 0, output: expect.stringContaining('[minor-step]') });
  const { exitCode, output } = await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'strict' });
  expect(exitCode).toBe(1);
  expect(output).toMatch(
    /ERROR .*\bprod\b.*\bminor-step\b.*\[cdk-eks-upgrades:previewRefused\]/,
  );
});

test('works in diff only; CDK_EKS_UPGRADES_PREVIEW overrules, and --no-lookups turns it off', async () => {
  await app.edit('V1_35', 'V1_36');
  const isPreviewed = async (args: string[], env?: Record<string, string>) => {
    const { stdout, stderr, exitCode } = await app.cdk(args, env);
    expect(exitCode).toBe(0);
    return (stdout + stderr).includes(headingOf('prod'));
  };

  await app.cdk(['synth', '--quiet']); // looks the releases up
  expect(await isPreviewed(['synth', '--quiet'])).toBe(false);
  expect(await isPreviewed(['diff', '--method', 'template', '--no-lookups'])).toBe(false);
  expect(app.aws.requests.filter(({ service }) => service === 'eks')).toEqual([]);
  expect(await isPreviewed(['synth', '--quiet'], { CDK_EKS_UPGRADES_PREVIEW: 'on' })).toBe(true);
});

test('a value of CDK_EKS_UPGRADES_PREVIEW that means nothing is refused', async () => {
  const { exitCode, output } = await app.diff({ CDK_EKS_UPGRADES_PREVIEW: 'Strict' });

  expect(exitCode).toBe(1);
  expect(output).toMatch(/CDK_EKS_UPGRADES_PREVIEW .*'Strict'/);
});

test('what cannot be read is one warning: the diff is there, and the exit code as ever', async () => {
  await app.edit('V1_35', 'V1_36');
  app.aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied' });

  const { exitCode, output } = await app.diff();

  expect(exitCode).toBe(0);
  expect(output).toContain('Number of stacks with differences: 1');
  expect(output.match(new RegExp(`^WARNING ${INCOMPLETE}.*eks:DescribeCluster`, 'gm'))).toHaveLength(1);
  expect((await app.diff({}, '--fail')).exitCode).toBe(1);
});

describe('behind a proxy', () => {
  let proxy: ProxyStandIn;

  beforeEach(async () => { proxy = await new ProxyStandIn().start(); });
  afterEach(() => proxy.stop());

  test.each<[string, () => Record<string, string>, () => string[]]>([
    ['of the environment', () => proxy.environmentOf(app.aws), () => []],
    ['of --proxy', () => ({ ...proxy.environmentOf(app.aws), HTTP_PROXY: 'http://127.0.0.1:9' }), () => ['--proxy', proxy.url]],
  ])('%s', async (_, environment, args) => {
    await app.edit('V1_35', 'V1_36');
    const { output } = await app.diff(environment(), ...args());

    expect(blockIn(output)).toContain('1.35 → 1.36');
    expect(output).not.toContain(INCOMPLETE);
    expect(proxy.asked).toContain('eks.aws.test');
  });
});

test('credentials come from another plugin of the CLI where there are no others, whichever is named first', async () => {
  await app.edit('V1_35', 'V1_36');
  await app.configure({ plugin: ['cdk-eks-upgrades/preview', 'vault'] });
  writeFileSync(join(app.folder, 'modules/vault.js'), `
    exports.version = '1';
    exports.init = (host) => host.registerCredentialProviderSource({
      name: 'vault',
      isAvailable: async () => true,
      canProvideCredentials: async (account) => account === '111122223333',
      getProvider: async () => ({ accessKeyId: 'AKIAOFVAULT', secretAccessKey: 'secret' }),
    });
  `);
  const signedBy = new Set<string>();
  app.aws.admit = ({ action }, _, key) => signedBy.add(`${action} ${key}`).size > 0;

  const { output } = await app.diff({ AWS_ACCESS_KEY_ID: '' });
  expect(blockIn(output)).toContain('1.35 → 1.36');
  expect(output).not.toContain(INCOMPLETE);
  expect([...signedBy].filter((call) => call.startsWith('AssumeRole'))).toEqual(['AssumeRole AKIAOFVAULT']);
});

test('without credentials a diff with a template of the disk is there, too', async () => {
  await app.edit('maxSize: 9', 'maxSize: 10');

  const { exitCode, output } = await app.diff({ AWS_ACCESS_KEY_ID: '' }, '--template', 'deployed.json');

  expect(exitCode).toBe(0);
  expect(output).toContain('MaxSize');
  expect(output.match(/^WARNING the live state could not be read completely: .*Could not load credentials from any providers/gm)).toHaveLength(1);
});
