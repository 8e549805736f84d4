import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateCertificateAuthorityCommand, UpdateNodegroupVersionCommand } from '@aws-sdk/client-eks';
import { KubernetesVersion as AwsEksVersion } from 'aws-cdk-lib/aws-eks';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AmiTracking, ClusterUpgrades, EksAmiType, ManagedAddOn, TrackedAmiRelease } from '../../../src';
import { ExitCode } from '../../../src/cli/exit-code';
import { cannot, says } from '../../../src/cli/messages';
import { Finding } from '../../../src/engine/judgement/finding';
import { sentence } from '../../../src/engine/messages/sentence';
import { awsClients } from '../../../src/live/aws-clients';
import { LocalAws } from '../../aws/aws-server';
import { insight } from '../../aws/sample-insights';
import { withLocalAws } from '../../aws/with-local-aws';
import { awsEksCluster } from '../../cluster/_aws-eks';
import { NO_STAGING } from '../../cluster/_fixtures';
import { idsOf } from '../../examples/_example-app';
import { importedVpc } from '../../node-group/_fixtures';
import { addCluster, clusterApp, ClusterAppOptions, deployCluster, deployStack, failedUpdate, NOW } from '../_cluster-app';
import { endsWith, runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

let aws: LocalAws;
let cwd: string;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14', patch: 4 });
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

async function appOf(...clusters: ClusterAppOptions[]): Promise<void> {
  cwd = await clusterApp(...clusters);
  for (const { stack = 'Prod' } of clusters) await deployStack(aws, cwd, stack);
}

const status = async (...args: string[]) => runCommand(['status', ...args], { cwd, now: NOW });
const statusJson = async (...args: string[]) => {
  const { exitCode, stdout } = await status('--json', ...args);
  return { exitCode, ...readJsonOutput(stdout) };
};

test('what is live, declared and newest', async () => {
  deployCluster(aws);
  await appOf({});
  aws.publishAmis({ minors: ['1.35'], date: '2026-11-10', patch: 4 });

  const { exitCode, clusters, releases } = await statusJson();

  expect(clusters).toMatchObject([{
    name: 'prod',
    version: '1.35',
    declaredVersion: '1.35',
    support: { kind: 'standard', ends: '2027-03-27', days: 122 },
    nodeGroups: [{
      name: 'workers',
      live: '1.35.4-20260714',
      declared: '1.35.4-20260714',
      recommended: '1.35.4-20261110',
      ageDays: 134,
      recommendedForDays: 15,
    }],
    addOns: [{ name: 'vpc-cni', live: 'v1.20.1-eksbuild.3', declared: 'recommended', newest: 'v1.22.0-eksbuild.1' }],
  }]);
  expect(releases).toEqual([]);
  expect(exitCode).toBe(0);
});

test('a certificate authority that comes next: when EKS activates it, and which nodes are older', async () => {
  deployCluster(aws);
  await appOf({});
  expect((await statusJson()).clusters[0].certificateAuthority).toEqual({ notAfter: expect.any(String) });

  aws.clock.advance(3600_000);
  const client = awsClients({ maxAttempts: 1 }).eks;
  await client.send(new CreateCertificateAuthorityCommand({ clusterName: 'prod' }));
  aws.eks.finishUpdates();

  expect((await statusJson()).clusters[0].certificateAuthority.successor).toMatchObject({
    distribution: 'COMPLETE', olderNodeGroups: ['workers'],
  });

  await client.send(new UpdateNodegroupVersionCommand({ clusterName: 'prod', nodegroupName: 'workers' }));
  aws.eks.finishUpdates();
  expect((await statusJson()).clusters[0].certificateAuthority.successor).toMatchObject({ distribution: 'COMPLETE', olderNodeGroups: [] });
});

test('findings are counted, and the exit code tells of them', async () => {
  deployCluster(aws).nodegroups.get('workers')!.issues = [{ code: 'AsgInstanceLaunchFailures', message: 'no capacity', resourceIds: [] }];
  await appOf({ version: '1.37', release: '1.37.4-20260714' });
  await deployStack(aws, cwd, 'Prod', [failedUpdate('workers')]);

  const { exitCode, clusters: [{ findings }] } = await statusJson();

  expect(findings.map(({ id }: Finding) => id)).toEqual(expect.arrayContaining(['version-drift', 'node-group-health:workers']));
  const errors = findings.filter(({ severity }: Finding) => severity === 'error').length;
  expect((await status()).stdout).toMatch(new RegExp(`^ {2}${errors} errors?\\b`, 'm'));
  expect(exitCode).toBe(1);
});

test('a cluster that cannot be read is a row that says why, and the others are read', async () => {
  deployCluster(aws, 'good');
  await appOf(
    { stack: 'Good', clusterName: 'good' }, { stack: 'Gone', clusterName: 'gone', env: { account: '999988887777', region: 'us-west-2' } },
  );
  aws.fail({ service: 'sts', action: 'AssumeRole', fault: 'accessDenied' });

  const { exitCode, clusters } = await statusJson();

  expect(clusters).toMatchObject([
    { name: 'gone', account: '999988887777', unreadable: expect.stringMatching(/111122223333.*999988887777/) }, { name: 'good', version: '1.35' },
  ]);
  expect(exitCode).toBe(3);
});

test('what EKS finds configured wrongly is a row', async () => {
  deployCluster(aws).insights.push(
    insight({ name: 'Hybrid nodes', category: 'MISCONFIGURATION', status: 'PASSING' }),
    insight({
      name: 'Amazon VPC CNI configuration',
      category: 'MISCONFIGURATION',
      status: 'WARNING',
      insightStatus: {
        status: 'WARNING', reason: 'Two\nplugins.',
      },
    }),
  );
  await appOf({});
  expect((await statusJson()).clusters[0].misconfigurations)
    .toEqual([{ name: 'Amazon VPC CNI configuration', status: 'WARNING', reason: 'Two\nplugins.' }]);
});

test('what is not known of a cluster is said', async () => {
  deployCluster(aws);
  await appOf({});
  aws.fail({ service: 'eks', action: 'ListNodegroups', fault: 'accessDenied' });

  const { exitCode, clusters: [cluster] } = await statusJson();

  expect(cluster.gaps).toEqual([expect.stringContaining('eks:ListNodegroups')]);
  expect(exitCode).toBe(3);
});

describe('clusters that somebody else makes', () => {
  const workers = {
    nodegroupName: 'workers', kubernetesVersion: KubernetesVersion.V1_35, eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, releaseVersion: '1.35.4-20260714',
  };

  test('of aws-eks, found by what its custom resource made', async () => {
    deployCluster(aws, 'made-up-by-the-handler');
    cwd = await folderOf();
    synthesizeTo(cwd, (app) => {
      const stack = stackIn(app, 'Prod');
      const cluster = awsEksCluster(stack, { version: AwsEksVersion.of('1.35') });
      ClusterUpgrades.ofAwsEks(stack, 'Upgrades', {
        cluster, managedAddOns: [ManagedAddOn.vpcCni()],
      }).addManagedNodeGroup('Workers', workers);
    }, NO_STAGING);
    const template = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
    const name = 'made-up-by-the-handler';
    const resources = [
      ['Custom::AWSCDK-EKS-Cluster', name], ['AWS::EKS::Nodegroup', `${name}/workers`], ['AWS::EKS::Addon', `${name}|vpc-cni`],
    ].flatMap(
      ([type, physicalId]) => idsOf(template, type).map((logicalId) => ({ logicalId, physicalId, type, status: 'CREATE_COMPLETE' })),
    );
    aws.cloudFormation.putStack({ name: 'Prod', status: 'UPDATE_COMPLETE', template, resources });

    expect((await statusJson()).clusters).toMatchObject([{
      name: 'made-up-by-the-handler',
      path: 'Prod/Cluster',
      version: '1.35',
      declaredVersion: '1.35',
      nodeGroups: [{ name: 'workers', live: '1.35.4-20260714', declared: '1.35.4-20260714' }],
      addOns: [{ name: 'vpc-cni', declared: 'recommended' }],
      findings: [],
    }]);
  });

  test('of another app: where the control plane is not there yet, that is said', async () => {
    deployCluster(aws);
    cwd = await folderOf();
    synthesizeTo(cwd, (app) => {
      const stack = stackIn(app, 'Nodes');
      ClusterUpgrades.ofImported(stack, 'Upgrades', {
        clusterName: 'prod', version: KubernetesVersion.V1_36, vpc: importedVpc(stack, 'Vpc'),
      })
        .addManagedNodeGroup('Workers', workers);
    });
    await deployStack(aws, cwd, 'Nodes');

    const { exitCode, clusters } = await statusJson();
    expect(clusters).toMatchObject([{
      name: 'prod',
      path: 'Nodes/Upgrades',
      version: '1.35',
      nodeGroups: [{ name: 'workers', declared: '1.35.4-20260714' }],
      findings: expect.arrayContaining([expect.objectContaining({ id: 'control-plane-elsewhere', severity: 'error' })]),
    }]);
    expect(exitCode).toBe(1);
  });
});

test('a cluster that is still to be created', async () => {
  await appOf({});

  expect(await statusJson()).toMatchObject({
    exitCode: 0, clusters: [{ name: 'prod', account: '111122223333', region: 'us-west-2', toBeCreated: true }],
  });
});

test('an app without clusters', async () => {
  await appOf();

  expect(await statusJson()).toMatchObject({ exitCode: 0, clusters: [], releases: [] });
});

test('the most urgent comes first', async () => {
  const versions = { old: '1.32', standard: '1.36', ending: '1.34', broken: '1.36' };
  Object.entries(versions).forEach(([name, version]) => aws.eks.addCluster({ name, version }));
  aws.eks.clusters.get('broken')!.status = 'FAILED';
  await appOf(...Object.entries(versions).map(([clusterName, version]) => ({
    stack: clusterName,
    clusterName,
    version: clusterName === 'broken' ? '1.37' : version,
    release: `${clusterName === 'broken' ? '1.37' : version}.1-20260714`,
  })));
  await deployStack(aws, cwd, 'broken', [failedUpdate('cluster', 'broken')]);

  expect((await statusJson()).clusters.map(({ name }: { name: string }) => name)).toEqual(['broken', 'old', 'ending', 'standard']);
});

test('only the clusters of the stacks that were named', async () => {
  deployCluster(aws, 'blue');
  deployCluster(aws, 'green');
  await appOf({ stack: 'Blue', clusterName: 'blue' }, { stack: 'Green', clusterName: 'green' });

  expect((await statusJson('B*')).clusters).toMatchObject([{ name: 'blue' }]);
  expect(aws.requests.filter(({ input }) => JSON.stringify(input).includes('green'))).toEqual([]);
});

test('each account and Region with its lookup role, and its catalog once', async () => {
  ['one', 'two', 'three'].forEach((name) => deployCluster(aws, name));
  await appOf(
    { stack: 'One', clusterName: 'one' }, { stack: 'Two', clusterName: 'two' },
    { stack: 'Three', clusterName: 'three', env: { account: '999988887777', region: 'eu-west-1' } },
  );

  expect(await status()).toMatchObject({ exitCode: 0 });
  expect(aws.requests.filter(({ action }) => action === 'AssumeRole').map(({ input }) => input.RoleArn)).toEqual([
    'arn:aws:iam::111122223333:role/cdk-hnb659fds-lookup-role-111122223333-us-west-2',
    'arn:aws:iam::999988887777:role/cdk-hnb659fds-lookup-role-999988887777-eu-west-1',
  ]);
  expect(aws.requests.filter(({ action }) => action === 'DescribeClusterVersions')).toHaveLength(2);
});

describe('tracked releases without a node group', () => {
  const karpenter = (tracking: AmiTracking) => (app: App) => void new TrackedAmiRelease(stackIn(app, 'Nodes'), 'Karpenter', {
    eksAmiType: EksAmiType.AL2023_X86_64_STANDARD, kubernetesVersion: KubernetesVersion.V1_35, amiTracking: tracking,
  });

  beforeEach(async () => {
    cwd = await folderOf();
    synthesizeTo(cwd, karpenter(AmiTracking.pinned('1.35.3-20260611')));
  });

  test('what is declared and what AWS recommends, without any cluster', async () => {
    expect((await statusJson()).releases).toEqual([{
      path: 'Nodes/Karpenter',
      account: '111122223333',
      region: 'us-west-2',
      amiType: 'AL2023_x86_64_STANDARD',
      kubernetesVersion: '1.35',
      declared: '1.35.3-20260611',
      ageDays: 167,
      recommended: '1.35.4-20260714',
      recommendedForDays: 134,
    }]);
  });

  test('ages are told in days, and one day as one', async () => {
    const shown = async (release: string) => {
      synthesizeTo(cwd, karpenter(AmiTracking.pinned(release)));
      return (await status()).stdout;
    };
    aws.publishAmis({ minors: ['1.35'], date: '2026-11-23', patch: 4 });
    expect(await shown('1.35.4-20261124')).toMatch(/ 1 day old, the newest is out for 2 days$/m);
    aws.publishAmis({ minors: ['1.35'], date: '2026-11-24', patch: 4 });
    expect(await shown('1.35.4-20261123')).toMatch(/ 2 days old, the newest is out for 1 day$/m);
  });

  test('a release that the deployment chooses', async () => {
    synthesizeTo(cwd, karpenter(AmiTracking.recommendedAtDeployment()));

    const [release] = (await statusJson()).releases;
    expect(release).toMatchObject({ recommended: '1.35.4-20260714' });
    expect(release).not.toHaveProperty('declared');
  });

  test('what cannot be read is said', async () => {
    aws.fail({ service: 'ssm', fault: 'accessDenied' });

    expect(await statusJson()).toMatchObject({
      exitCode: 3, releases: [{ path: 'Nodes/Karpenter', unreadable: expect.stringContaining('ssm:GetParameter') }],
    });
  });

  test('of other stacks than those that were named: not asked for', async () => {
    deployCluster(aws);
    synthesizeTo(cwd, (app) => { karpenter(AmiTracking.pinned('1.35.3-20260611'))(app); addCluster(app); });

    expect((await statusJson('Prod')).releases).toEqual([]);
    expect((await statusJson('Nodes')).clusters).toEqual([]);
  });
});

test('no more calls at once in an account and Region than --concurrency allows', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `prod-${index}`);
  names.forEach((name) => deployCluster(aws, name));
  await appOf(...names.map((name) => ({ stack: name, clusterName: name })));
  aws.fail({ service: 'eks', fault: 'slow', delayMillis: 5 });

  const mostWith = async (...args: string[]) => {
    aws.clearRequests();
    await status(...args);
    return aws.mostAtOnceOf('eks');
  };
  expect(await mostWith('--concurrency', '2')).toBe(2);
  expect(await mostWith()).toBeGreaterThan(2);
});

