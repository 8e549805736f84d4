import { changedProperties, replacingProperties } from '../../../src/engine/change/changed-properties';
import { TemplateResources } from '../../../src/engine/state/deployed-stack';

const withTemplate = (group: object, launchTemplate: object = {}, other: object = {}): TemplateResources => ({
  Group: {
    type: 'AWS::EKS::Nodegroup',
    properties: { LaunchTemplate: { Id: { Ref: 'Lt' }, Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } }, ...group },
  },
  Lt: { type: 'AWS::EC2::LaunchTemplate', properties: { ...launchTemplate } },
  Other: { type: 'AWS::EC2::LaunchTemplate', properties: { ...other } },
});

const data = (ImageId: string) => ({ LaunchTemplateData: { ImageId } });

test('values that differ, are new or are gone; in order', () => {
  expect(changedProperties(
    'Group', withTemplate({ Tags: { a: '1' }, Labels: { x: '1' } }), withTemplate({ Tags: { a: '2' }, AmiType: 'CUSTOM' }),
  ))
    .toEqual(['AmiType', 'Labels', 'Tags']);
});

test('the order of keys does not matter, that of lists does', () => {
  expect(changedProperties('Group', withTemplate({ Tags: { a: '1', b: '2' } }), withTemplate({ Tags: { b: '2', a: '1' } }))).toEqual([]);
  expect(changedProperties('Group', withTemplate({ Subnets: ['a', 'b'] }), withTemplate({ Subnets: ['b', 'a'] }))).toEqual(['Subnets']);
});

test('a launch template of the stack counts where it is referred to', () => {
  expect(changedProperties('Group', withTemplate({}, data('a')), withTemplate({}, data('b')))).toEqual(['LaunchTemplate']);
  expect(changedProperties('Group', withTemplate({}, {}, data('a')), withTemplate({}, {}, data('b')))).toEqual([]);
});

test('a resource that is new or gone has changed nothing', () => {
  expect(changedProperties('Group', {}, withTemplate({}))).toEqual([]);
  expect(changedProperties('Group', withTemplate({}), {})).toEqual([]);
});

test.each<[string, object]>([
  ['a literal version', { Version: '3' }],
  ['the default version', { Version: { 'Fn::GetAtt': ['Lt', 'DefaultVersionNumber'] } }],
  ['no version', {}],
])('what a launch template holds does not count for a group with %s, which stays where it is', (_, version) => {
  const LaunchTemplate = { Id: { Ref: 'Lt' }, ...version };
  expect(changedProperties('Group', withTemplate({ LaunchTemplate }, data('a')), withTemplate({ LaunchTemplate }, data('b')))).toEqual([]);
});

describe('what replaces', () => {
  const cluster = (properties: object): TemplateResources => ({ Cluster: { type: 'AWS::EKS::Cluster', properties: { ...properties } } });
  const ofAwsEks = (Config: object): TemplateResources => ({ Cluster: { type: 'Custom::AWSCDK-EKS-Cluster', properties: { Config } } });

  test('is a property that can only be set at creation, nested ones by path', () => {
    const network = (IpFamily: string, enabled: boolean) => ({
      KubernetesNetworkConfig: { IpFamily, ElasticLoadBalancing: { Enabled: enabled } },
    });
    expect(replacingProperties('Cluster', cluster(network('ipv4', true)), cluster(network('ipv6', true)))).toEqual([
      'KubernetesNetworkConfig.IpFamily',
    ]);
    expect(replacingProperties('Cluster', cluster(network('ipv4', true)), cluster(network('ipv4', false)))).toEqual([]);
    expect(replacingProperties('Cluster', cluster({ BootstrapSelfManagedAddons: false }), cluster({}))).toEqual([
      'BootstrapSelfManagedAddons',
    ]);
    expect(replacingProperties('Cluster', cluster({ Version: '1.35' }), cluster({ Version: '1.36' }))).toEqual([]);
  });

  test('of aws-eks, is what its custom resource holds for another cluster, which takes what it is not told as true', () => {
    expect(replacingProperties('Cluster', ofAwsEks({ roleArn: 'a' }), ofAwsEks({ roleArn: 'b' }))).toEqual(['Config.roleArn']);
    expect(replacingProperties('Cluster', ofAwsEks({}), ofAwsEks({ bootstrapSelfManagedAddons: true }))).toEqual([]);
    expect(replacingProperties('Cluster', ofAwsEks({}), ofAwsEks({ bootstrapSelfManagedAddons: 'false' }))).toEqual([
      'Config.bootstrapSelfManagedAddons',
    ]);
  });

  test('is nothing of a resource that comes or goes', () => {
    expect(replacingProperties('Cluster', {}, cluster({ Name: 'prod' }))).toEqual([]);
    expect(replacingProperties('Cluster', cluster({ Name: 'prod' }), {})).toEqual([]);
  });
});

describe('a value of another stack', () => {
  const imported = (name: string) => ({ 'Fn::ImportValue': name });
  const taken = (StackName: string, OutputName: string, more: object = {}) => (
    { 'Fn::GetStackOutput': { StackName, OutputName, Region: 'us-west-2', ...more } });
  const KEY = imported('Network:ExportsOutputFnGetAttKey961B73FDArn66D44B37');
  const withSubnet = (subnet: object) => withTemplate({ Subnets: [subnet] });

  test.each<[string, object, string[]]>([
    ['in the other way', taken('Network', 'PublishOutputFnGetAttKey961B73FDArn12413C16'), []],
    ['of another resource', taken('Network', 'PublishOutputFnGetAttOther5A860C43Arn12413C16'), ['Subnets']],
    ['of another stack', taken('Other', 'PublishOutputFnGetAttKey961B73FDArn12413C16'), ['Subnets']],
    ['of another account', taken('Network', 'PublishOutputFnGetAttKey961B73FDArn12413C16', { RoleArn: 'arn:role' }), ['Subnets']],
    ['that something else exports', imported('network-key'), ['Subnets']],
    ['that is of the stack itself', { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, ['Subnets']],
  ])('%s', (_, after, expected) => {
    for (const [one, other] of [[KEY, after], [after, KEY]]) {
      expect(replacingProperties('Group', withSubnet(one), withSubnet(other))).toEqual(expected);
      expect(changedProperties('Group', withSubnet(one), withSubnet(other))).toEqual(expected);
    }
  });
});
