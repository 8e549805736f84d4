import { intentOf } from '../../../src/engine/change/deployment-intent';
import { stackOfLive } from '../../../src/engine/change/live-stack';
import { ClusterState } from '../../../src/engine/state/cluster-state';
import { TemplateResource } from '../../../src/engine/state/deployed-stack';
import { known } from '../../../src/engine/state/known';
import { NodeGroupState } from '../../../src/engine/state/node-group-state';
import { aCatalog, aCluster, aNodeGroup } from '../a-cluster';

/** Where no change set tells what a deployment changes, the wanted template is held against what is live. */
function changesBeside(properties: object, live: Partial<NodeGroupState>, stackTags: Record<string, string> = {}): readonly string[] {
  const wanted: Record<string, TemplateResource> = {
    Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', Version: '1.36', ...properties }, stackTags },
  };
  const stack = { physicalIds: { Workers: 'prod/workers' }, failed: [] };
  const state = aCluster({ nodeGroups: known([aNodeGroup({ name: 'workers', ...live })]) });
  const stacks = { wanted: { S: wanted }, deployed: { S: stackOfLive(wanted, stack, state) } };
  return intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', stacks, aCatalog()).nodeGroups!.workers.otherChanges!;
}

const LIVE = {
  labels: { team: 'a' },
  tags: { 'cost-center': '7', 'aws:cloudformation:stack-name': 'S', 'put-on-by': 'somebody else' },
  taints: [{ key: 'gpu', value: 'yes', effect: 'NO_SCHEDULE' }, { key: 'spot', effect: 'NO_EXECUTE' }],
  scaling: { minSize: 1, maxSize: 3, desiredSize: 2 },
  update: { maxUnavailable: 1 },
};
const SAME = {
  Labels: { team: 'a' },
  Tags: { 'cost-center': 7 },
  Taints: [{ Effect: 'NO_EXECUTE', Key: 'spot' }, { Key: 'gpu', Value: 'yes', Effect: 'NO_SCHEDULE' }],
  ScalingConfig: { MinSize: '1', MaxSize: 3, DesiredSize: 40 },
  UpdateConfig: { MaxUnavailable: 1 },
};

test('finds no change in what is live already, however it is spelt', () => {
  expect(changesBeside(SAME, LIVE)).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['a label of another value', { Labels: { team: 'b' } }, ['Labels']],
  ['a label that is taken away', { Labels: undefined }, ['Labels']],
  ['a tag of another value', { Tags: { 'cost-center': '8' } }, ['Tags']],
  ['a tag that is new', { Tags: { 'cost-center': '7', 'stage': 'test' } }, ['Tags']],
  ['a taint that is taken away', { Taints: SAME.Taints.slice(1) }, ['Taints']],
  ['a taint of another effect', { Taints: [SAME.Taints[0], { ...SAME.Taints[1], Effect: 'NO_EXECUTE' }] }, ['Taints']],
  ['the greatest size', { ScalingConfig: { MinSize: 1, MaxSize: 4, DesiredSize: 2 } }, ['ScalingConfig']],
  ['the smallest size', { ScalingConfig: { MinSize: 2, MaxSize: 3 } }, ['ScalingConfig']],
  ['how many are rolled at once', { UpdateConfig: { MaxUnavailable: 2 } }, ['UpdateConfig']],
  ['a share in place of a number', { UpdateConfig: { MaxUnavailablePercentage: 33 } }, ['UpdateConfig']],
  ['several', { Labels: {}, UpdateConfig: { MaxUnavailable: 2 } }, ['Labels', 'UpdateConfig']],
])('finds %s', (_, properties, expected) => {
  expect(changesBeside({ ...SAME, ...properties }, LIVE)).toEqual(expected);
});