describe('an app that is synthesised for it, by a CLI that only says how it was called', () => {
  beforeEach(async () => {
    deployCluster(aws);
    await appOf({});
    await rename(join(cwd, 'cdk.out'), join(cwd, 'made'));
    await mkdir(join(cwd, 'node_modules/aws-cdk/bin'), { recursive: true });
    await writeFile(join(cwd, 'node_modules/aws-cdk/package.json'), JSON.stringify({ bin: { cdk: 'bin/cdk' } }));
    await writeFile(join(cwd, 'node_modules/aws-cdk/bin/cdk'), `
      const { cpSync, writeFileSync } = require('node:fs');
      writeFileSync('called.json', JSON.stringify({ args: process.argv.slice(2), preview: process.env.CDK_EKS_UPGRADES_PREVIEW }));
      cpSync('made', process.argv[process.argv.indexOf('--output') + 1], { recursive: true });
    `);
  });

  const called = async () => JSON.parse(await readFile(join(cwd, 'called.json'), 'utf8'));

  test('by what cdk.json says, and where it says; without a preview', async () => {
    await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app: 'python3 app.py', output: 'build' }));

    expect((await statusJson()).clusters).toMatchObject([{ name: 'prod', version: '1.35' }]);
    expect(await called()).toEqual({ args: ['synth', '--quiet', '--ignore-errors', '--output', 'build'], preview: 'off' });
  });

  test('by another command, with a profile, which reads AWS, too', async () => {
    await statusJson('--app', 'go run .');
    expect((await called()).args).toEqual(['synth', '--quiet', '--ignore-errors', '--output', 'cdk.out', '--app', 'go run .']);

    await rm(join(cwd, 'cdk.out'), { recursive: true });
    const { clusters } = await statusJson('--app', 'go run .', '--profile', 'nobody');
    expect((await called()).args.slice(-2)).toEqual(['--profile', 'nobody']);
    expect(clusters).toMatchObject([{
      unreadable: expect.stringContaining(
        'with profile nobody, sts:GetCallerIdentity failed: CredentialsProviderError: Could not resolve credentials using profile: [nobody]',
      ),
    }]);
  });
});

