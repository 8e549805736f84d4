import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { DefaultCapacityType, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { checked, previewOf, synthesize } from './_in-this-process';
import { UpgradableCluster, UpgradeGuard } from '../../src';
import { LocalAws } from '../aws/aws-server';
import { withLocalAws } from '../aws/with-local-aws';
import { runCommand } from '../cli/_command-line';
import { folderOf, synthesizeTo } from '../cli/_tracked-app';
import { ENV, importedVpc } from '../node-group/_fixtures';

interface Moved {
  readonly id?: string;
  readonly to?: 'Prod' | 'Other' | 'Nested';
  readonly clusterName?: string;
  readonly ignore?: string[];
  readonly removalPolicy?: RemovalPolicy;
}

/** A cluster, and a stack beside its own; it can be moved to that one, or into one that is nested in its own. */
const appWith = ({ id = 'Cluster', to = 'Prod', clusterName, ignore = [], removalPolicy }: Moved) => (app: App): void => {
  const stacks = ['Prod', 'Other'].map((name) => new Stack(app, name, { env: ENV }));
  const scope = to === 'Nested' ? new NestedStack(stacks[0], 'Nested') : stacks.find(({ node }) => node.id === to)!;
  const cluster = new UpgradableCluster(scope, id, {
    version: KubernetesVersion.of('1.35'),
    clusterName,
    vpc: importedVpc(scope, 'Vpc'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
    upgradeGuard: UpgradeGuard.enforce({ ignore }),
  });
  if (removalPolicy) cluster.applyRemovalPolicy(removalPolicy);
};

let aws: LocalAws;

withLocalAws((local) => {
  aws = local;
  aws.publishAmis({ minors: ['1.35', '1.36'], date: '2026-07-14' });
  aws.eks.addCluster({ name: 'prod', version: '1.35' });
}, new Date());

const deploy = (app: Moved) => aws.deploy('Prod', synthesize(appWith(app)).getStackByName('Prod').template, 'prod');

test.each<[Moved['to'], string | undefined]>([
  ['Other', undefined], ['Nested', undefined], ['Other', 'prod'], ['Nested', 'prod'],
])('a cluster that moves to %s, by the name %s, would be deleted: check and the strict preview refuse', async (to, clusterName) => {
  deploy({ clusterName });
  const moved = appWith({ to, clusterName });
  expect(await checked(moved)).toContain('cluster-replacement');
  const { said } = await previewOf(moved, { mode: 'strict' });
  expect(said.join()).toMatch(/\[cluster-replacement\][^[]*\bof stack Prod\b/);
  expect(said.join()).toMatch(/error previewRefused: .*\bcluster-replacement\b/);
  expect(await checked(appWith({ to, clusterName, ignore: ['cluster-replacement'] }))).not.toContain('cluster-replacement');
});

test('one that CloudFormation retains is not deleted', async () => {
  deploy({ clusterName: 'prod', removalPolicy: RemovalPolicy.RETAIN });
  expect((await previewOf(appWith({ to: 'Other', clusterName: 'prod' }))).said.join()).not.toContain('cluster-replacement');
});

test.each<[string, Moved]>([
  ['Other/Cluster', { to: 'Other' }], ['Prod/Renamed', { id: 'Renamed' }],
])('one without a name that CloudFormation retains is not taken for the one that is created: %s', async (path, moved) => {
  deploy({ removalPolicy: RemovalPolicy.RETAIN });
  const cwd = await folderOf();
  synthesizeTo(cwd, appWith(moved));
  const { stdout } = await runCommand(['check', '--json'], { cwd, now: new Date() });
  expect(JSON.parse(stdout).clusters).toMatchObject([{ path, toBeCreated: true }]);
});

test('one that stays is not taken for one that moves', async () => {
  deploy({});
  expect((await previewOf(appWith({}))).said).toEqual([]);
});