test.each<[string, object]>([
  ['the size of the moment', { ScalingConfig: { MinSize: 1, MaxSize: 3, DesiredSize: 1 } }],
  ['what the template leaves to EKS', { ScalingConfig: undefined, UpdateConfig: undefined }],
  ['what only the deployment knows', { Labels: { team: { Ref: 'Team' } }, Tags: { 'cost-center': '{{resolve:ssm:/cost-center}}' } }],
])('does not take %s for a change', (_, properties) => {
  expect(changesBeside({ ...SAME, ...properties }, LIVE)).toEqual([]);
});

test('does not take what EKS does not tell for a change', () => {
  expect(changesBeside(SAME, { labels: undefined, tags: undefined, taints: undefined, scaling: undefined, update: undefined })).toEqual([]);
});

test('the tags of the stack reach its node groups', () => {
  expect(changesBeside(SAME, LIVE, { 'cost-center': '7' })).toEqual([]);
  expect(changesBeside({ ...SAME, Tags: { 'cost-center': '7' } }, LIVE, { commit: 'abc' })).toEqual(['Tags']);
  expect(changesBeside({ ...SAME, Tags: undefined }, LIVE, { 'cost-center': '8' })).toEqual(['Tags']);
  expect(changesBeside(SAME, LIVE, { 'cost-center': 'that of the template counts' })).toEqual([]);
});

describe('a node group on an image of its own', () => {
  const [OLD, NEW] = ['ami-0123456789abcde07', 'ami-0123456789abcde08'];
  const REFERENCE = { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };

  function otherChanges(imageId: unknown, live: Partial<NodeGroupState>, properties: object = {}): readonly string[] {
    const wanted: Record<string, TemplateResource> = {
      Template: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: imageId, UserData: 'a' } } },
      Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', LaunchTemplate: REFERENCE, ...properties } },
    };
    const stack = { physicalIds: { Workers: 'prod/workers', Template: 'lt-1' }, failed: [] };
    const state = aCluster({
      nodeGroups: known([aNodeGroup({
        name: 'workers', amiType: 'CUSTOM', releaseVersion: OLD, launchTemplate: { id: 'lt-1', version: '1' }, ...live,
      })]),
    });
    const stacks = { wanted: { S: wanted }, deployed: { S: stackOfLive(wanted, stack, state) } };
    return intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', stacks, aCatalog()).nodeGroups!.workers.otherChanges!;
  }

  test('changes its launch template when it runs another image', () => {
    expect(otherChanges(NEW, {})).toEqual(['LaunchTemplate']);
    expect(otherChanges(OLD, {})).toEqual([]);
  });

  test('and what changes beside that is found, too', () => {
    expect(otherChanges(NEW, { scaling: { minSize: 1, maxSize: 3, desiredSize: 2 } }, { ScalingConfig: { MinSize: 1, MaxSize: 5 } }))
      .toEqual(['LaunchTemplate', 'ScalingConfig']);
  });

  test.each<[string, unknown, Partial<NodeGroupState>]>([
    ['an image that only the deployment knows', { Ref: 'Image' }, {}],
    ['a dynamic reference', '{{resolve:ssm:/golden/image_id}}', {}],
    [
      'an AMI of EKS, whose launch template names no image', undefined,
      { amiType: 'AL2023_x86_64_STANDARD', releaseVersion: '1.36.2-20260714' },
    ],
    ['nodes of which EKS does not tell the image', NEW, { releaseVersion: undefined }],
  ])('does not take %s for a change', (_, imageId, live) => {
    expect(otherChanges(imageId, live)).toEqual([]);
  });
});

