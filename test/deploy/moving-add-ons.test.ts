/**
 * What `docs/leave.md` says about moving an add-on between stacks.
 */
import { rmSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ENV, synthesize } from './assembly';
import { smallVpc } from './platform';
import { describeDeployments } from './scenario';
import { Toolkit } from './toolkit';
import { AddOnConflictPolicy, ManagedAddOn, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from '../../src';

const conflictPolicy = AddOnConflictPolicy.OVERWRITE;

describeDeployments('moving CoreDNS between stacks', (cloud) => {
  const folders: string[] = [];
  beforeAll(async () => cloud().bootstrap());
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  /** Deploys all stacks of an app whose CoreDNS is where it is added. */
  async function deployAll(addCoreDns: (cluster: UpgradableCluster, nodes: Stack) => void) {
    const folder = synthesize(cloud().aws, (app) => {
      const stack = new Stack(app, 'MovingCluster', { env: ENV });
      const nodes = new Stack(app, 'MovingNodes', { env: ENV });
      const instanceTypes = [new ec2.InstanceType('m7i.large')];
      const cluster = new UpgradableCluster(stack, 'Cluster', {
        version: eks.KubernetesVersion.V1_36,
        vpc: smallVpc(stack),
        vpcSubnets: [{ subnetType: ec2.SubnetType.PUBLIC }],
        defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
        defaultCapacity: 0,
        bootstrapSelfManagedAddons: false,
      });
      cluster.addManagedNodeGroup('System', { instanceTypes });
      new ManagedNodeGroupWithAmiTracking(nodes, 'Workers', { cluster, instanceTypes });
      addCoreDns(cluster, nodes);
    });
    folders.push(folder);
    return new Toolkit({ cloud: cloud(), cwd: folder, args: ['--app', folder] }).cdk('deploy', '--all', '--require-approval', 'never');
  }

  /** The add-on as EKS has it; its software runs as long as it does. */
  const coreDns = () => [...cloud().eks.clusters.values()][0].addons.get('coredns')?.version;
  const inStack = async (stack: string) => Object.keys(await cloud().stacks.resources(stack)).some((id) => /coredns/i.test(id));

  test('to the stack of the nodes in one deployment, back in two', async () => {
    const here = (options = {}) => (cluster: UpgradableCluster) => { cluster.addManagedAddOn(ManagedAddOn.coreDns(options)); };
    const there = (options = {}) => (cluster: UpgradableCluster, scope: Stack) => {
      cluster.addManagedAddOn(ManagedAddOn.coreDns({ scope, ...options }));
    };
    const nowhere = () => {};

    expect(await deployAll(here())).toMatchObject({ exitCode: 0 });
    expect([coreDns(), await inStack('MovingCluster'), await inStack('MovingNodes')]).toEqual([expect.any(String), true, false]);

    for (const options of [{ conflictPolicy }, {}]) {
      expect(await deployAll(there(options))).toMatchObject({ exitCode: 0 });
      expect([coreDns(), await inStack('MovingCluster'), await inStack('MovingNodes')]).toEqual([expect.any(String), false, true]);
    }

    const refused = await deployAll(here({ conflictPolicy }));
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.output).toContain('[exists-already:coredns]');

    expect(await deployAll(nowhere)).toMatchObject({ exitCode: 0 });
    expect(await deployAll(here({ conflictPolicy }))).toMatchObject({ exitCode: 0 });
    expect([coreDns(), await inStack('MovingCluster'), await inStack('MovingNodes')]).toEqual([expect.any(String), true, false]);
  });
});
