import { rm } from 'node:fs/promises';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AddOnVersion, ManagedAddOn, UpgradableCluster } from '../../../src';
import { LocalAws } from '../../aws/aws-server';
import { enterEnvironment } from '../../live/sdk-environment';
import { ENV, importedVpc } from '../../node-group/_fixtures';
import { deployStack, NOW } from '../_cluster-app';
import { runCommand } from '../_command-line';
import { folderOf, stackIn, synthesizeTo } from '../_tracked-app';

const KEY = 'cdk-eks-upgrades:add-on:account=111122223333:addOn=vpc-cni:choice=recommended:cluster=prod:kubernetesVersion=1.35:region=us-west-2';

test('a tracked add-on: the version that the cluster has, the literal that the app has looked up, and the newest', async () => {
  const aws = await LocalAws.start({ now: NOW });
  const leave = enterEnvironment(aws);
  const cwd = await folderOf();
  try {
    aws.eks.addCluster({ name: 'prod', version: '1.35', addons: [{ name: 'vpc-cni', version: 'v1.20.1-eksbuild.3' }] });
    synthesizeTo(cwd, (app) => {
      const stack = stackIn(app, 'Prod', ENV);
      new UpgradableCluster(stack, 'Cluster', {
        version: eks.KubernetesVersion.V1_35,
        clusterName: 'prod',
        vpc: importedVpc(stack, 'Vpc'),
        defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
        defaultCapacity: 0,
        managedAddOns: [ManagedAddOn.vpcCni({ version: AddOnVersion.tracked() })],
      });
    }, { [KEY]: { version: 'v1.20.4-eksbuild.2' } });
    await deployStack(aws, cwd, 'Prod');

    const { stdout } = await runCommand(['status'], { cwd, now: NOW });
    expect(stdout).toMatch(/^ +vpc-cni +v1\.20\.1-eksbuild\.3 +v1\.20\.4-eksbuild\.2 +v1\.22\.0-eksbuild\.1/m);
  } finally {
    leave();
    await aws.stop();
    await rm(cwd, { recursive: true, force: true });
  }
});