describe('what can only be set at a creation', () => {
  const CLUSTER = {
    RoleArn: 'arn:aws:iam::111122223333:role/cluster',
    KubernetesNetworkConfig: { IpFamily: 'ipv4', ServiceIpv4Cidr: '10.100.0.0/16' },
    EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: 'arn:aws:kms:us-east-1:111122223333:key/a' } }],
  };
  const CREATION = {
    roleArn: CLUSTER.RoleArn, ipFamily: 'ipv4', serviceIpv4Cidr: '10.100.0.0/16', encryptionKeyArn: CLUSTER.EncryptionConfig[0].Provider.KeyArn,
  };
  const keyed = (KeyArn: unknown) => ({ EncryptionConfig: [{ Provider: { KeyArn } }] });

  function replacing(
    type: string, properties: object, live: Partial<ClusterState> = {}, inArns: Record<string, string | undefined> = {},
  ): readonly string[] {
    const wanted = { Cluster: { type, properties: { ...properties } } };
    const state = aCluster({ creation: CREATION, ...live });
    const deployed = stackOfLive(wanted, { physicalIds: { Cluster: 'prod' }, failed: [], names: { physicalIds: {}, inArns } }, state);
    return intentOf(
      { stackName: 'S', logicalId: 'Cluster', nodeGroups: [], addOns: [] }, 'prod',
      { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog(),
    )
      .replacedBy!;
  }

  test.each<[string, object, string[]]>([
    ['another role', { ...CLUSTER, RoleArn: 'arn:aws:iam::111122223333:role/other' }, ['RoleArn']],
    ['another name', { ...CLUSTER, Name: 'production' }, ['Name']],
    ['another family of addresses', { ...CLUSTER, KubernetesNetworkConfig: { IpFamily: 'ipv6' } }, ['KubernetesNetworkConfig.IpFamily']],
    [
      'other addresses of services', { ...CLUSTER, KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16' } },
      ['KubernetesNetworkConfig.ServiceIpv4Cidr'],
    ],
    ['another key', { ...CLUSTER, ...keyed('arn:aws:kms:us-east-1:111122223333:key/b') }, ['EncryptionConfig']],
  ])('%s of a cluster', (_, properties, expected) => {
    expect(replacing('AWS::EKS::Cluster', { Version: '1.35', ...properties })).toEqual(expected);
  });

  test('a key where there was none, even one that only the deployment knows', () => {
    const without = { creation: { ...CREATION, encryptionKeyArn: undefined } };
    expect(replacing('AWS::EKS::Cluster', CLUSTER, without)).toEqual(['EncryptionConfig']);
    expect(replacing(
      'AWS::EKS::Cluster', { ...CLUSTER, ...keyed({ 'Fn::GetAtt': ['Key', 'Arn'] }) }, without,
    )).toEqual(['EncryptionConfig']);
  });

  test.each<[string, object, Partial<ClusterState>?]>([
    ['what is live already', { ...CLUSTER, Name: 'prod' }],
    ['what only the deployment knows', { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...keyed({ 'Fn::GetAtt': ['Key', 'Arn'] }) }],
    ['an alias of a key', keyed('arn:aws:kms:us-east-1:111122223333:alias/eks')],
    ['a dynamic reference', keyed('{{resolve:ssm:/key/arn}}')],
    ['what the template leaves to EKS', {}],
    ['a cluster of which this was not asked', { ...CLUSTER, RoleArn: 'arn:aws:iam::111122223333:role/other' }, { creation: undefined }],
  ])('does not take %s for a replacement of the cluster', (_, properties, live = {}) => {
    expect(replacing('AWS::EKS::Cluster', properties, live)).toEqual([]);
  });

  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['the one that it has', { Role: 'cluster' }, []],
    ['another one', { Role: 'other', Old: 'cluster' }, ['RoleArn']],
    ['one that comes with the deployment', { Role: undefined, Old: 'cluster' }, ['RoleArn']],
    ['no role, as far as the template tells', {}, []],
  ])('a role of the stack: %s', (_, roles, expected) => {
    const RoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
    expect(replacing('AWS::EKS::Cluster', { ...CLUSTER, RoleArn }, {}, roles)).toEqual(expected);
    const config = { Config: { version: '1.35', name: 'prod', roleArn: RoleArn } };
    expect(replacing('Custom::AWSCDK-EKS-Cluster', config, {}, roles)).toEqual(expected.map(() => 'Config.roleArn'));
  });

  test.each<[string, unknown, Record<string, string | undefined>, string[]]>([
    ['the one that it has', { 'Fn::GetAtt': ['Key', 'Arn'] }, { Key: 'a' }, []],
    ['another one', { 'Fn::GetAtt': ['Key', 'Arn'] }, { Key: 'b', Old: 'a' }, ['EncryptionConfig']],
    ['one that comes with the deployment', { 'Fn::GetAtt': ['Key', 'Arn'] }, { Key: undefined, Old: 'a' }, ['EncryptionConfig']],
    ['no key, as far as the template tells', { 'Fn::GetAtt': ['Key', 'Arn'] }, {}, []],
    ['an alias by its name alone', 'alias/eks', { Key: 'a' }, []],
  ])('a key of the stack: %s', (_, key, inArns, expected) => {
    expect(replacing('AWS::EKS::Cluster', { ...CLUSTER, ...keyed(key) }, {}, inArns)).toEqual(expected);
  });

  test('of a cluster of aws-eks', () => {
    const config = { version: '1.35', name: 'prod', roleArn: CREATION.roleArn };
    expect(replacing('Custom::AWSCDK-EKS-Cluster', { Config: config })).toEqual([]);
    expect(replacing(
      'Custom::AWSCDK-EKS-Cluster', { Config: { ...config, roleArn: 'arn:aws:iam::111122223333:role/other' } },
    )).toEqual(['Config.roleArn']);
    expect(replacing('Custom::AWSCDK-EKS-Cluster', { Config: { ...config, name: 'production' } })).toEqual(['Config.name']);
  });

  test('of a cluster whose Auto Mode is switched off', () => {
    const leaves = (autoMode: boolean, Enabled?: boolean) => {
      const given = Enabled === undefined ? {} : { ComputeConfig: { Enabled } };
      const wanted = { Main: { type: 'AWS::EKS::Cluster', properties: { Version: '1.35', ...given } } };
      const deployed = stackOfLive(wanted, { physicalIds: { Main: 'prod' }, failed: [] }, aCluster({ autoMode }));
      const cluster = { stackName: 'S', logicalId: 'Main', nodeGroups: [], addOns: [] };
      return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog()).leavesAutoMode === true;
    };
    expect([leaves(true, false), leaves(true, true), leaves(false, false)]).toEqual([true, false, false]);
    expect(leaves(true)).toBe(false); // switched on by other means, of which the template says nothing
  });

  const GROUP = {
    AmiType: 'AL2023_x86_64_STANDARD',
    CapacityType: 'ON_DEMAND',
    DiskSize: 50,
    InstanceTypes: ['m7i.large', 'm7a.large'],
    Subnets: ['subnet-a', 'subnet-b'],
    NodeRole: 'arn:aws:iam::111122223333:role/nodes',
  };
  const LIVE_GROUP: Partial<NodeGroupState> = {
    capacityType: 'ON_DEMAND', diskSize: 50, instanceTypes: ['m7i.large', 'm7a.large'], roleArn: GROUP.NodeRole,
  };

  function replacingGroup(
    properties: object, live: Partial<NodeGroupState> = {}, physicalIds: Record<string, string | undefined> = {},
  ): readonly string[] {
    const wanted = { Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', ...properties } } };
    const deployed = stackOfLive(
      wanted,
      { physicalIds: { Workers: 'prod/workers' }, failed: [], names: { physicalIds, inArns: {} } },
      aCluster({ nodeGroups: known([aNodeGroup({ ...LIVE_GROUP, ...live })]) }),
    );
    return intentOf(
      { stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog(),
    ).nodeGroups!.workers.replacedBy!;
  }

  test.each<[string, object, string[]]>([
    ['instance types', { InstanceTypes: ['m7i.xlarge'] }, ['InstanceTypes']],
    ['the order of instance types', { InstanceTypes: [...GROUP.InstanceTypes].reverse() }, ['InstanceTypes']],
    ['one instance type more', { InstanceTypes: [...GROUP.InstanceTypes, 'm6i.large'] }, ['InstanceTypes']],
    ['the AMI type', { AmiType: 'BOTTLEROCKET_x86_64' }, ['AmiType']],
    ['the way to buy', { CapacityType: 'SPOT' }, ['CapacityType']],
    ['the size of disks', { DiskSize: 100 }, ['DiskSize']],
    ['the role', { NodeRole: 'arn:aws:iam::111122223333:role/others' }, ['NodeRole']],
    ['subnets', { Subnets: ['subnet-a'] }, ['Subnets']],
    ['another name', { NodegroupName: 'others' }, ['NodegroupName']],
  ])('%s of a node group', (_, properties, expected) => {
    expect(replacingGroup({ ...GROUP, ...properties })).toEqual(expected);
  });

  test.each<[string, object]>([
    ['the order of a list that is a set', { Subnets: ['subnet-b', 'subnet-a'] }],
    ['a number as a text', { DiskSize: '50' }],
    ['the name that it has', { NodegroupName: 'workers' }],
    ['what only the deployment knows', {
      NodegroupName: { Ref: 'Name' }, Subnets: [{ Ref: 'A' }, { Ref: 'B' }], NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] },
    }],
    ['what the template leaves to EKS', { InstanceTypes: undefined, DiskSize: undefined, CapacityType: undefined, AmiType: undefined }],
  ])('does not take %s for a replacement of the node group', (_, properties) => {
    expect(replacingGroup({ ...GROUP, ...properties })).toEqual([]);
  });

  test.each<[string, Record<string, string | undefined>, string[]]>([
    ['those that it has, in another order', { A: 'subnet-b', B: 'subnet-a' }, []],
    ['another one', { A: 'subnet-a', B: 'subnet-c' }, ['Subnets']],
    ['one that comes with the deployment', { A: 'subnet-a', B: undefined }, ['Subnets']],
    ['no resource of the stack, as far as the template tells', { A: 'subnet-a' }, []],
  ])('subnets of the stack: %s', (_, physicalIds, expected) => {
    const Subnets = [{ Ref: 'A' }, { 'Fn::GetAtt': ['B', 'SubnetId'] }];
    expect(replacingGroup({ ...GROUP, Subnets }, {}, physicalIds)).toEqual(expected);
  });

  const SSH = { keyName: 'operators', securityGroupIds: ['sg-a', 'sg-b'] };
  const FROM = (...SourceSecurityGroups: unknown[]) => ({ Ec2SshKey: 'operators', SourceSecurityGroups });
  test.each<[string, unknown, NodeGroupState['sshAccess'], string[]]>([
    ['none', undefined, undefined, []],
    ['the one that it has', FROM('sg-b', 'sg-a'), SSH, []],
    ['the one that it has, by resources of the stack', FROM({ 'Fn::GetAtt': ['A', 'GroupId'] }, { Ref: 'B' }), SSH, []],
    ['from everywhere', { Ec2SshKey: 'operators' }, { ...SSH, securityGroupIds: [] }, []],
    ['what only the deployment knows', FROM({ 'Fn::ImportValue': 'bastions' }), SSH, []],
    ['where there was none', FROM('sg-a'), undefined, ['RemoteAccess']],
    ['taken away', undefined, SSH, ['RemoteAccess']],
    ['by another key', { ...FROM('sg-a', 'sg-b'), Ec2SshKey: 'others' }, SSH, ['RemoteAccess']],
    ['from fewer', FROM('sg-a'), SSH, ['RemoteAccess']],
    ['from everywhere, no longer from some', { Ec2SshKey: 'operators' }, SSH, ['RemoteAccess']],
    ['from what comes with the deployment', FROM('sg-a', { 'Fn::GetAtt': ['New', 'GroupId'] }), SSH, ['RemoteAccess']],
  ])('access by SSH: %s', (_, RemoteAccess, sshAccess, expected) => {
    const physicalIds = { A: 'sg-a', B: 'sg-b', New: undefined };
    expect(replacingGroup({ ...GROUP, RemoteAccess }, { sshAccess }, physicalIds)).toEqual(expected);
  });
});

