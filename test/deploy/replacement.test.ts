import { CfnResource, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Platform, type PlatformProps } from './platform';
import { describeDeployments } from './scenario';
import type { Operation } from './stacks';
import type { UpgradableCluster } from '../../src';

const VERSION = '1.35';

/** What happens in EKS by one deployment that nothing was to happen in: nothing, but for the answer of the guard. */
describeDeployments('what would be replaced', (cloud) => {
  let platform: Platform;
  const FIXED = 'workers-of-a-fixed-name';

  /** Keys, launch templates and security groups of the stack, the first of which are used, and a group of a fixed name beside those of the platform. */
  const withFixed = (change: (cfn: CfnResource, cluster: UpgradableCluster) => void = () => {}): PlatformProps => ({
    version: VERSION,
    also: (stack, cluster) => {
      const [key] = ['Key', 'OtherKey'].map((id) => new kms.Key(stack, id));
      const [template] = ['Template', 'OtherTemplate'].map((id) => new ec2.LaunchTemplate(stack, id));
      useTemplate(partOf(cluster, 'NodegroupArm'), template);
      const [source] = ['Source', 'OtherSource'].map((id) => new ec2.SecurityGroup(stack, id, { vpc: cluster.vpc }));
      resource(cluster).addPropertyOverride('EncryptionConfig', [{ Resources: ['secrets'], Provider: { KeyArn: key.keyArn } }]);
      const fixed = resource(cluster.addManagedNodeGroup('Fixed', {
        nodegroupName: FIXED,
        instanceTypes: [new ec2.InstanceType('m7i.large')],
        remoteAccess: { sshKeyName: 'operators', sourceSecurityGroups: [source] },
      }));
      change(fixed, cluster);
    },
  });
  const changing = (change: (cluster: UpgradableCluster, stack: Stack) => void): PlatformProps => ({
    version: VERSION,
    also: (stack, cluster) => { withFixed().also!(stack, cluster); change(cluster, stack); },
  });
  const ofCluster = (path: string, value: unknown) => changing((cluster) => resource(cluster).addPropertyOverride(path, value));
  const ofWorkers = (path: string, value: unknown) => changing((cluster) => workersOf(cluster).addPropertyOverride(path, value));

  beforeAll(async () => {
    await cloud().bootstrap();
    platform = new Platform(cloud(), 'Replacements');
    expect(await platform.put(withFixed())).toMatchObject({ status: 'CREATE_COMPLETE' });
  });
  afterAll(() => platform?.dispose());

  /** All that EKS has of the cluster. */
  async function live(): Promise<unknown> {
    const { name, nodegroups, addons } = await platform.cluster();
    return { name, groups: [...nodegroups.keys()].sort(), addOns: [...addons.keys()].sort(), drains: cloud().eks.drains.length };
  }

  async function refuses(props: PlatformProps, byChangeSet: boolean, reason: string, edit = (template: string) => template): Promise<void> {
    const before = await live();
    const template = JSON.parse(edit(JSON.stringify(await platform.publish(props))));
    const refused = await cloud().stacks.deploy(platform.stack, template, { byChangeSet });
    expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reasonsIn(refused)).toContain(reason);
    expect(await live()).toEqual(before);
  }

  const both = [true, false];
  const byChangeSetOnly = [true];

  describe.each<[string, readonly boolean[], string, () => PlatformProps]>([
    ['the name of the cluster', both, '[cluster-replacement]', () => ofCluster('Name', 'another')],
    ['its role', both, 'because RoleArn can only be set', () => ofCluster('RoleArn', 'arn:aws:iam::111122223333:role/another')],
    ['its key of secrets', both, 'because EncryptionConfig can only be set', () => ofCluster('EncryptionConfig', [
      { Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:us-east-1:111122223333:key/0000' } },
    ])],
    [
      'its addresses', both, 'because KubernetesNetworkConfig.IpFamily can only be set',
      () => ofCluster('KubernetesNetworkConfig.IpFamily', 'ipv6'),
    ],
    ['its first add-ons, which EKS does not tell later', byChangeSetOnly, 'because BootstrapSelfManagedAddons can only be set',
      () => ofCluster('BootstrapSelfManagedAddons', true)],
    ['instance types of a node group', both, 'InstanceTypes can only be set', () => ofWorkers('InstanceTypes', ['m7i.xlarge'])],
    ['the way to buy nodes', both, 'CapacityType can only be set', () => ofWorkers('CapacityType', 'SPOT')],
    ['subnets of a node group', both, 'Subnets can only be set',
      () => changing((cluster) => workersOf(cluster).addPropertyOverride('Subnets', [cluster.vpc.publicSubnets[1].subnetId]))],
    ['a subnet that comes with the deployment', both, 'Subnets can only be set', () => changing((cluster, stack) => {
      const { vpcId, availabilityZones: [availabilityZone] } = cluster.vpc;
      const { subnetId } = new ec2.Subnet(stack, 'Another', { vpcId, availabilityZone, cidrBlock: '10.0.200.0/24' });
      workersOf(cluster).addPropertyOverride('Subnets', [subnetId]);
    })],
    ['access by SSH, where there was none', both, 'RemoteAccess can only be set', () => ofWorkers('RemoteAccess', { Ec2SshKey: 'operators' })],
    ['access by SSH, taken away', both, 'RemoteAccess can only be set', () => withFixed((cfn) => cfn.addPropertyDeletionOverride('RemoteAccess'))],
    ['access by SSH from elsewhere', both, 'RemoteAccess can only be set', () => withFixed((cfn, cluster) => {
      const { securityGroupId } = cluster.stack.node.findChild('OtherSource') as ec2.SecurityGroup;
      cfn.addPropertyOverride('RemoteAccess.SourceSecurityGroups', [securityGroupId]);
    })],
    ['instance types of a node group of a fixed name', both, 'cannot create another group named workers-of-a-fixed-name',
      () => withFixed((cfn) => cfn.addPropertyOverride('InstanceTypes', ['m7i.xlarge']))],
    ['another name of its role', both, 'NodeRole can only be set',
      () => changing((cluster) => roleOf(cluster).addPropertyOverride('RoleName', 'another-name'))],
    ['a name for a node group that CloudFormation named', both, 'NodegroupName can only be set', () => ofWorkers('NodegroupName', 'a-fixed-name')],
    ['another name for a node group of a fixed name', both, 'NodegroupName can only be set when a node group is created: CloudFormation would create a new group',
      () => withFixed((cfn) => cfn.addPropertyOverride('NodegroupName', 'another-name'))],
    ['the construct of a node group of a fixed name, renamed', both, '[exists-already:workers-of-a-fixed-name]',
      () => withFixed((cfn) => cfn.overrideLogicalId('RenamedGroup'))],
    [
      'a launch template, added', both, '[launch-template:',
      () => ofWorkers('LaunchTemplate', { Id: 'lt-0123456789abcdef0', Version: '1' }),
    ],
    ['another launch template of the stack', both, '[launch-template:', () => changing((cluster, stack) => {
      useTemplate(partOf(cluster, 'NodegroupArm'), stack.node.findChild('OtherTemplate') as ec2.LaunchTemplate);
    })],
    ['a launch template, taken away', both, '[launch-template:',
      () => changing((cluster) => partOf(cluster, 'NodegroupArm').addPropertyDeletionOverride('LaunchTemplate'))],
    ['the namespace of an add-on', both, '[add-on-replacement:vpc-cni]',
      () => changing((cluster) => addOnOf(cluster, 'AddOnVpcCni').addPropertyOverride('NamespaceConfig', { Namespace: 'another' }))],
  ])('%s', (_, ways, reason, props) => {
    test.each(ways.map(
      (byChangeSet) => [byChangeSet ? 'with a change set' : 'without a change set', byChangeSet] as const,
    ))('is refused %s', async (_way, byChangeSet) => {
      await refuses(props(), byChangeSet, reason);
    });
  });

  test.each(both)('a cluster whose construct is renamed is refused (by change set: %s)', async (byChangeSet) => {
    // the guard is in the scope of the cluster, so that its ID is another one, too
    const renamed = (template: string) => template.replaceAll('ClusterEB0386A7', 'RenamedEB0386A7').replaceAll(
      'ClusterUpgradeGuard', 'RenamedUpgradeGuard',
    );
    await refuses(withFixed(), byChangeSet, 'the template no longer contains its resource, ClusterEB0386A7', renamed);
  });

  test.each(both)('a node group that CloudFormation named and whose construct is renamed goes, and another one comes (by change set: %s)', async (byChangeSet) => {
    const id = `Another${byChangeSet}`;
    const passed = await platform.put(changing((cluster) => workersOf(cluster).overrideLogicalId(id)), { byChangeSet });
    expect(passed.status).toBe('UPDATE_COMPLETE');
    expect((await platform.cluster()).nodegroups.size).toBe(3);
    expect(await platform.put(withFixed())).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });
});

function resource(construct: { readonly node: { readonly defaultChild?: unknown } }): CfnResource {
  return construct.node.defaultChild as CfnResource;
}

function useTemplate(group: CfnResource, { launchTemplateId, latestVersionNumber }: ec2.LaunchTemplate): void {
  group.addPropertyOverride('LaunchTemplate', { Id: launchTemplateId, Version: latestVersionNumber });
}

function workersOf(cluster: UpgradableCluster): CfnResource {
  return partOf(cluster, 'NodegroupWorkers');
}

function roleOf(cluster: UpgradableCluster): CfnResource {
  return cluster.node.findAll().find((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType === 'AWS::IAM::Role'
    && child.node.path.includes('NodegroupWorkers'))!;
}

function addOnOf(cluster: UpgradableCluster, name: string): CfnResource {
  return partOf(cluster, name);
}

function partOf(cluster: UpgradableCluster, inPath: string): CfnResource {
  return cluster.node.findAll().find((child): child is CfnResource => CfnResource.isCfnResource(child) && child.cfnResourceType.startsWith('AWS::EKS::')
    && child.node.path.includes(inPath))!;
}

function reasonsIn({ steps }: Operation): string {
  return steps.flatMap(({ reason }) => reason ?? []).join(' | ');
}
