import { rmSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ENV, synthesize } from './assembly';
import { smallVpc } from './platform';
import { describeDeployments } from './scenario';
import { expectAsToldByDiff } from './told';
import { Toolkit } from './toolkit';
import { ClusterUpgrades, ManagedAddOn } from '../../src';
import { deprecatedApi } from '../aws/sample-insights';

const STACK = 'Raw';

/** A platform whose cluster is a mere `CfnCluster`, taken by its `ref`. */
function define(stack: Stack, version: string): void {
  const vpc = smallVpc(stack);
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') });
  const cluster = new CfnCluster(stack, 'Raw', {
    version,
    roleArn: role.roleArn,
    resourcesVpcConfig: { subnetIds: vpc.publicSubnets.map(({ subnetId }) => subnetId) },
  });
  const upgrades = ClusterUpgrades.ofImported(stack, 'Upgrades', {
    clusterName: cluster.ref, version: eks.KubernetesVersion.of(version), vpc, managedAddOns: [ManagedAddOn.vpcCni()],
  });
  upgrades.addManagedNodeGroup('Workers', {
    instanceTypes: [new ec2.InstanceType('m7i.large')], subnets: { subnetType: ec2.SubnetType.PUBLIC },
  });
}

describeDeployments('a cluster that the app makes as a mere resource', (cloud) => {
  const folders: string[] = [];
  beforeAll(async () => cloud().bootstrap());
  afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

  const toolkit = (version: string) => {
    const app = synthesize(cloud().aws, (scope) => define(new Stack(scope, STACK, { env: ENV }), version));
    folders.push(app);
    return new Toolkit({ cloud: cloud(), cwd: app, args: ['--app', app] });
  };
  const running = () => {
    const [{ version, nodegroups }] = cloud().eks.clusters.values();
    return [version, ...[...nodegroups.values()].map((group) => group.version)];
  };

  test('is guarded before it moves: a refusal leaves it alone, and what it refused for once dealt with, its nodes follow', async () => {
    expect(await toolkit('1.35').deploy(STACK)).toMatchObject({ exitCode: 0, status: 'CREATE_COMPLETE' });
    const [cluster] = cloud().eks.clusters.values();
    cluster.insights = [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/batch/v1beta1/cronjobs' })];

    const refused = await toolkit('1.36').deploy(STACK);

    expect(refused).toMatchObject({ exitCode: 1, status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(refused.output).toContain('Deprecated APIs removed in Kubernetes v1.36');
    expect(refused.done.filter(({ type }) => type.startsWith('AWS::EKS'))).toEqual([]);
    expect(running()).toEqual(['1.35', '1.35']);

    cluster.insights = [deprecatedApi({ kubernetesVersion: '1.36', usage: '/apis/batch/v1beta1/cronjobs', clientStats: [] })];
    const passed = await toolkit('1.36').diffAndDeploy(STACK);

    expect(passed).toMatchObject({ exitCode: 0, status: 'UPDATE_COMPLETE' });
    expectAsToldByDiff(passed);
    expect(passed.done.filter(({ type }) => /^AWS::EKS::(Cluster|Nodegroup)$/.test(type)).map(({ type, action }) => [type, action])).toEqual([
      ['AWS::EKS::Cluster', 'update'], ['AWS::EKS::Nodegroup', 'update'],
    ]);
    expect(running()).toEqual(['1.36', '1.36']);
  });
});
