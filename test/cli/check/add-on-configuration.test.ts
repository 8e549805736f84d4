import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { AddOnVersion, ManagedAddOn, ManagedAddOnOptions, UpgradableCluster } from '../../../src';
import { Finding } from '../../../src/engine/judgement/finding';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { ENV, importedVpc } from '../../node-group/_fixtures';
import { previewOf } from '../../plugin/_in-this-process';
import { NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';
import { readJsonOutput } from '../json-schema';

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

const check = async () => {
  const { exitCode, stdout } = await runCommand(['check', '--json'], { cwd, now: NOW });
  return { exitCode, ...readJsonOutput(stdout).clusters[0] };
};

const WRONG = {
  id: 'add-on-configuration:coredns',
  severity: 'error',
  reason: 'refused',
  data: expect.objectContaining({ version: 'v1.12.4-eksbuild.1', objections: ['replicas is not known to it'] }),
};
const IS_WRONG = { exitCode: 1, verdict: { passed: false, findings: expect.arrayContaining([expect.objectContaining(WRONG)]) } };

test.each<[string, ManagedAddOnOptions]>([
  ['recommended', {}],
  ['pinned', { version: AddOnVersion.pinned('v1.12.4-eksbuild.1') }],
])('check fails for a configuration that the version to come does not take: %s', async (_, options) => {
  await deployThenWant(appWith('1.33', {}), appWith('1.34', { ...options, configurationValues: { replicas: 3 } }));
  expect(await check()).toMatchObject(IS_WRONG);
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
  expect(await check()).toMatchObject(IS_WRONG);
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
  const { exitCode, verdict } = await check();
  expect(exitCode).toBe(0);
  expect(verdict.findings.filter((finding: Finding) => finding.check === 'add-on-configuration')).toMatchObject([
    { severity: 'info', reason: 'notAllowed', data: { action: 'eks:DescribeAddonConfiguration' } },
  ]);
});

test('the preview says it while the app is synthesised; strict, it is an error of the construct', async () => {
  const wanted = appWith('1.34', { configurationValues: { replicas: 3 } });
  await deployThenWant(appWith('1.33', {}), wanted);
  expect((await previewOf(wanted, { mode: 'strict' })).said).toEqual([
    expect.stringMatching(/^warning preview: [^]*\[add-on-configuration:coredns\]/),
    expect.stringMatching(/^error previewRefused: [^[\]]*\badd-on-configuration:coredns\b/),
  ]);
  expect((await previewOf(appWith('1.34', { configurationValues: { replicaCount: 3 } }))).said.join()).not.toContain('configuration');
});
