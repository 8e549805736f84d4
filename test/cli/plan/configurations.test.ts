import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { App } from 'aws-cdk-lib/core';
import { ManagedAddOn, UpgradableCluster } from '../../../src';
import { Finding } from '../../../src/engine/judgement/finding';
import { LocalAws } from '../../aws/aws-server';
import { withLocalAws } from '../../aws/with-local-aws';
import { ENV, importedVpc } from '../../node-group/_fixtures';
import { NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';

let aws: LocalAws;
let cwd: string;

withLocalAws(async (local) => {
  aws = local;
  cwd = await folderOf();
});

afterEach(async () => rm(cwd, { recursive: true, force: true }));

/** A cluster on 1.32 with a configuration of CoreDNS that v1.12.4, to which EKS moves it with 1.34, does not take. */
async function deployed(configurationValues: Record<string, unknown>): Promise<void> {
  synthesizeTo(cwd, (app: App) => {
    const stack = stackIn(app, 'Prod', ENV);
    new UpgradableCluster(stack, 'Cluster', {
      version: eks.KubernetesVersion.of('1.32'),
      clusterName: 'prod',
      vpc: importedVpc(stack, 'Vpc'),
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      managedAddOns: [ManagedAddOn.coreDns({ configurationValues })],
    });
  });
  aws.deploy('Prod', JSON.parse(await readFile(join(cwd, 'cdk.out/Prod.template.json'), 'utf8')));
}

/** The IDs of the findings about configurations, deployment by deployment. */
async function findingsOnTheWay(...args: string[]): Promise<[string, ...Pick<Finding, 'id' | 'reason' | 'data'>[]][]> {
  const { stdout } = await runCommand(['plan', '--json', ...args], { cwd, now: NOW });
  const { clusters: [{ deployments }] } = JSON.parse(stdout);
  return deployments.map(({ to, findings }: { to: string; findings: Finding[] }) =>
    [to, ...findings.filter(({ check }) => check === 'add-on-configuration').map(({ id, reason, data }) => ({ id, reason, data }))]);
}

test('plan finds the deployment on the way whose version of an add-on does not take its configuration', async () => {
  await deployed({ replicas: 3 });
  expect(await findingsOnTheWay('--to', '1.35')).toEqual([
    ['1.33'],
    ['1.34', {
      id: 'add-on-configuration:coredns',
      reason: 'refused',
      data: expect.objectContaining({ version: 'v1.12.4-eksbuild.1', objections: ['replicas is not known to it'] }),
    }],
    ['1.35'], // where it stays at that version
  ]);
});

test('plan says nothing where all versions on the way take it', async () => {
  await deployed({ replicaCount: 3 });
  expect(await findingsOnTheWay('--to', '1.35')).toEqual([['1.33'], ['1.34'], ['1.35']]);
});

test('plan asks EKS once for each version on the way', async () => {
  const asked = () => aws.requests.filter(({ service, action }) => service === 'eks' && action === 'DescribeAddonConfiguration').length;
  await deployed({ replicaCount: 3 });
  aws.clearRequests();
  await findingsOnTheWay('--to', '1.35');
  expect(asked()).toBeLessThanOrEqual(4);
  expect(asked()).toBeGreaterThan(1);
});
