import { stacksOfChangeSet } from '../../../src/engine/change/change-set-stacks';
import { intentOf } from '../../../src/engine/change/deployment-intent';
import { ChangedAttribute, ChangeSetState, KNOWN_AFTER_APPLY, ResourceChange } from '../../../src/engine/state/change-set-state';
import { TemplateResources } from '../../../src/engine/state/deployed-stack';
import { known, notKnown } from '../../../src/engine/state/known';
import { aCatalog } from '../a-cluster';

const LATEST = { Id: { Ref: 'Lt' }, Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } };
const TEMPLATE: TemplateResources = {
  Workers: { type: 'AWS::EKS::Nodegroup', properties: { ClusterName: 'prod', LaunchTemplate: LATEST } },
  Lt: { type: 'AWS::EC2::LaunchTemplate', properties: { LaunchTemplateData: { ImageId: 'new' } } },
};

const modify = (type: string, before: object, after: object): ResourceChange => (
  { action: 'Modify', type, replacement: 'False', details: [], before: known({ ...before }), after: known({ ...after }) });

function changeSetOf(resources: ChangeSetState['resources']): ChangeSetState {
  return { isExecuting: true, resources };
}

/**
 * @param launchTemplate as CloudFormation shows it for the node group, after `lt-1` in version 1
 * @param data what the template writes into the launch template
 */
function workersAfter(
  lt: Partial<ResourceChange> | undefined, launchTemplate: object = { Id: KNOWN_AFTER_APPLY, Version: KNOWN_AFTER_APPLY },
  data: object = { ImageId: 'new' },
) {
  const template = { ...TEMPLATE, Lt: { ...TEMPLATE.Lt, properties: { LaunchTemplateData: data } } };
  const changeSet = changeSetOf({
    ...lt && {
      Lt: {
        ...modify('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'old' } }, { LaunchTemplateData: { ImageId: 'new' } }),
        ...lt,
      },
    },
    Workers: modify(
      'AWS::EKS::Nodegroup', { ClusterName: 'prod', LaunchTemplate: { Id: 'lt-1', Version: '1' } },
      { ClusterName: 'prod', LaunchTemplate: launchTemplate },
    ),
  });
  const { wanted, deployed } = stacksOfChangeSet(template, changeSet, { physicalIds: { Workers: 'prod/workers', Lt: 'lt-1' } });
  const cluster = { stackName: 'S', nodeGroups: [], addOns: [] };
  return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog()).nodeGroups!.workers;
}

test('a new version of a launch template is no other launch template, though its ID is shown as not known yet', () => {
  expect(workersAfter({})).toMatchObject({ launchTemplate: undefined, otherChanges: ['LaunchTemplate'] });
});

test.each<[string, Partial<ResourceChange> | undefined, object]>([
  ['all of it known', undefined, { Id: 'lt-1', Version: '2' }],
  ['its new version not known yet', {}, { Id: 'lt-1', Version: KNOWN_AFTER_APPLY }],
])('a new version of a launch template is no other launch template, %s', (_, lt, launchTemplate) => {
  expect(workersAfter(lt, launchTemplate)).toMatchObject({ launchTemplate: undefined, otherChanges: ['LaunchTemplate'] });
});

test.each([{ Id: 'lt-2', Version: '1' }, { Id: 'lt-2', Version: KNOWN_AFTER_APPLY }])('a launch template with another ID is another one: %j', (launchTemplate) => {
  expect(workersAfter({}, launchTemplate)).toMatchObject({ launchTemplate: 'exchanged' });
});

test('a launch template that is replaced is another one', () => {
  expect(workersAfter({ replacement: 'True' })).toMatchObject({ launchTemplate: 'exchanged' });
});

