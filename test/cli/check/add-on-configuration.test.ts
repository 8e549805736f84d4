import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AddOnVersion, ManagedAddOn, ManagedAddOnOptions, UpgradableCluster } from '../../../src';
import { LocalAws } from '../../aws/aws-server';
import { ENV, importedVpc } from '../../node-group/_fixtures';
import { previewOf } from '../../plugin/_in-this-process';
import { NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { withLocalAws } from '../_local-aws';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';

let aws: LocalAws;
let cwd: string;

withLocalAws(async (local) => {
  aws = local;
  cwd = await folderOf();
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

/** An app with a cluster and CoreDNS, which EKS moves to v1.12.4 with 1.34. */
function appWith(version: string, coreDns: ManagedAddOnOptions): (app: App) => void {
  return (app) => {
    const stack = stackIn(app, 'Prod', ENV);
    new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of(version),
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [ManagedAddOn.coreDns(coreDns)],
    });
  };
}

/** Deploys one app; the other is what comes next. */
async function deployThenWant(deployed: (app: App) => void, wanted: (app: App) => void): Promise<void> {
  synthesizeTo(cwd, deployed);
  aws.deploy('Prod', JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8')));
  synthesizeTo(cwd, wanted);
}

const check = async () => runCommand(['check'], { cwd, now: NOW });

const WRONG = 'EKS would refuse its configuration for v1.12.4-eksbuild.1: replicas is not known to it';

test.each<[string, ManagedAddOnOptions]>([
  ['recommended', {}],
  ['pinned', { version: AddOnVersion.pinned('v1.12.4-eksbuild.1') }],
])('check fails for a configuration that the version to come does not take: %s', async (_, options) => {
  await deployThenWant(appWith('1.33', {}), appWith('1.34', { ...options, configurationValues: { replicas: 3 } }));
  expect(await check()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(WRONG) });
});

test('check passes for one that it takes, and asks EKS no more than needed', async () => {
  await deployThenWant(appWith('1.33', {}), appWith('1.34', { configurationValues: { replicaCount: 3 } }));
  expect(await check()).toMatchObject({ exitCode: 0 });
  const asked = aws.requests.filter(({ action }) => action === 'DescribeAddonConfiguration').map(({ input }) => input.addonVersion);
  expect(asked.sort()).toEqual(['v1.11.4-eksbuild.22', 'v1.12.4-eksbuild.1']);
});

test('a mere change of the configuration is held against the version that stays', async () => {
  await deployThenWant(
    appWith('1.34', { configurationValues: { replicaCount: 3 } }), appWith('1.34', { configurationValues: { replicas: 3 } }),
  );
  expect(await check()).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(WRONG) });
});

test('a configuration that stays with its version is not judged', async () => {
  await deployThenWant(
    appWith('1.34', { configurationValues: { replicas: 3 } }), appWith('1.34', { configurationValues: { replicas: 3 } }),
  );
  expect(await check()).toMatchObject({ exitCode: 0 });
});

test('without the permission, check says once what was not looked at', async () => {
  await deployThenWant(appWith('1.33', {}), appWith('1.34', { configurationValues: { replicas: 3 } }));
  aws.fail({ service: 'eks', action: 'DescribeAddonConfiguration', fault: 'accessDenied' });
  const { exitCode, stdout } = await check();
  expect(exitCode).toBe(0);
  expect(stdout.match(/add-on-configuration/g)).toHaveLength(1);
  expect(stdout).toContain('grant eks:DescribeAddonConfiguration to have it checked');
});

test('the preview says it while the app is synthesised; strict, it is an error of the construct', async () => {
  const wanted = appWith('1.34', { configurationValues: { replicas: 3 } });
  await deployThenWant(appWith('1.33', {}), wanted);
  expect((await previewOf(wanted, { mode: 'strict' })).said).toEqual([
    expect.stringMatching(new RegExp(`^warning preview: [^]*${WRONG}`)),
    expect.stringMatching(/^error previewRefused: .* because of add-on-configuration:coredns: /),
  ]);
  expect((await previewOf(appWith('1.34', { configurationValues: { replicaCount: 3 } }))).said.join()).not.toContain('configuration');
});
