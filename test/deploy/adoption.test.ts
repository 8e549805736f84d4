import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ENV, synthesize } from './assembly';
import { smallVpc } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { Toolkit, type Deployed } from './toolkit';
import { AddOnVersion, AmiTracking, ManagedAddOn, UpgradableCluster } from '../../src';
import { copyOfExample, RUN_TYPESCRIPT } from '../cli/cdk-cli';

const STEPS = ['before', 'step-1', 'step-2', 'step-3', 'step-4'];

/** What of EKS was made anew or removed. */
const lost = ({ done }: Deployed) => done.filter(
  ({ type, action }) => type.startsWith('AWS::EKS') && (action === 'replace' || action === 'delete'),
);

describeDeployments('adoption, and leaving', (cloud) => {
  beforeAll(async () => cloud().bootstrap());

  test('a running plain-L2 stack is adopted step by step and upgraded, without a replacement', async () => {
    const cwd = await copyOfExample('adopt-existing-cluster');
    const toolkit = new Toolkit({ cloud: cloud(), cwd });
    const config = JSON.parse(readFileSync(join(cwd, 'cdk.json'), 'utf8'));
    const cluster = async () => {
      const ids = Object.values(await cloud().stacks.resources('Platform'));
      return [...cloud().eks.clusters.values()].find(({ name }) => ids.includes(name))!;
    };
    const groups = async () => [...(await cluster()).nodegroups.keys()];
    let before: string[] = [];

    for (const step of STEPS) {
      writeFileSync(join(cwd, 'cdk.json'), JSON.stringify({ ...config, app: `${RUN_TYPESCRIPT} ${step}.ts` }));
      const deployed = await toolkit.diffAndDeploy('Platform');

      expect([step, deployed.exitCode, deployed.status]).toEqual([step, 0, step === 'before' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE']);
      expectAsToldByDiff(deployed);
      expect(lost(deployed)).toEqual([]);
      before = step === 'before' ? await groups() : before;
    }

    expect(await groups()).toEqual(before);
    const { version: controlPlane, nodegroups } = await cluster();
    expect(controlPlane).toBe('1.36');
    expect([...nodegroups.values()].map(({ version }) => version)).toEqual(['1.36', '1.36', '1.36']);
    rmSync(cwd, { recursive: true });
  });

  test('the library goes again: only the guard, the resolver and their function are removed', async () => {
    const define = (make: (stack: Stack) => void) => synthesize(cloud().aws, (app) => make(new Stack(app, 'Leaving', { env: ENV })));
    const common = (stack: Stack) => ({
      version: eks.KubernetesVersion.V1_36,
      vpc: smallVpc(stack),
      vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
      defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
      defaultCapacity: 0,
      bootstrapSelfManagedAddons: false,
    });
    const instanceTypes = [new ec2.InstanceType('m7i.large')];
    const pinned = define((stack) => {
      const version = AddOnVersion.pinned('v1.12.4-eksbuild.1');
      const cluster = new UpgradableCluster(stack, 'Cluster', { ...common(stack), managedAddOns: [ManagedAddOn.coreDns({ version })] });
      cluster.addManagedNodeGroup('Workers', { instanceTypes, amiTracking: AmiTracking.pinned('1.36.2-20260714') });
    });
    const plain = define((stack) => {
      const cluster = new eks.Cluster(stack, 'Cluster', common(stack));
      const workers = cluster.addNodegroupCapacity('Workers', {
        amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD, instanceTypes, releaseVersion: '1.36.2-20260714', forceUpdate: false,
      });
      (workers.node.defaultChild as CfnResource).addPropertyOverride('Version', '1.36');
      const coreDns = new eks.Addon(cluster, 'AddOnCoredns', { cluster, addonName: 'coredns', addonVersion: 'v1.12.4-eksbuild.1' });
      (coreDns.node.defaultChild as CfnResource).addPropertyOverride('ResolveConflicts', 'PRESERVE');
    });
    const toolkit = (app: string) => new Toolkit({ cloud: cloud(), cwd: app, args: ['--app', app] });
    expect(await toolkit(pinned).deploy('Leaving')).toMatchObject({ status: 'CREATE_COMPLETE' });

    const left = await toolkit(plain).deploy('Leaving');

    expect(left).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expect(left.done.filter(({ action }) => action !== 'delete').filter(({ type }) => type !== 'AWS::EKS::Addon')).toEqual([]);
    expect(left.done.filter(({ action }) => action === 'delete').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Custom::EksUpgradeGuard']),
    );
    expect(lost(left)).toEqual([]);
    [pinned, plain].forEach((folder) => rmSync(folder, { recursive: true }));
  });
});