describe('a launch template that follows what stays', () => {
  const FOLLOWS = { SecurityGroupIds: [{ 'Fn::GetAtt': ['Cluster', 'ClusterSecurityGroupId'] }, 'sg-2'] };
  const CUT = { before: notKnown('cut'), after: notKnown('cut') };
  const dynamic = (name: string): ChangedAttribute => (
    { attribute: 'Properties', name, requiresRecreation: 'Never', evaluation: 'Dynamic' });
  const CLUSTER: ResourceChange = {
    action: 'Modify', type: 'AWS::EKS::Cluster', replacement: 'False', details: [], before: known({ Version: '1.35' }), after: known({ Version: '1.36' }),
  };
  const LT: ResourceChange = {
    ...modify('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { SecurityGroupIds: ['sg-1', 'sg-2'] } }, {
      LaunchTemplateData: { SecurityGroupIds: [KNOWN_AFTER_APPLY, 'sg-2'] },
    }),
    details: [dynamic('LaunchTemplateData')],
  };
  const WORKERS: ResourceChange = {
    ...modify('AWS::EKS::Nodegroup', { LaunchTemplate: { Id: 'lt-1', Version: '1' } }, {
      LaunchTemplate: { Id: 'lt-1', Version: KNOWN_AFTER_APPLY },
    }),
    details: [dynamic('LaunchTemplate')],
  };

  function workersWith(changes: Readonly<Record<string, ResourceChange>>) {
    const template = { ...TEMPLATE, Lt: { ...TEMPLATE.Lt, properties: { LaunchTemplateData: FOLLOWS } } };
    const changeSet = changeSetOf({ Cluster: CLUSTER, Lt: LT, Workers: WORKERS, ...changes });
    const { wanted, deployed } = stacksOfChangeSet(template, changeSet, { physicalIds: { Workers: 'prod/workers', Lt: 'lt-1' } });
    const cluster = { stackName: 'S', nodeGroups: [], addOns: [] };
    return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog()).nodeGroups!.workers;
  }

  const ALL_UNKNOWN = { ...WORKERS, after: known({ LaunchTemplate: KNOWN_AFTER_APPLY }) };

  test.each<[string, Readonly<Record<string, ResourceChange>>]>([
    ['told in full', {}],
    ['told as not known yet at all', { Workers: ALL_UNKNOWN }],
    ['of the node group only names', { Workers: { ...WORKERS, ...CUT } }],
    ['of both only names', { Workers: { ...WORKERS, ...CUT }, Lt: { ...LT, ...CUT } }],
  ])('gets no new version: %s', (_, changes) => {
    expect(workersWith(changes)).toMatchObject({ launchTemplate: undefined, otherChanges: [] });
  });

  test.each<[string, Readonly<Record<string, ResourceChange>>]>([
    ['follows what is replaced', { Cluster: { ...CLUSTER, replacement: 'True' } }],
    ['comes itself', { Lt: { ...LT, action: 'Add' } }],
    ['changes by its template', { Lt: { ...LT, ...CUT, details: [{ ...LT.details[0], evaluation: 'Static' }] } }],
  ])('gets one where it %s', (_, changes) => {
    expect(workersWith({ Workers: ALL_UNKNOWN, ...changes })).toMatchObject({ otherChanges: ['LaunchTemplate'] });
  });

  test('gets one where its template changes it, told by names only, and stays the launch template of the nodes', () => {
    const lt = { ...LT, ...CUT, details: [{ ...LT.details[0], evaluation: 'Static' as const }] };
    expect(workersWith({ Workers: { ...WORKERS, ...CUT }, Lt: lt })).toMatchObject({
      launchTemplate: undefined, otherChanges: ['LaunchTemplate'],
    });
  });
});