const OF_STACK = { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };

test.each<[string, unknown, NodeGroupState['launchTemplate'], 'added' | 'removed' | 'exchanged' | undefined]>([
  ['the one that it has, of the stack', OF_STACK, { id: 'lt-1', version: '1' }, undefined],
  ['the one that it has, by its attribute', { Id: { 'Fn::GetAtt': ['Template', 'LaunchTemplateId'] } }, { id: 'lt-1', version: '1' }, undefined],
  ['the one that it has, by its ID', { Id: 'lt-1', Version: '2' }, { id: 'lt-1', version: '1' }, undefined],
  ['one by a name, which may be any', { Name: 'workers' }, { id: 'lt-1', version: '1' }, undefined],
  ['one that only the deployment knows', { Id: { 'Fn::ImportValue': 'template' } }, { id: 'lt-1', version: '1' }, undefined],
  ['none, as it has', undefined, undefined, undefined],
  ['another one of the stack', OF_STACK, { id: 'lt-2', version: '1' }, 'exchanged'],
  ['one that comes with the deployment', { Id: { Ref: 'New' } }, { id: 'lt-1', version: '1' }, 'exchanged'],
  ['another one by its ID', { Id: 'lt-3' }, { id: 'lt-1', version: '1' }, 'exchanged'],
  ['one, where it has none', OF_STACK, undefined, 'added'],
  ['one by a name, where it has none', { Name: 'workers' }, undefined, 'added'],
  ['none, where it has one', undefined, { id: 'lt-1', version: '1' }, 'removed'],
])('a launch template: %s', (_, LaunchTemplate, launchTemplate, expected) => {
  const wanted = { Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', ...LaunchTemplate !== undefined && { LaunchTemplate } } } };
  const names = { physicalIds: { Template: 'lt-1', New: undefined }, inArns: {} };
  const state = aCluster({ nodeGroups: known([aNodeGroup({ name: 'workers', launchTemplate })]) });
  const deployed = stackOfLive(wanted, { physicalIds: { Workers: 'prod/workers' }, failed: [], names }, state);
  const { nodeGroups } = intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog());
  expect(nodeGroups!.workers.launchTemplate).toBe(expected);
});

