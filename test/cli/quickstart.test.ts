import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyOfExample, runCdk } from './cdk-cli';
import { LocalAws } from '../aws/aws-server';
import { publishAmis } from '../aws/published-amis';

const WORKERS = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version';
const BOTTLEROCKET = '/aws/service/bottlerocket/aws-k8s-1.36/arm64/latest/image_version';
const GPU = '/aws/service/eks/optimized-ami/1.36/amazon-linux-2023/x86_64/nvidia/recommended/release_version';

const keyOf = (parameter: string) => `ssm:account=111122223333:parameterName=${parameter}:region=us-west-2`;

let aws: LocalAws;
let cwd: string;

beforeEach(async () => {
  aws = await LocalAws.start();
  publishAmis(aws.ssm, { minors: ['1.36', '1.37'], date: '2026-07-14' });
  cwd = await copyOfExample('quickstart');
});

afterEach(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true });
});

async function cdk(...args: string[]) {
  const { exitCode, stdout, stderr } = await runCdk(args, { cwd, env: aws.environment, hurry: true });
  return { exitCode, output: stdout + stderr };
}

const lookups = () => aws.requests.filter(({ service }) => service === 'ssm').map(({ input }) => input.Name);

async function pinned(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(join(cwd, 'cdk.context.json'), 'utf8'));
}

async function deployed(): Promise<string> {
  await copyFile(join(cwd, 'cdk.out/Quickstart.template.json'), join(cwd, 'deployed.json'));
  return 'deployed.json';
}

async function edit(before: string, after: string): Promise<void> {
  const source = await readFile(join(cwd, 'app.ts'), 'utf8');
  expect(source).toContain(before);
  await writeFile(join(cwd, 'app.ts'), source.replace(before, after));
}

/** The properties that a diff changes, as `<logical ID or path of the resource>: <property>`. */
function changesIn(diff: string): string[] {
  let resource = '';
  return diff.split('\n').flatMap((line) => {
    resource = /^\[[~+-]\] \S+ (\S+)/.exec(line)?.[1] ?? resource;
    const property = /[├└]─ \[[~+-]\] ([A-Z]\w+)$/.exec(line)?.[1];
    return property ? [`${resource}: ${property}`] : [];
  });
}

test('the first synth looks each parameter up once, the second asks nobody, and a new AMI shows only after its entry is reset', async () => {
  expect(await cdk('synth', '-q')).toMatchObject({ exitCode: 0 });
  expect(lookups().sort()).toEqual([BOTTLEROCKET, WORKERS, GPU].sort());
  expect(await pinned()).toMatchObject({ [keyOf(WORKERS)]: '1.36.2-20260714', [keyOf(GPU)]: '1.36.2-20260714' });

  aws.clearRequests();
  publishAmis(aws.ssm, { minors: ['1.36'], date: '2026-07-28' });
  const unchanged = await cdk('diff', '--template', await deployed());
  expect(unchanged.output).toContain('There were no differences');
  expect(aws.requests).toEqual([]);

  expect(await cdk('context', '--reset', keyOf(WORKERS))).toMatchObject({ exitCode: 0 });
  const refreshed = await cdk('diff', '--template', 'deployed.json');
  expect(changesIn(refreshed.output)).toEqual(['Cluster/UpgradeGuard: Judged', 'Cluster/NodegroupWorkers: ReleaseVersion']);
  const readme = await readFile(join(__dirname, '../../README.md'), 'utf8');
  expect(readme).toContain('For a new AMI alone, the diff shows two properties: `ReleaseVersion` of the node group, and `Judged`.');
  expect(refreshed.output).toContain('[-] 1.36.2-20260714');
  expect(refreshed.output).toContain('[+] 1.36.2-20260728');
  expect(lookups()).toEqual([WORKERS]);
});

// Bottlerocket publishes the same release for several minors
test('a new Kubernetes version moves the control plane, and each node group as a pair', async () => {
  await cdk('synth', '-q');
  await edit('V1_36', 'V1_37');

  const diff = await cdk('diff', '--template', await deployed());

  expect(changesIn(diff.output).sort()).toEqual([
    'Cluster/AddOnVersions: KubernetesVersion',
    'Cluster/NodegroupBottlerocket: Version',
    'Cluster/NodegroupWorkers: ReleaseVersion',
    'Cluster/NodegroupWorkers: Version',
    'Cluster/UpgradeGuard: Judged',
    'Cluster: Version',
    'Gpu: ReleaseVersion',
    'Gpu: Version',
  ].sort());
});

test('all look-ups of AMIs are reset with one glob', async () => {
  await cdk('synth', '-q');

  expect(await cdk('context', '--reset', 'ssm:*/aws/service/**')).toMatchObject({ exitCode: 0 });

  expect(Object.keys(await pinned())).toEqual(['availability-zones:account=111122223333:region=us-west-2']);
});

test('fails for a parameter that is missing, naming parameter, AMI type, version and remedy', async () => {
  aws.ssm.remove(BOTTLEROCKET);

  const { exitCode, output } = await cdk('synth', '-q');

  expect(exitCode).toBe(1);
  expect(output).toContain(`SSM parameter '${BOTTLEROCKET}' for AMI type BOTTLEROCKET_ARM_64 and Kubernetes 1.36 could not be read`);
  expect(output).toContain('AmiTracking.pinned()');
  expect(output).toContain('[cdk-eks-upgrades:releaseLookupFailed]');
  expect(await pinned()).not.toHaveProperty([keyOf(BOTTLEROCKET)]);
});

test.each([
  ['accessDenied', 'not authorized to perform: ssm:GetParameter'],
  ['throttled', 'Rate exceeded'],
  ['connectionRefused', 'ECONNREFUSED'],
  ['serverError', 'internal error'],
] as const)('fails when the look-up meets %s, with what AWS said and the remedy', async (fault, message) => {
  aws.fail({ service: 'ssm', fault });

  const { exitCode, output } = await cdk('synth', '-q');

  expect(exitCode).toBe(1);
  expect(output).toContain(message);
  expect(output).toContain(WORKERS);
  expect(output).toContain('nothing was cached');
});

test.each([
  ['of another minor', '1.35.4-20260714', 'a release of Kubernetes 1.35, but the node group runs 1.36', 'releaseOfOtherMinor'],
  ['malformed', 'latest', "'latest' is not a release version of AL2023_x86_64_STANDARD", 'releaseMalformed'],
])('fails for a value that is %s, naming the entry to reset', async (_, value, message, id) => {
  aws.ssm.put(WORKERS, value);

  const { exitCode, output } = await cdk('synth', '-q');

  expect(exitCode).toBe(1);
  expect(output).toContain(`SSM parameter '${WORKERS}' holds '${value}'`);
  expect(output).toContain(message);
  expect(output).toContain(`cdk context --reset "${keyOf(WORKERS)}"`);
  expect(output).toContain(`[cdk-eks-upgrades:${id}]`);
});
