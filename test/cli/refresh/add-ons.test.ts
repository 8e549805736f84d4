import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AddOnVersion, EksAmiType, ManagedAddOn, ManagedAddOnOptions, TrackedAddOnChoice, UpgradableCluster } from '../../../src';
import { ExitCode } from '../../../src/cli/exit-code';
import { says, stays } from '../../../src/cli/messages';
import { noVersion } from '../../../src/engine/eks/add-on-version-choice';
import { sentence } from '../../../src/engine/messages/sentence';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { contextKey, importedVpc } from '../../node-group/_fixtures';
import { contextFileIn, endsWith, runCommand } from '../_command-line';
import { folderOf, STANDARD, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

const NOW = new Date('2026-11-20T12:00:00Z');
const LATEST = AddOnVersion.tracked({ choice: TrackedAddOnChoice.LATEST });
const keyOf = (addOn: string, choice = 'latest', kubernetesVersion = '1.36', cluster = 'prod') =>
  `cdk-eks-upgrades:add-on:account=111122223333:addOn=${addOn}:choice=${choice}:cluster=${cluster}:kubernetesVersion=${kubernetesVersion}:region=us-west-2`;
const [VPC_CNI, EBS] = ['vpc-cni', 'aws-ebs-csi-driver'].map((name) => keyOf(name));

interface AppOptions {
  readonly version?: string;
  readonly clusterName?: string;
  readonly vpcCni?: ManagedAddOnOptions;
  readonly groups?: boolean;
}

/** A cluster with vpc-cni and the EBS driver, the newest of both. */
function build({ version = '1.36', clusterName = 'prod', vpcCni, groups = false }: AppOptions = {}): (app: App) => void {
  return (app) => {
    const stack = stackIn(app, 'Prod');
    const cluster = new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of(version),
      clusterName: clusterName || undefined,
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [
        ManagedAddOn.vpcCni({ version: LATEST, ...vpcCni }), ManagedAddOn.ebsCsiDriver({ version: LATEST, neededByNodes: true }),
      ],
    });
    if (groups) cluster.addManagedNodeGroup('Workers', { eksAmiType: EksAmiType.AL2023_X86_64_STANDARD });
  };
}

let aws: LocalAws;
let cwd: string;

withLocalAws((local) => { aws = local; }, NOW);

afterEach(async () => rm(cwd, { recursive: true }));

async function appWith(context: Record<string, unknown>, options: AppOptions = {}): Promise<void> {
  cwd = await folderOf(context);
  synthesizeTo(cwd, build(options), context);
}

const refresh = async (args: string[] = [], now = NOW) => runCommand(['refresh', ...args], { cwd, now });
const refreshJson = async (args: string[] = [], now = NOW) => {
  const { exitCode, stdout } = await refresh(['--json', ...args], now);
  return { exitCode, ...readJsonOutput(stdout) };
};
const context = async () => JSON.parse(await readFile(contextFileIn(cwd), 'utf8'));

