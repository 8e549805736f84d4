import { rm } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { ApiServer } from './api-server';
import { deployWithApi } from './deployed-cluster';
import { allow, blockShop, createBlockedShop, giveApi, mendBudget, signAsNewCaller } from './eks-cluster';
import { UpgradeGuard } from '../../src';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { clusterApp, NOW } from '../cli/_cluster-app';
import { runCommand } from '../cli/_command-line';
import { readJsonOutput } from '../cli/json-schema';
import { HandlerBench } from '../handler/handler-bench';
import { findingsIn, guard, putCluster, startGuardBench } from '../handler/handler-guard-bench';

const BLOCKS = /^2 pods of Deployment web can never be evicted: PodDisruptionBudget web \(minAvailable 2\)/;

/** The access key that the local STS gives to whoever takes a role. */
const LOOKUP_ROLE = 'ASIAEXAMPLE';

let api: ApiServer;
beforeAll(async () => {
  api = await ApiServer.start(18_463);
  await createBlockedShop(api);
}, 400_000);
afterEach(async () => blockShop(api));
afterAll(async () => api?.stop());

describe('the command line', () => {
  let aws: LocalAws;
  let cwd: string;

  withLocalAws(async (local) => {
    aws = local;
    await deployWithApi(aws, api);
    cwd = await clusterApp({ version: '1.36', release: '1.36.4-20260714', upgradeGuard: UpgradeGuard.enforce({ workloads: true }) });
    await allow(api, 'cluster-admin');
  });
  afterEach(async () => rm(cwd, { recursive: true, force: true }));

  const WITHOUT_APP = ['--without-app', '--cluster', 'prod', '--region', 'us-east-1'];
  const run = async (...args: string[]) => runCommand(args, { cwd, now: NOW });

  test('drain names what blocks for ever, with an app and without, and ends with 1; mended, with 0', async () => {
    for (const how of [[], WITHOUT_APP, ['--node-group', 'workers']]) {
      const { exitCode, stdout, stderr } = await run('drain', '--json', ...how);
      expect(stderr).toBe('');
      const { clusters: [cluster] } = readJsonOutput(stdout);
      expect(cluster).toMatchObject({
        name: 'prod',
        nodeGroups: ['workers'],
        nodes: 1,
        pods: 2,
        drains: false,
        findings: [{ id: 'drain:shop/web', severity: 'error', subject: 'shop/web', message: expect.stringMatching(BLOCKS) }],
      });
      expect(exitCode).toBe(1);
    }
    expect((await run('drain')).stdout).toMatch(
      /^node group workers of prod \(1 node, 2 pods\) cannot drain\n\nERROR shop\/web \[drain:shop\/web\]\n {2}2 pods/,
    );

    await mendBudget(api);
    expect(await run('drain')).toEqual({
      exitCode: 0, stderr: '', stdout: 'node group workers of prod (1 node, 2 pods) drains: nothing stands in the way\n',
    });
  });

  test('drain fails for a node group that is none, and for a kubeconfig with many clusters', async () => {
    expect(await run('drain', '--node-group', 'wokers')).toMatchObject({
      exitCode: 2, stderr: expect.stringContaining("no node group 'wokers': it has workers"),
    });
    expect(await run('drain', '--without-app', '--cluster', 'a', '--cluster', 'b', '--context', 'x')).toMatchObject({
      exitCode: 2, stderr: expect.stringContaining('--kubeconfig and --context are of one cluster, and there are 2'),
    });
  });

  test('drain falls back to the role that reads AWS, where the caller has no access; where neither has, it names the caller', async () => {
    signAsNewCaller();
    expect(await run('drain')).toMatchObject({
      exitCode: 3, stdout: expect.stringMatching(`User "${process.env.AWS_ACCESS_KEY_ID}" cannot list .*docs/workloads.md`),
    });
    await allow(api, 'cluster-admin', LOOKUP_ROLE);
    expect(await run('drain')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('can never be evicted') });
    await api.call('DELETE', `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${LOOKUP_ROLE.toLowerCase()}-cluster-admin`);
  });

  test('check looks where the guard does, check --workloads everywhere', async () => {
    expect((await run('check', '--json')).stdout).toContain('"drain:shop/web"');
    const { stdout } = await run('check', '--workloads', ...WITHOUT_APP, '--json');
    expect(readJsonOutput(stdout).clusters[0].verdict.findings).not.toContainEqual(expect.objectContaining({ id: 'drain:unknown' }));
  });

  test('check and the guard\'s checks see single old nodes by their kubelets, and what newer versions treat otherwise', async () => {
    const nodeInfo = {
      architecture: '',
      bootID: '',
      containerRuntimeVersion: 'containerd://1.7.27',
      kernelVersion: '',
      kubeProxyVersion: '',
      machineID: '',
      operatingSystem: '',
      osImage: '',
      systemUUID: '',
    };
    const setKubelet = async (kubeletVersion: string) => api.patch('/api/v1/nodes/n1/status', { status: { nodeInfo: { ...nodeInfo, kubeletVersion } } });
    await api.create('/api/v1/namespaces/kube-system/configmaps', { metadata: { name: 'kube-proxy-config' }, data: { config: 'mode: ipvs\n' } });
    await mendBudget(api);
    const found = async () => {
      const { exitCode, stdout } = await run('check', '--workloads', '--json');
      return { exitCode, findings: readJsonOutput(stdout).clusters[0].verdict.findings as readonly { readonly id: string }[] };
    };

    await setKubelet('v1.32.9-eks-a1b2c3d');
    const old = await found();
    expect(old.findings).toContainEqual(expect.objectContaining({
      id: 'node-group-skew:workers',
      severity: 'error',
      reason: 'someTooFarBehind',
      details: ['n1: kubelet v1.32.9-eks-a1b2c3d'],
    }));
    expect(old.findings).toContainEqual(expect.objectContaining({ id: 'changed-behaviour:kube-proxy', severity: 'info', reason: 'ipvs' }));
    expect(old.exitCode).toBe(1);

    await setKubelet('v1.35.4-eks-a1b2c3d');
    expect((await found()).findings).not.toContainEqual(expect.objectContaining({ id: 'node-group-skew:workers' }));
  });

  test('a cluster that cannot be reached is 3 for drain and check --workloads, and an information for check where the guard looks', async () => {
    aws.eks.clusters.get('prod')!.config!.endpoint = 'https://127.0.0.1:9';
    const { exitCode, stdout } = await run('drain');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 3,
      stdout: expect.stringMatching(
        /^prod could not be looked into: the Kubernetes API at 127\.0\.0\.1:9 could not be reached: .*ECONNREFUSED/,
      ),
    });
    const checked = await run('check');
    expect(checked.exitCode).toBe(0);
    expect(checked.stdout).toMatch(/INFO cluster prod \[drain:unknown\]/); // the guard has access of its own
    const withoutApp = await run('check', '--workloads', ...WITHOUT_APP); // nothing is to roll
    expect(withoutApp).toMatchObject({ exitCode: 3, stdout: expect.stringMatching(/INFO cluster prod \[drain:unknown\]\n.*ECONNREFUSED/) });
    const { clusters: [status] } = readJsonOutput((await run('status', '--json')).stdout);
    expect(status).toMatchObject({
      gaps: [], findings: expect.arrayContaining([expect.objectContaining({ id: 'drain:unknown', severity: 'info' })]),
    });
  });
});