describe('of the configuration of an add-on, of which CloudFormation tells the value alone', () => {
  const AFTER = '{"env":{"WARM_IP_TARGET":"2"}}';

  function addOnBy(before: string, after: unknown = AFTER) {
    const template = { VpcCni: { type: 'AWS::EKS::Addon', properties: { ClusterName: 'prod', AddonName: 'vpc-cni', ConfigurationValues: after } } };
    const change: ResourceChange = {
      action: 'Modify',
      type: 'AWS::EKS::Addon',
      physicalId: 'prod|vpc-cni',
      replacement: 'False',
      before: notKnown('cut'),
      after: notKnown('cut'),
      details: [{
        attribute: 'Properties',
        name: 'ConfigurationValues',
        path: '/Properties/ConfigurationValues',
        requiresRecreation: 'Never',
        evaluation: 'Static',
        before: known(before),
        after: known(AFTER),
      }],
    };
    const { wanted, deployed } = stacksOfChangeSet(template, changeSetOf({ VpcCni: change }), { physicalIds: { VpcCni: 'prod|vpc-cni' } });
    const cluster = { stackName: 'S', nodeGroups: [], addOns: [{ stackName: 'S', logicalId: 'VpcCni' }] };
    const { addOns } = intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog());
    return { before: deployed.resources.VpcCni.properties.ConfigurationValues, addOn: addOns!['vpc-cni'] };
  }

  test.each([
    ['JSON', '{"env":{"WARM_IP_TARGET":"1"}}'],
    ['JSON that is cut', '{"env":{"WARM_IP_TARGET":"1'],
    ['a list that is cut', '["1'],
    ['YAML in one line', '{env: {WARM_IP_TARGET: "1"}}'],
    ['YAML', 'env:\n  WARM_IP_TARGET: "1"\n'],
  ])('text stays text: %s', (_, text) => {
    expect(addOnBy(text)).toMatchObject({ before: text, addOn: { isReconfigured: true } });
  });

  test('what can be no JSON, where the template writes an expression or nothing any more, is another value', () => {
    expect(addOnBy('{"env":{"WARM_IP_TARGET":"1', { Ref: 'Configuration' }).addOn).toMatchObject({ replacedBy: [], isNew: false });
    expect(addOnBy('{"env":{"WARM_IP_TARGET":"1', undefined).before).not.toEqual(AFTER);
  });
});