test.each<[string, unknown, string | undefined, string[]]>([
  ['the one that it has', { Namespace: 'networking' }, 'networking', []],
  ['another one', { Namespace: 'others' }, 'networking', ['NamespaceConfig']],
  ['one that only the deployment knows', { Namespace: { 'Fn::ImportValue': 'namespace' } }, 'networking', []],
  ['none, which is EKS\'s own choice', undefined, 'kube-system', []],
  ['one of an add-on of which EKS does not tell it', { Namespace: 'others' }, undefined, []],
])('the namespace of an add-on: %s', (_, NamespaceConfig, namespace, expected) => {
  const properties = { ClusterName: 'prod', AddonName: 'vpc-cni', ...NamespaceConfig !== undefined && { NamespaceConfig } };
  const wanted = { Cni: { type: 'AWS::EKS::Addon', properties } };
  const state = aCluster({ addOns: known([{ name: 'vpc-cni', version: 'v1.20.0-eksbuild.1', status: 'ACTIVE', healthIssues: [], namespace }]) });
  const deployed = stackOfLive(wanted, { physicalIds: { Cni: 'prod|vpc-cni' }, failed: [] }, state);
  const { addOns } = intentOf({ stackName: 'S', nodeGroups: [], addOns: [] }, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog());
  expect(addOns!['vpc-cni'].replacedBy ?? []).toEqual(expected);
});