describe('the guard', () => {
  let bench: HandlerBench;
  beforeEach(async () => {
    bench = await startGuardBench();
    signAsNewCaller();
    giveApi(putCluster(bench), api);
  });
  afterEach(async () => bench.stop());

  const group = { LogicalId: 'Workers', Name: 'workers', Version: '1.36' };
  const roll = async (others: object = {}) => guard(bench, { Workloads: 'true', NodeGroups: [group], ...others });

  test('without access yet, it warns and lets through', async () => {
    expect(await roll()).toMatchObject({ Status: 'SUCCESS' });
    expect(findingsIn(bench)).toContain('drain:unknown');
  });

  test('does not hang where the API server takes the connection and says nothing: it warns and lets through', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
    const { port } = silent.address() as AddressInfo;
    const cluster = bench.aws.eks.clusters.get('prod')!;
    cluster.config = { ...cluster.config, endpoint: `https://127.0.0.1:${port}` };
    const started = Date.now();
    expect(await roll()).toMatchObject({ Status: 'SUCCESS' });
    expect(Date.now() - started).toBeLessThan(40_000); // five seconds, on a machine that has nothing else to do
    expect(findingsIn(bench)).toContain('drain:unknown');
    silent.close();
  });

  test('refuses a roll that a budget holds, passes when the finding is accepted, and when the budget is mended', async () => {
    await allow(api, 'cluster-admin');
    expect(await roll()).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('[drain:shop/web] shop/web: 2 pods of Deployment web can never be evicted'),
    });
    expect(await guard(bench, { NodeGroups: [group] })).toMatchObject({ Status: 'SUCCESS' }); // it does not look unless it is told to
    expect(await roll({ Ignore: ['drain:shop/web'] })).toMatchObject({ Status: 'SUCCESS' });
    expect(await roll({ NodeGroups: [{ ...group, Others: { ForceUpdateEnabled: true } }] })).toMatchObject({ Status: 'SUCCESS' });

    await mendBudget(api);
    expect(await roll()).toMatchObject({ Status: 'SUCCESS' });
  });
});