test('looks up what was never looked up, and the app can be synthesised', async () => {
  await appWith({ 'acme:key': 1 });
  expect(await refreshJson(['--soak', '7d'])).toMatchObject({
    exitCode: 0, dryRun: false, addOns: [{ outcome: 'moved', to: 'v1.22.0-eksbuild.1' }, { outcome: 'moved', to: 'v1.54.0-eksbuild.1' }],
  });

  expect(await context()).toEqual({
    'acme:key': 1, [VPC_CNI]: { version: 'v1.22.0-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' },
  });
  synthesizeTo(cwd, build(), await context());
  expect(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8')).toContain('"AddonVersion": "v1.22.0-eksbuild.1"');
});

test('moves what is newer, vpc-cni one minor at a time', async () => {
  await appWith({ [VPC_CNI]: { version: 'v1.20.1-eksbuild.3' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
  const { exitCode, stdout } = await refresh();

  expect(exitCode).toBe(0);
  expect(stdout).toBe(`\
vpc-cni of prod, Kubernetes 1.36, 111122223333/us-west-2
  moves from v1.20.1-eksbuild.3 to v1.21.1-eksbuild.1
  Prod/Cluster/AddOnVpcCni
  https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/v1.21.1

1 add-on up to date, 1 add-on moved in cdk.context.json: review with 'cdk diff'
`);
  expect((await context())[VPC_CNI]).toEqual({ version: 'v1.21.1-eksbuild.1' });

  await refresh();
  expect((await context())[VPC_CNI]).toEqual({ version: 'v1.22.0-eksbuild.1' });
});

describe('a version for some platform versions of the cluster', () => {
  beforeEach(async () => appWith({ [VPC_CNI]: { version: 'v1.22.0-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } }));

  const offerFor = (platformVersion: string) => aws.eks.catalog.addonVersions.push({
    addonName: 'vpc-cni', addonVersion: 'v1.22.4-eksbuild.1', clusterVersions: ['1.36'], defaultFor: [], platformVersions: [platformVersion],
  });
  const vpcCni = async () => (await refreshJson(['--only', 'vpc-cni'])).addOns[0];
  const MOVED = { outcome: 'moved', to: 'v1.22.4-eksbuild.1' };

  test.each([
    ['is passed over while the cluster has an older one', '1.36', 'eks.2+', { outcome: 'current' }],
    ['is taken where the cluster has one of them', '1.36', 'eks.1+', MOVED],
    ['is taken for the next minor, which brings the newest one', '1.35', 'eks.2+', MOVED],
  ])('%s', async (_, version, platformVersion, move) => {
    aws.eks.addCluster({ name: 'prod', version }); // on eks.1
    offerFor(platformVersion);

    expect(await vpcCni()).toMatchObject(move);
  });

  test('is taken for a cluster that does not exist yet', async () => {
    offerFor('eks.2+');
    expect(await vpcCni()).toMatchObject(MOVED);
  });

  test('is taken for a cluster that may not be read: the guard looks again', async () => {
    aws.eks.addCluster({ name: 'prod', version: '1.36' });
    offerFor('eks.2+');
    aws.fail({ service: 'eks', action: 'DescribeCluster', fault: 'accessDenied' });

    expect(await vpcCni()).toMatchObject(MOVED);
  });

  test('costs no look at the cluster where there is none', async () => {
    await vpcCni();
    expect(aws.requests.filter(({ action }) => action === 'DescribeCluster')).toEqual([]);
  });
});

describe("the add-on's configuration", () => {
  const NEXT = 'v1.22.0-eksbuild.1';
  const appOf = async (configurationValues: Record<string, unknown>) => appWith(
    { [VPC_CNI]: { version: 'v1.21.1-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } }, { vpcCni: { configurationValues } },
  );
  const vpcCni = async () => {
    const { exitCode, addOns: [addOn] } = await refreshJson(['--only', 'vpc-cni']);
    return { exitCode, ...addOn };
  };
  const asked = () => aws.requests.filter(({ action }) => action === 'DescribeAddonConfiguration').map(({ input }) => input.addonVersion);

  test('that fits the version to come does not stop it', async () => {
    await appOf({ env: { WARM_IP_TARGET: '2' } });

    expect(await vpcCni()).toMatchObject({ exitCode: 0, outcome: 'moved', to: NEXT });
    expect(asked()).toEqual([NEXT]);
  });

  test('that the version to come does not take keeps it where it is', async () => {
    await appOf({ env: { WARM_IPS: '2' } });

    const why = sentence(stays.configurationRefused({ name: 'vpc-cni', version: NEXT, objections: ['env.WARM_IPS is not known to it'] }));
    expect(await vpcCni()).toMatchObject({ exitCode: 1, outcome: 'unfit', from: 'v1.21.1-eksbuild.1', why });
    expect((await context())[VPC_CNI]).toEqual({ version: 'v1.21.1-eksbuild.1' });
    expect((await refresh()).stdout).toContain(why);
  });

  test('that nobody may hold against it is said, and the guard looks again', async () => {
    await appOf({ env: { WARM_IPS: '2' } });
    aws.fail({ service: 'eks', action: 'DescribeAddonConfiguration', fault: 'accessDenied' });

    const { configurationUnread, ...move } = await vpcCni();
    expect(move).toMatchObject({ exitCode: 0, outcome: 'moved', from: 'v1.21.1-eksbuild.1', to: NEXT });
    expect(configurationUnread).toContain('eks:DescribeAddonConfiguration');
    expect((await context())[VPC_CNI]).toEqual({ version: NEXT });
  });

  test('is not asked about where nothing moves, or nothing is configured', async () => {
    await appWith(
      { [VPC_CNI]: { version: NEXT }, [EBS]: { version: 'v1.48.0-eksbuild.2' } },
      { vpcCni: { configurationValues: { env: { WARM_IPS: '2' } } } },
    );

    expect((await refreshJson()).addOns).toMatchObject([{ outcome: 'current' }, { outcome: 'moved' }]);
    expect(asked()).not.toContain(NEXT);
  });
});

test('soaks from the day on which a refresh has first seen a version', async () => {
  await appWith({ [VPC_CNI]: { version: 'v1.21.1-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

  expect(await refreshJson(['--soak', '7d'])).toMatchObject({
    exitCode: 0,
    addOns: [
      { outcome: 'soaking', from: 'v1.21.1-eksbuild.1', to: 'v1.22.0-eksbuild.1', since: '2026-11-20' }, { outcome: 'current' },
    ],
  });
  expect((await refreshJson(['--soak', '7d'], later(6))).addOns[0]).toMatchObject({
    outcome: 'soaking', from: 'v1.21.1-eksbuild.1', to: 'v1.22.0-eksbuild.1', since: '2026-11-20', until: expect.stringMatching(/^2026-11-27T/),
  });
  const { mtimeMs } = await stat(contextFileIn(cwd));
  await refresh(['--soak', '7d'], later(6));
  expect((await stat(contextFileIn(cwd))).mtimeMs).toBe(mtimeMs); // nothing new to note

  expect(await refreshJson(['--soak', '7d'], later(7))).toMatchObject({
    addOns: [{ outcome: 'moved', to: 'v1.22.0-eksbuild.1' }, { outcome: 'current' }],
  });
  expect((await context())[VPC_CNI]).toEqual({ version: 'v1.22.0-eksbuild.1' });
});

test('a dry run notes nothing', async () => {
  await appWith({ [VPC_CNI]: { version: 'v1.21.1-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
  const before = await context();
  expect(await refreshJson(['--dry-run'])).toMatchObject({ dryRun: true, addOns: [{ outcome: 'moved' }, { outcome: 'current' }] });
  await refresh(['--dry-run', '--soak', '7d']);
  expect(await context()).toEqual(before);
});

test('a version that EKS no longer offers is flagged, and left behind only when that is allowed', async () => {
  await appWith({ [VPC_CNI]: { version: 'v1.22.9-eksbuild.1' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
  expect(await refreshJson()).toMatchObject({
    exitCode: 1, addOns: [{ outcome: 'withdrawn', from: 'v1.22.9-eksbuild.1', to: 'v1.22.0-eksbuild.1', isOlder: true }, { outcome: 'current' }],
  });
  expect((await context())[VPC_CNI]).toEqual({ version: 'v1.22.9-eksbuild.1' });

  expect(await refreshJson(['--allow-older'])).toMatchObject({
    exitCode: 0,
    addOns: [{ outcome: 'moved', from: 'v1.22.9-eksbuild.1', to: 'v1.22.0-eksbuild.1', wasWithdrawn: true }, { outcome: 'current' }],
  });
  expect((await context())[VPC_CNI]).toEqual({ version: 'v1.22.0-eksbuild.1' });
});

describe('what the cluster has', () => {
  test('goes before anything that EKS offers: vpc-cni of a live cluster is taken no further than its next minor', async () => {
    aws.eks.addCluster({ name: 'prod', version: '1.35', addons: [{ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }] });
    await appWith({});
    await refresh();
    expect((await context())[VPC_CNI]).toEqual({ version: 'v1.20.4-eksbuild.2' });
  });

  test('goes before an entry that it has overtaken, as the one of a minor from which it was rolled back', async () => {
    aws.eks.addCluster({ name: 'prod', version: '1.35', addons: [{ name: 'vpc-cni', version: 'v1.21.1-eksbuild.1' }] });
    await appWith({ [VPC_CNI]: { version: 'v1.19.6-eksbuild.7' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
    const { exitCode, stdout } = await refresh(['--soak', '7d']);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0, stdout: expect.stringContaining('from v1.19.6-eksbuild.7 to v1.21.1-eksbuild.1: the cluster already has v1.21.1-eksbuild.1'),
    });
    expect((await context())[VPC_CNI]).toEqual({ version: 'v1.21.1-eksbuild.1', seen: { 'v1.22.0-eksbuild.1': '2026-11-20' } });
  });

  test('holds vpc-cni at the next minor until that is deployed, however often it is refreshed', async () => {
    aws.eks.addCluster({ name: 'prod', version: '1.36', addons: [{ name: 'vpc-cni', version: 'v1.20.4-eksbuild.2' }] });
    await appWith({ [VPC_CNI]: { version: 'v1.20.4-eksbuild.2' }, [EBS]: { version: 'v1.54.0-eksbuild.1' } });
    await refresh();
    const entry = (await context())[VPC_CNI];
    expect(entry).toMatchObject({ version: 'v1.21.1-eksbuild.1' });

    const { exitCode, addOns } = await refreshJson();
    expect({ exitCode, addOns }).toMatchObject({
      exitCode: 0,
      addOns: [
        { outcome: 'undeployed', from: 'v1.21.1-eksbuild.1', installed: 'v1.20.4-eksbuild.2', to: 'v1.22.0-eksbuild.1' }, { outcome: 'current' },
      ],
    });
    expect((await context())[VPC_CNI]).toMatchObject({ version: 'v1.21.1-eksbuild.1' });
  });

  test('is found by the stack where CloudFormation has made up the name', async () => {
    aws.eks.addCluster({ name: 'Cluster-1', version: '1.35', addons: [{ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }] });
    await appWith({}, { clusterName: '' });
    const template = JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8'));
    const [logicalId] = Object.entries<any>(template.Resources).find(([, { Type }]) => Type === 'AWS::EKS::Cluster')!;
    aws.cloudFormation.putStack({
      name: 'Prod', status: 'CREATE_COMPLETE', template, resources: [{ logicalId, type: 'AWS::EKS::Cluster', physicalId: 'Cluster-1' }],
    });
    await refresh();
    expect((await context())[keyOf('vpc-cni', 'latest', '1.36', 'Prod/Cluster')]).toEqual({ version: 'v1.20.4-eksbuild.2' });
  });

  test('is what was tracked for the minor before, while there is no cluster', async () => {
    await appWith({ [keyOf('vpc-cni', 'recommended', '1.35')]: { version: 'v1.19.6-eksbuild.7' } });
    await refresh();
    expect(await context()).toMatchObject({
      [VPC_CNI]: { version: 'v1.20.4-eksbuild.2' }, [keyOf('vpc-cni', 'recommended', '1.35')]: { version: 'v1.19.6-eksbuild.7' },
    });
  });

  test('leaves no way where EKS offers nothing that can follow', async () => {
    aws.eks.addCluster({ name: 'prod', version: '1.35', addons: [{ name: 'vpc-cni', version: 'v1.19.6-eksbuild.7' }] });
    await appWith({}, { version: '1.37' });
    expect(await refreshJson()).toMatchObject({
      exitCode: 1,
      addOns: [{
        outcome: 'unfit',
        why: sentence(noVersion.leftBehind({
          name: 'vpc-cni', kubernetesVersion: '1.37', installed: 'v1.19.6-eksbuild.7', offered: 'v1.21.1-eksbuild.1, v1.22.0-eksbuild.1',
        })),
      }, {}],
    });
  });

  test.each([[{}], [{ [VPC_CNI]: { version: 'v1.20.1-eksbuild.3' } }]])('not known, nothing is taken beside %j', async (before) => {
    aws.eks.addCluster({ name: 'prod', version: '1.35', addons: [{ name: 'vpc-cni' }] });
    aws.fail({ service: 'eks', action: 'DescribeAddon', fault: 'accessDenied' });
    await appWith(before);
    expect(await refreshJson()).toMatchObject({
      exitCode: 3, addOns: [{ outcome: 'unreadable', why: expect.stringContaining('eks:DescribeAddon') }, {}],
    });
    expect(await context()).toEqual(before);
  });
});

describe('which', () => {
  const release = contextKey(STANDARD);
  const keys = async () => Object.keys(await context()).sort();
  beforeEach(async () => {
    aws.publishAmis({ minors: ['1.36'], date: '2026-07-14' });
    await appWith({}, { groups: true });
  });

  test.each<[string, string[], () => string[]]>([
    ['both by default', [], () => [EBS, VPC_CNI, release]],
    ['add-ons', ['--add-ons'], () => [EBS, VPC_CNI]],
    ['AMIs', ['--amis'], () => [release]],
    ['both named', ['--amis', '--add-ons'], () => [EBS, VPC_CNI, release]],
    ['one add-on', ['--only', 'vpc-cni'], () => [VPC_CNI]],
    ['one add-on by its path', ['--only', 'Prod/Cluster/AddOnVpcCni'], () => [VPC_CNI]],
    ['those of a cluster', ['--only', 'prod'], () => [EBS, VPC_CNI]],
    ['an add-on and a node group', ['--only', 'vpc-cni', '--only', 'Workers'], () => [VPC_CNI, release]],
    ['those of a stack', ['Prod'], () => [EBS, VPC_CNI, release]],
  ])('%s', async (_, args, expected) => {
    expect((await refresh(args)).exitCode).toBe(0);
    expect(await keys()).toEqual(expected().sort());
  });

  test('fails with a name that nothing has', async () => {
    const [workers, ...addOns] = [
      'NodegroupWorkers (AL2023_x86_64_STANDARD)', 'AddOnVpcCni (vpc-cni)', 'AddOnAwsEbsCsiDriver (aws-ebs-csi-driver)',
    ].map((name) => `Prod/Cluster/${name}`);
    const names = (pattern: string, ...lookUps: string[]) => endsWith(ExitCode.WRONG_USE, says.nothingLookedUp({ pattern, lookUps }));
    expect(await refresh(['--only', 'core-dns'])).toEqual(names('core-dns', workers, ...addOns));
    expect(await refresh(['--amis', '--only', 'vpc-cni'])).toEqual(names('vpc-cni', workers));
  });
});

test('the body of a pull request has the add-ons with their release notes beside the releases', async () => {
  aws.publishAmis({ minors: ['1.36'], date: '2026-07-14' });
  const pinned = {
    [VPC_CNI]: { version: 'v1.20.1-eksbuild.3' },
    [EBS]: { version: 'v1.99.0-eksbuild.1' },
    [contextKey(STANDARD)]: aws.ssm.valueOf(STANDARD),
  };
  aws.publishAmis({ minors: ['1.36'], date: '2026-08-11' });
  await appWith(pinned, { groups: true });
  expect((await refresh(['--markdown', 'body.md'])).exitCode).toBe(1);

  expect(await readFile(join(cwd, 'body.md'), 'utf8')).toBe(`\
These node groups roll to another AMI release when this is deployed:

| node group | AMI type | account and Region | from | to | published |
|---|---|---|---|---|---|
| Prod/Cluster/NodegroupWorkers | AL2023\\_x86\\_64\\_STANDARD | 111122223333/us-west-2 | 1.36.2-20260714 | [1.36.2-20260811](https://github.com/awslabs/amazon-eks-ami/releases/tag/v20260811) | 2026-08-11 |

These add-ons are updated when this is deployed:

| add-on | cluster | account and Region | Kubernetes | from | to |
|---|---|---|---|---|---|
| vpc-cni | prod | 111122223333/us-west-2 | 1.36 | v1.20.1-eksbuild.3 | [v1.21.1-eksbuild.1](https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/v1.21.1) |

Not taken:

- aws-ebs-csi-driver of prod, Kubernetes 1.36, 111122223333/us-west-2\\: withdrawn\\: EKS no longer offers v1.99.0-eksbuild.1, and v1.54.0-eksbuild.1 is the newest that is left, which is older; take it with --allow-older
`);
});

test('what cdk.json holds wins, and is named', async () => {
  await appWith({});
  await writeFile(join(cwd, 'cdk.json'), JSON.stringify({ app: 'cdk.out', context: { [VPC_CNI]: { version: 'v1.20.1-eksbuild.3' } } }));
  expect(await refreshJson(['--only', 'vpc-cni'])).toMatchObject({
    exitCode: 1, addOns: [{ outcome: 'unfit', why: sentence(stays.setInCdkJson({})) }],
  });
});