test('what leaves the template is there still', () => {
  const leaving = { Old: { type: 'AWS::EKS::Cluster', properties: {} }, Gpu: { type: 'AWS::EKS::Nodegroup', properties: {} } };
  const wanted = { New: { type: 'AWS::EKS::Cluster', properties: { Version: '1.35' } } };
  const stack = { physicalIds: { Old: 'prod', Gpu: 'prod/gpu' }, failed: [] };
  const deployed = stackOfLive(wanted, stack, aCluster(), leaving);
  const intent = intentOf(
    { stackName: 'S', logicalId: 'New', nodeGroups: [], addOns: [] }, 'prod',
    { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog(),
  );
  expect(intent).toMatchObject({ replacedBy: ['logical ID Old'], nodeGroups: { gpu: { removed: true } } });
});

describe('a cluster that is newer than the app wants it', () => {
  const wanted: Record<string, TemplateResource> = {
    Cluster: { type: 'AWS::EKS::Cluster', properties: { Version: '1.35' } },
    Versions: { type: 'Custom::EksAddOnVersions', properties: { ClusterName: 'prod', KubernetesVersion: '1.35', AddOns: [] } },
  };
  const versions = (versionBefore: string | undefined, live: string, type = 'AWS::EKS::Cluster') => {
    const cluster = { type, properties: type === 'AWS::EKS::Cluster' ? { Version: '1.35' } : { Config: { version: '1.35' } } };
    const stack = { physicalIds: { Cluster: 'prod', Versions: 'versions' }, failed: [], versionBefore };
    const { Cluster, Versions } = stackOfLive({ ...wanted, Cluster: cluster }, stack, aCluster({ version: live })).resources;
    const config = Cluster.properties.Config as { readonly version?: string } | undefined;
    return [config?.version ?? Cluster.properties.Version, Versions.properties.KubernetesVersion];
  };

  test.each(['AWS::EKS::Cluster', 'Custom::AWSCDK-EKS-Cluster'])('has moved on by itself where the guard knows the version before: %s', (type) => {
    expect(versions('1.35', '1.36', type)).toEqual(['1.35', '1.35']);
    expect(versions('1.34', '1.36', type)).toEqual(['1.34', '1.34']);
  });

  test('is rolled back where the app wanted its version before, or where nobody knows', () => {
    expect(versions('1.36', '1.36')).toEqual(['1.36', '1.36']);
    expect(versions(undefined, '1.36')).toEqual(['1.36', '1.36']);
  });

  test('is another case than one that is older: what the guard was told last may not have reached it', () => {
    expect(versions('1.35', '1.34')).toEqual(['1.34', '1.34']);
  });
});

describe('a node group that somebody has deleted', () => {
  function goneIn(state: Partial<ClusterState>, Version: string | undefined) {
    const wanted = { Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', Version } } };
    const stack = stackOfLive(wanted, { physicalIds: { Workers: 'prod/workers' } }, aCluster({ nodeGroups: known([]), ...state }));
    const cluster = { stackName: 'S', nodeGroups: [], addOns: [] };
    return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: stack } }, aCatalog()).nodeGroups!.workers;
  }

  test('is updated where it is to be newer than the control plane: it cannot have been before', () => {
    expect(goneIn({}, '1.36')).toMatchObject({ isUpdated: true, isNew: false, previous: { version: '1.35' } });
  });

  test.each<[string, Partial<ClusterState>, string | undefined]>([
    ['of the same version', {}, '1.35'],
    ['of an older one', {}, '1.34'],
    ['of none', {}, undefined],
    ['after the control plane', { version: '1.36' }, '1.36'],
    ['that could not be read', { unreadNodeGroups: [{ name: 'workers', why: 'throttled' }] }, '1.36'],
  ])('is not known to be updated: one %s', (_, state, version) => {
    expect(goneIn(state, version)).not.toHaveProperty('isUpdated');
  });
});