describe('of a node group', () => {
  const GROUP: TemplateResources = {
    Workers: {
      type: 'AWS::EKS::Nodegroup',
      properties: { ClusterName: 'prod', Version: '1.36', Labels: { team: { Ref: 'Team' } }, NodegroupName: 'workers' },
    },
  };
  const OTHER: ResourceChange = {
    action: 'Modify', type: 'AWS::EKS::Nodegroup', replacement: 'False', details: [], before: notKnown('cut'), after: notKnown('cut'),
  };
  const detail = (name: string, more: Partial<ChangedAttribute> = {}): ChangedAttribute => (
    { attribute: 'Properties', name, requiresRecreation: 'Never', evaluation: 'Static', ...more });

  /**
   * What a change set makes of the group; by default CloudFormation tells only the names of what changes, as it does of values
   * that are too large.
   */
  function intentBy(
    change: Partial<ResourceChange>, template: TemplateResources = GROUP,
    physicalIds: Readonly<Record<string, string>> = { Workers: 'prod/workers' },
  ) {
    const changeSet = changeSetOf({ Workers: { ...OTHER, ...change } });
    const { wanted, deployed } = stacksOfChangeSet(template, changeSet, { physicalIds });
    const cluster = { stackName: 'S', nodeGroups: [{ stackName: 'S', logicalId: 'Workers' }], addOns: [] };
    return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog()).nodeGroups!;
  }

  test('values that CloudFormation has cut still count as changed', () => {
    expect(intentBy({ details: [detail('Labels'), detail('ScalingConfig')] }).workers).toMatchObject({
      otherChanges: ['Labels', 'ScalingConfig'],
    });
  });

  test('a value by parameter changes when the parameter does', () => {
    const byTeam = (after: string) => ({
      details: [detail('Labels', { evaluation: 'Dynamic' })],
      before: known({ ...GROUP.Workers.properties, Labels: { team: 'a' } }),
      after: known({ ...GROUP.Workers.properties, Labels: { team: after } }),
    });
    expect(intentBy(byTeam('b')).workers).toMatchObject({ otherChanges: ['Labels'] });
    expect(intentBy(byTeam('a')).workers).toMatchObject({ otherChanges: [] });
  });

  test('what may change, because something else does that stays what it is, does not', () => {
    expect(
      intentBy({ details: [detail('Labels', { evaluation: 'Dynamic' })] }).workers,
    ).toMatchObject({ otherChanges: [] });
    const told = { before: known('a'), after: known('b') };
    expect(intentBy({
      details: [detail('Labels', { evaluation: 'Dynamic', ...told })],
    }).workers).toMatchObject({ otherChanges: ['Labels'] });
  });

  test('tags of the stack are tags of the group', () => {
    expect(intentBy({ details: [{ ...detail('x'), attribute: 'Tags', name: undefined }] }).workers).toMatchObject({
      otherChanges: ['Tags'],
    });
  });

  test.each([
    ['in full', '{"Id":"lt-1","Version":"1"}', undefined],
    ['in full, and is another one', '{"Id":"lt-0","Version":"1"}', 'exchanged'],
  ])('an object is read as one where it is told %s', (_, text, launchTemplate) => {
    const properties = { ...GROUP.Workers.properties, LaunchTemplate: { Id: 'lt-1', Version: '2' } };
    const details = [detail('LaunchTemplate', { path: '/Properties/LaunchTemplate', before: known(text) })];
    expect(intentBy({ details }, { Workers: { ...GROUP.Workers, properties } }).workers).toMatchObject({
      launchTemplate, otherChanges: ['LaunchTemplate'],
    });
  });

  test('an object that is cut is another value', () => {
    const details = [detail('Labels', { path: '/Properties/Labels', before: known('{"team":"a","of') })];
    expect(intentBy({ details }).workers).toMatchObject({ otherChanges: ['Labels'] });
  });

  test('a version is told with the one before', () => {
    const whole = { path: '/Properties/Version', before: known('1.35'), after: known('1.36') };
    expect(intentBy({ details: [detail('Version', whole)] }).workers).toMatchObject({ version: '1.36', previous: { version: '1.35' } });
  });

  test('a property that can only be set at its creation replaces it, and conditions do not', () => {
    const anew = detail('InstanceTypes', { requiresRecreation: 'Always' });
    expect(intentBy({ replacement: 'True', details: [anew] }).workers).toMatchObject({ replacedBy: ['InstanceTypes'] });
    expect(intentBy({ replacement: 'True', details: [anew, detail('Labels')] }).workers).toMatchObject({ replacedBy: ['InstanceTypes'] });
    expect(
      intentBy({ replacement: 'Conditional', details: [{ ...anew, evaluation: 'Dynamic' }] }).workers,
    ).toMatchObject({ replacedBy: [] });
  });

  test('an action Add makes it new to the stack', () => {
    expect(intentBy({ action: 'Add' }, GROUP, { Cluster: 'prod' }).workers).toMatchObject({
      isNew: true, previous: undefined, otherChanges: [], replacedBy: [],
    });
  });

  test('an action Import adopts what EKS has, as it is', () => {
    const properties = { ...GROUP.Workers.properties, NodegroupName: undefined };
    expect(intentBy({
      action: 'Import', physicalId: 'prod/workers-1a2b', after: known(properties), before: known({}),
    }, { Workers: { ...GROUP.Workers, properties } }, { Cluster: 'prod' })).toMatchObject({
      'workers-1a2b': { isNew: false, version: '1.36', previous: { version: '1.36' }, otherChanges: [], replacedBy: [] },
    });
  });

  test.each<[string, Partial<ResourceChange>]>([
    ['names alone', {}],
    ['values', { before: known({ ...GROUP.Workers.properties, Version: '1.35' }), after: known(GROUP.Workers.properties) }],
  ])('an action SyncWithActual leaves it as it is, told by %s', (_, told) => {
    const details = [detail('Version', { before: known('1.35'), after: known('1.36') }), detail('Labels')];
    expect(intentBy({ action: 'SyncWithActual', physicalId: 'prod/workers', details, ...told }).workers).toMatchObject({
      isNew: false, version: '1.36', previous: { version: '1.36' }, otherChanges: [], replacedBy: [],
    });
  });

  test('an action Remove takes it away, by the name that it has', () => {
    expect(intentBy({
      action: 'Remove', physicalId: 'prod/workers-1a2b', before: known({ ClusterName: 'prod' }),
    }, {})).toEqual({ 'workers-1a2b': { removed: true } });
  });

  test('an action Remove leaves what is retained as it is', () => {
    expect(intentBy({
      action: 'Remove', physicalId: 'prod/workers-1a2b', isRetained: true, before: known({ ClusterName: 'prod' }),
    }, {})).toEqual({});
  });

  test('a resource of another kind is left as the template has it', () => {
    expect(intentBy({ type: 'AWS::SNS::Topic', details: [detail('Labels')] }).workers).toMatchObject({ otherChanges: [] });
  });
});