describe('without an app', () => {
  beforeEach(() => {
    cwd = '/nowhere';
    deployCluster(aws);
  });

  test('a cluster by its name', async () => {
    expect(await statusJson('--without-app', '--cluster', 'prod', '--region', 'us-west-2')).toMatchObject({
      exitCode: 0, clusters: [{ name: 'prod', region: 'us-west-2', version: '1.35', support: { kind: 'standard' } }],
    });
    expect(aws.requests.filter(({ service }) => service === 'cloudformation')).toEqual([]);
  });

  test('a cluster that does not exist', async () => {
    expect(await statusJson('--without-app', '--cluster', 'prot')).toMatchObject({
      exitCode: 3, clusters: [{ name: 'prot', unreadable: sentence(cannot.findCluster({})) }],
    });
  });

  test.each([
    [['--without-app'], sentence(says.noCluster({}))],
    [['--without-app', '--cluster', 'prod', 'Stack'], sentence(says.stacksWithoutApp({}))],
    [['--cluster', 'prod'], sentence(says.clusterOfApp({}))],
    [['--concurrency', '0'], sentence(says.notWhole({}))],
    [['--colour'], "unknown option '--colour'"],
  ])('fails for %j', async (args, message) => {
    expect(await status(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});

test('a cluster that is registered, and so has no version, is one row; the others are read', async () => {
  deployCluster(aws);
  await appOf({});
  Object.assign(aws.eks.addCluster({ name: 'registered', version: '1.36' }), { version: undefined, status: 'PENDING' });
  aws.eks.addCluster({ name: 'other', version: '1.35' });

  const { exitCode, clusters } = await statusJson(
    '--without-app', '--cluster', 'registered', '--cluster', 'other', '--region', 'us-west-2',
  );

  expect(clusters).toMatchObject([
    { name: 'registered', unreadable: expect.stringContaining('PENDING') }, { name: 'other', region: 'us-west-2', version: '1.35' },
  ]);
  expect(exitCode).toBe(3);
});

test('fails where nothing names a Region before AWS is asked', async () => {
  await appOf({});
  aws.clearRequests();
  const before = process.env;
  process.env = {
    ...before,
    AWS_REGION: '',
    AMAZON_REGION: '',
    AWS_DEFAULT_REGION: '',
    AMAZON_DEFAULT_REGION: '',
    AWS_CONFIG_FILE: join(cwd, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(cwd, 'none'),
  };
  try {
    expect(await status('--without-app', '--cluster', 'prod')).toEqual(endsWith(ExitCode.WRONG_USE, says.noRegion({})));
    expect(aws.requests).toEqual([]);
  } finally {
    process.env = before;
  }
});

test('names --without-app where there is no app', async () => {
  await appOf({});
  await rm(join(cwd, 'cdk.json'));
  expect(await status()).toEqual(endsWith(ExitCode.WRONG_USE, says.noApp({ folder: cwd, goesWithoutApp: true })));
});

test.each([
  [['--cluster', ''], says.clusterEmpty({})],
  [['--cluster', ' '], says.clusterEmpty({})],
  [['--cluster', 'prod', '--cluster', ''], says.clusterEmpty({})],
  [['--cluster', 'prod', '--region', ''], says.regionEmpty({})],
])('fails for %j before AWS is asked', async (options, message) => {
  await appOf({});
  aws.clearRequests();
  expect(await status('--without-app', ...options)).toEqual(endsWith(ExitCode.WRONG_USE, message));
  expect(aws.requests).toEqual([]);
});
