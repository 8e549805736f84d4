import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { HandlerBench } from './handler-bench';
import { guardEvent } from './handler-guard-bench';
import { BUNDLES } from '../../build-tools/bundles';
import type { CustomResourceEvent } from '../../src/handler/custom-resource-event';

const ROOT = join(__dirname, '..', '..');
const LAMBDA = `
  const context = { logGroupName: '/handler', logStreamName: 'stream', getRemainingTimeInMillis: () => 60000 };
  require(process.argv[1]).handler(JSON.parse(process.argv[2]), context).then(() => process.exit(0));
`;

/** Tells which files the function has loaded when it first calls AWS. */
const UNTIL_THE_FIRST_CALL = `
  require('node:diagnostics_channel').subscribe('http.client.request.start', () => {
    require('node:fs').writeSync(1, JSON.stringify(Object.keys(require.cache)));
    process.exit(0);
  });
`;

let folder: string;
let bench: HandlerBench;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  // as the build does, but to another place: other tests may read the build's
  await build({ ...BUNDLES.handler, absWorkingDir: ROOT, outdir: folder });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  bench = await HandlerBench.start();
});

afterEach(async () => {
  await bench.stop();
});

/** Runs the bundle in a process of its own that knows of nothing but its environment, and returns what it logged. */
async function invoke(event: CustomResourceEvent, before = ''): Promise<string> {
  const child = spawn(process.execPath, ['-e', before + LAMBDA, join(folder, 'index.js'), JSON.stringify(event)], {
    cwd: folder, env: bench.aws.environment, stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}

test('the bundled guard refuses', async () => {
  bench.aws.cloudFormation.putStack({ name: 'app', resources: [{ logicalId: 'Cluster', type: 'AWS::EKS::Cluster', physicalId: 'prod' }] });
  bench.aws.eks.addCluster({ version: '1.35', subnets: { 'subnet-a': 0 } });
  await invoke(guardEvent(bench));
  expect(JSON.parse(bench.deliveries[0].body)).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('[free-addresses]') });
});

test('the bundled guard holds the configuration of an add-on against its schema', async () => {
  bench.aws.eks.addCluster({ version: '1.35', addons: [{ name: 'coredns' }] });
  await invoke(guardEvent(bench, { AddOns: [{ Name: 'coredns', Policy: 'latest', Others: { ConfigurationValues: 'replicas: 3' } }] }));
  expect(JSON.parse(bench.deliveries[0].body)).toMatchObject({
    Status: 'FAILED', Reason: expect.stringMatching(/\[add-on-configuration:coredns\].*\breplicas\b/),
  });
});

test('the bundle resolves add-on versions, and logs lines of JSON', async () => {
  bench.aws.eks.addCluster({ version: '1.36' });
  const log = await invoke(bench.event({
    RequestType: 'Create',
    ResourceType: 'Custom::EksAddOnVersions',
    ResourceProperties: {
      ClusterName: 'prod', KubernetesVersion: '1.36', AddOns: [{ Name: 'vpc-cni', Policy: 'recommended', Attribute: 'VpcCni' }],
    },
  }));

  expect(JSON.parse(bench.deliveries[0].body)).toMatchObject({ Status: 'SUCCESS', Data: { VpcCni: 'v1.21.1-eksbuild.1' } });
  expect(log.trim().split('\n').map((line) => JSON.parse(line).message)).toEqual([
    'Create of Resource (Custom::EksAddOnVersions)', 'answer: SUCCESS',
  ]);
});

describe('before its first call of AWS', () => {
  /** The files, as they are called without the hash, and what they hold together, in bytes. */
  async function loadedFor(event: CustomResourceEvent): Promise<{ readonly files: string[]; readonly bytes: number }> {
    const output = await invoke(event, UNTIL_THE_FIRST_CALL);
    const files = JSON.parse(output.slice(output.lastIndexOf('\n') + 1)) as string[];
    return {
      files: files.map((file) => basename(file, '.js').replace(/-[A-Z\d]{8}$/, '')),
      bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    };
  }
  const LATER = [
    'guard-judgement', 'add-on-versions', 'step-functions', 'bake-end', 'yaml-template', 'configuration-schema', 'instance-quotas',
    'launches',
  ];

  test('all that can wait is a file of its own', () => {
    const pieces = readdirSync(folder).map((file) => file.replace(/-[A-Z\d]{8}\.js$/, ''));
    expect(pieces).toEqual(expect.arrayContaining(LATER));
  });

  test('the guard has loaded a third of the code, and nothing that judges', async () => {
    const { files, bytes } = await loadedFor(guardEvent(bench));
    expect(files).toContain('index');
    expect(LATER.filter((file) => files.includes(file))).toEqual([]);
    expect(bytes).toBeLessThan(450_000);
  });
});