describe('of what is known in part', () => {
  const VPC = { endpointPublicAccess: true, subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] };
  const CONFIG = { name: 'prod', version: '1.35', roleArn: 'arn:role', resourcesVpcConfig: VPC };
  const WRITTEN = {
    name: 'prod',
    version: { Ref: 'Version' },
    roleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
    resourcesVpcConfig: {
      ...VPC, subnetIds: [{ Ref: 'Subnet1' }, { Ref: 'Subnet2' }], securityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
    },
  };
  const UNKNOWN_GROUP = { ...VPC, securityGroupIds: [KNOWN_AFTER_APPLY] };

  /** What a change set makes of a cluster of `aws-eks` whose security group changes in place. */
  function clusterAfter(config: object, group: Partial<ResourceChange> = {}, written: object = WRITTEN) {
    const changeSet = changeSetOf({
      Cluster: modify('Custom::AWSCDK-EKS-Cluster', { Config: CONFIG }, { Config: { ...CONFIG, ...config } }),
      Group: { ...modify('AWS::EC2::SecurityGroup', {}, {}), ...group },
    });
    const template = { Cluster: { type: 'Custom::AWSCDK-EKS-Cluster', properties: { Config: written } } };
    const { wanted, deployed } = stacksOfChangeSet(template, changeSet, { physicalIds: { Cluster: 'prod' } });
    const cluster = { stackName: 'S', logicalId: 'Cluster', nodeGroups: [], addOns: [] };
    return intentOf(cluster, 'prod', { wanted: { S: wanted }, deployed: { S: deployed } }, aCatalog());
  }

  test.each<[string, object]>([
    ['with a role', { roleArn: KNOWN_AFTER_APPLY }],
    ['with a security group', { resourcesVpcConfig: UNKNOWN_GROUP }],
    ['with both', { roleArn: KNOWN_AFTER_APPLY, resourcesVpcConfig: UNKNOWN_GROUP }],
  ])('a version moves %s that is known only after it', (_, unknown) => {
    expect(clusterAfter({ version: '1.36', ...unknown })).toMatchObject({
      version: '1.36', previousVersion: '1.35', otherChanges: [], replacedBy: [],
    });
  });

  test('what is known only after it is no change by itself', () => {
    expect(clusterAfter({ roleArn: KNOWN_AFTER_APPLY, resourcesVpcConfig: UNKNOWN_GROUP })).toMatchObject({
      version: '1.35', previousVersion: '1.35', otherChanges: [], replacedBy: [],
    });
  });

  test.each<[string, object, string]>([
    ['another access', { ...UNKNOWN_GROUP, endpointPublicAccess: false }, 'EndpointAccess'],
    ['another subnet', { ...UNKNOWN_GROUP, subnetIds: ['subnet-1', 'subnet-3'] }, 'SubnetsAndSecurityGroups'],
    ['another subnet in a list known in part', { ...VPC, subnetIds: [KNOWN_AFTER_APPLY, 'subnet-3'] }, 'SubnetsAndSecurityGroups'],
    ['a subnet less', { ...UNKNOWN_GROUP, subnetIds: ['subnet-1'] }, 'SubnetsAndSecurityGroups'],
  ])('%s beside it is one', (_, resourcesVpcConfig, kind) => {
    expect(clusterAfter({ resourcesVpcConfig })).toMatchObject({ otherChanges: [kind], replacedBy: [] });
  });

  test('a list known in part that gets longer changes', () => {
    const resourcesVpcConfig = { ...VPC, securityGroupIds: [KNOWN_AFTER_APPLY, 'sg-2'] };
    const securityGroupIds = [{ Ref: 'Group' }, 'sg-2'];
    expect(clusterAfter({ resourcesVpcConfig }, {}, {
      ...WRITTEN, resourcesVpcConfig: { ...WRITTEN.resourcesVpcConfig, securityGroupIds },
    })).toMatchObject({ otherChanges: ['SubnetsAndSecurityGroups'] });
  });

  test.each<[string, unknown]>([
    ['as one expression', { 'Fn::GetAtt': ['Group', 'Ids'] }], ['in another number', [{ Ref: 'NoOther' }, { Ref: 'Group' }]],
  ])('a list that the template writes %s stays while nothing of it comes anew', (_, securityGroupIds) => {
    const unknown = { resourcesVpcConfig: UNKNOWN_GROUP };
    const written = { ...WRITTEN, resourcesVpcConfig: { ...WRITTEN.resourcesVpcConfig, securityGroupIds } };
    expect(clusterAfter(unknown, {}, written)).toMatchObject({ otherChanges: [] });
    expect(clusterAfter(unknown, { replacement: 'True' }, written)).toMatchObject({ otherChanges: ['SubnetsAndSecurityGroups'] });
  });

  test('an object that the template writes as one expression stays while nothing of it comes anew', () => {
    const unknown = { resourcesVpcConfig: UNKNOWN_GROUP };
    const written = { ...WRITTEN, resourcesVpcConfig: { 'Fn::GetAtt': ['Group', 'Config'] } };
    expect(clusterAfter(unknown, {}, written)).toMatchObject({ otherChanges: [] });
    expect(clusterAfter(unknown, { replacement: 'True' }, written)).toMatchObject({ otherChanges: ['EndpointAccess', 'SubnetsAndSecurityGroups'] });
  });

  test('a property that was not there changes, though it is known only after the deployment', () => {
    const changeSet = changeSetOf({ Workers: modify('AWS::EKS::Nodegroup', {}, { LaunchTemplate: KNOWN_AFTER_APPLY }) });
    const { deployed } = stacksOfChangeSet(TEMPLATE, changeSet, { physicalIds: {} });
    expect(deployed.resources.Workers.properties).toEqual({ ClusterName: 'prod' });
  });

  test.each<Partial<ResourceChange>>([{ replacement: 'True' }, { action: 'Add' }])('what comes anew changes: %j', (group) => {
    expect(clusterAfter({ resourcesVpcConfig: UNKNOWN_GROUP }, group)).toMatchObject({
      version: '1.35', previousVersion: '1.35', otherChanges: ['SubnetsAndSecurityGroups'],
    });
  });

  test('the image of a launch template moves with a security group that is known only after it', () => {
    expect(workersAfter({
      before: known({ LaunchTemplateData: { ImageId: 'old', SecurityGroupIds: ['sg-1'] } }),
      after: known({ LaunchTemplateData: { ImageId: 'new', SecurityGroupIds: [KNOWN_AFTER_APPLY] } }),
    }, { Id: 'lt-1', Version: KNOWN_AFTER_APPLY }, { ImageId: 'new', SecurityGroupIds: [{ Ref: 'Group' }] })).toMatchObject({
      launchTemplate: undefined, otherChanges: ['LaunchTemplate'],
    });
  });
});
