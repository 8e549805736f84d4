import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiServer } from './api-server';
import { deployWithApi } from './deployed-cluster';
import { allow, blockShop, createBlockedShop, mendBudget } from './eks-cluster';
import { UpgradeGuard } from '../../src';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { addCluster, clusterApp, NOW } from '../cli/_cluster-app';
import { runBinary, runCommand } from '../cli/_command-line';
import { readJsonOutput } from '../cli/json-schema';
import { previewOf } from '../plugin/_in-this-process';

const BLOCKS = '2 pods of Deployment web can never be evicted: PodDisruptionBudget web (minAvailable 2)';
const WANTED = { version: '1.36', release: '1.36.4-20260714' };
const LOOKING = UpgradeGuard.enforce({ workloads: true });

let api: ApiServer;
let aws: LocalAws;
let cwd: string;

beforeAll(async () => {
  api = await ApiServer.start(18_503);
  await createBlockedShop(api);
}, 400_000);
afterAll(async () => api?.stop());

withLocalAws(async (local) => {
  aws = local;
  await deployWithApi(aws, api);
  cwd = await clusterApp({ ...WANTED, upgradeGuard: LOOKING });
});
afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
  await blockShop(api);
});

const calls = (action: string) => aws.requests.filter((request) => request.action === action).length;

describe('plan', () => {
  test('judges its first deployment with what runs in the cluster', async () => {
    await allow(api, 'cluster-admin');
    const { exitCode, stdout } = await runCommand(['plan', '--json'], { cwd, now: NOW });
    const { clusters: [{ deployments }] } = readJsonOutput(stdout);
    expect(deployments[0].findings).toContainEqual(
      expect.objectContaining({ id: 'drain:shop/web', message: expect.stringContaining(BLOCKS) }),
    );
    expect(exitCode).toBe(1);

    await mendBudget(api);
    expect((await runCommand(['plan', '--json'], { cwd, now: NOW })).stdout).not.toContain('can never be evicted');
  });

  test('is complete without access, and says so once', async () => {
    const { exitCode, stdout } = await runCommand(['plan', '--json'], { cwd, now: NOW });
    expect(exitCode).toBe(0);
    expect(stdout.match(/"drain:unknown"/g)).toHaveLength(1);
  });
});

describe('the preview', () => {
  const preview = async (upgradeGuard?: UpgradeGuard) => (await previewOf(
    (app) => addCluster(app, { ...WANTED, upgradeGuard }),
  )).said.join('\n').replace(/\s+/g, ' ');

  test('says what blocks, where the guard looks into the cluster', async () => {
    await allow(api, 'cluster-admin');
    expect(await preview(LOOKING)).toContain(BLOCKS);
    expect(await preview()).not.toContain('shop/web');
    await mendBudget(api);
    expect(await preview(LOOKING)).not.toContain('can never be evicted');
  });

  test('says that it could not look, and all the rest, where the caller has no access', async () => {
    const said = await preview(LOOKING);
    expect(said).toContain('what runs in the cluster could not be read');
    expect(said).toContain('1.36');
  });
});

describe('--kubeconfig and --context, as users start it', () => {
  const drain = async (...args: string[]) => runBinary(
    ['drain', '--without-app', '--cluster', 'prod', '--region', 'us-west-2', ...args], { cwd, env: aws.environment },
  );

  test('reach the API server as kubectl does, without a token of EKS', async () => {
    const { exitCode, stdout, stderr } = await drain('--kubeconfig', api.kubeconfig, '--json'); // whoever signs may nothing
    expect(stderr).toBe('');
    expect(readJsonOutput(stdout).clusters[0]).toMatchObject({
      nodeGroups: ['workers'], nodes: 1, pods: 2, findings: [{ id: 'drain:shop/web' }],
    });
    expect(exitCode).toBe(1);
    expect(await drain('--kubeconfig', api.kubeconfig, '--context', 'test')).toMatchObject({
      exitCode: 1, stdout: expect.stringContaining(BLOCKS),
    });
    expect(calls('DescribeInstances')).toBe(0);
  });

  test.each<[string, string[], RegExp]>([
    ['a context that is none', ['--context', 'prodd'], /prod could not be looked into: the kubeconfig has no context 'prodd': it has test/],
    ['a file that is none', ['--kubeconfig', '/no/such/file'], /prod could not be looked into: the kubeconfig \/no\/such\/file could not be read: ENOENT/],
  ])('fail for %s', async (_, args, message) => {
    const { exitCode, stdout } = await drain('--kubeconfig', api.kubeconfig, ...args);
    expect(stdout).toMatch(message);
    expect(exitCode).toBe(3);
  });

  const kubeconfig = (server: string, user: object) => JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    'contexts': [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'users': [{ name: 'u', user }],
    'current-context': 'c',
  });

  test.each<[string, string, RegExp]>([
    ['that is not YAML', 'this: [is not\n', /the kubeconfig .*kubeconfig could not be read: unexpected end of the stream/],
    ['whose server is not reached by https', kubeconfig('http://127.0.0.1:8001', {}), /names 'http:\/\/127\.0\.0\.1:8001' as the server/],
    [
      'whose credentials come from a command that is missing',
      kubeconfig('https://127.0.0.1:9', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-command', interactiveMode: 'Never' } }),
      /the kubeconfig .*kubeconfig gives no credentials: the credential plugin 'no-such-command' was not found/,
    ],
  ])('fail for a file %s', async (_, text, message) => {
    const file = join(cwd, 'kubeconfig');
    await writeFile(file, text);
    expect(await drain('--kubeconfig', file)).toMatchObject({ exitCode: 3, stdout: expect.stringMatching(message) });
  });

  test('take the context that is named, not the current one', async () => {
    const file = join(cwd, 'kubeconfig');
    const [elsewhere, here] = [JSON.parse(kubeconfig('https://127.0.0.1:9', {})), JSON.parse(kubeconfig(api.url, { token: 'admin' }))];
    await writeFile(file, JSON.stringify({
      ...elsewhere,
      clusters: [...elsewhere.clusters, { ...here.clusters[0], name: 'here' }],
      users: [...elsewhere.users, { ...here.users[0], name: 'admin' }],
      contexts: [...elsewhere.contexts, { name: 'here', context: { cluster: 'here', user: 'admin' } }],
    }));
    expect(await drain('--kubeconfig', file)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('127.0.0.1:9 could not be reached') });
    expect(await drain('--kubeconfig', file, '--context', 'here')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(BLOCKS) });
  });

  test('look where kubectl does without --kubeconfig: into KUBECONFIG, else the home directory', async () => {
    const args = ['drain', '--without-app', '--cluster', 'prod', '--region', 'us-west-2', '--context', 'test'];
    expect(await runBinary(args, { cwd, env: { ...aws.environment, KUBECONFIG: api.kubeconfig } })).toMatchObject({
      exitCode: 1, stdout: expect.stringContaining(BLOCKS),
    });
    expect(await runBinary(args, { cwd, env: { ...aws.environment, KUBECONFIG: '', HOME: cwd } })).toMatchObject({
      exitCode: 3, stdout: expect.stringMatching(/^prod could not be looked into: there is no kubeconfig: .* give --kubeconfig <file>/),
    });
  });

  test('fail for a kubeconfig without a context', async () => {
    const file = join(cwd, 'kubeconfig');
    await writeFile(file, 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n');
    expect(await drain('--kubeconfig', file)).toMatchObject({
      exitCode: 3, stdout: expect.stringMatching(/the kubeconfig has no current context/),
    });
  });
});
