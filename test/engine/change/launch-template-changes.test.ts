import { changesLaunchTemplate } from '../../../src/engine/change/launch-template-changes';

const tags = (...Tags: object[]) => ({ TagSpecifications: [{ ResourceType: 'instance', Tags }] });
const [TEAM, ROLLOUT] = [{ Key: 'team', Value: 'a' }, { Key: 'rollout', Value: 'x' }];

test.each<[string, object, object]>([
  ['the same', { ImageId: 'ami-1' }, { ImageId: 'ami-1' }],
  [
    'numbers and switches as texts', { EbsOptimized: 'true', MetadataOptions: { HttpPutResponseHopLimit: '2' } },
    { EbsOptimized: true, MetadataOptions: { HttpPutResponseHopLimit: 2 } },
  ],
  [
    'what EC2 adds within', { MetadataOptions: { HttpTokens: 'required' } },
    { MetadataOptions: { HttpTokens: 'required', State: 'applied' } },
  ],
  ['tags in another order', tags(TEAM, ROLLOUT), tags(ROLLOUT, TEAM)],
  ['specifications in another order',
    { TagSpecifications: [{ ResourceType: 'volume' }, { ResourceType: 'instance' }] }, {
      TagSpecifications: [{ ResourceType: 'instance' }, { ResourceType: 'volume' }],
    }],
  ['an encoded text', { UserData: { 'Fn::Base64': 'user' } }, { UserData: 'dXNlcg==' }],
  ['an empty list for none', { SecurityGroupIds: [] }, {}],
  ['none for an empty list', {}, { SecurityGroupIds: [] }],
  [
    'a reference', { SecurityGroupIds: ['sg-1', { 'Fn::GetAtt': ['Cluster', 'ClusterSecurityGroupId'] }] },
    { SecurityGroupIds: ['sg-1', 'sg-2'] },
  ],
  ['a dynamic reference', { ImageId: '{{resolve:ssm:/golden}}' }, { ImageId: 'ami-1' }],
  [
    'user data that name the cluster', { UserData: { 'Fn::Base64': { 'Fn::Join': ['', ['a', { Ref: 'Cluster' }]] } } },
    { UserData: 'dXNlcg==' },
  ],
])('sees no change in %s', (_, wanted, live) => {
  expect(changesLaunchTemplate(wanted as Record<string, unknown>, live as Record<string, unknown>)).toBe(false);
});

test.each<[string, object, object]>([
  ['another value', { ImageId: 'ami-1' }, { ImageId: 'ami-2' }],
  ['a value that is new', { ImageId: 'ami-1' }, {}],
  ['a value that is gone', {}, { ImageId: 'ami-1' }],
  ['a list that is gone', {}, { SecurityGroupIds: ['sg-1'] }],
  ['a value within', { MetadataOptions: { HttpTokens: 'required' } }, { MetadataOptions: { HttpTokens: 'optional' } }],
  ['a tag more', tags(TEAM, ROLLOUT), tags(TEAM)],
  ['a tag less', tags(TEAM), tags(TEAM, ROLLOUT)],
  ['a tag of another value', tags(TEAM, { ...ROLLOUT, Value: 'y' }), tags(TEAM, ROLLOUT)],
  ['another order of what is listed', { SecurityGroupIds: ['sg-1', 'sg-2'] }, { SecurityGroupIds: ['sg-2', 'sg-1'] }],
  ['a list where there was none', { SecurityGroupIds: ['sg-1'] }, {}],
  ['a value beside a reference', { SecurityGroupIds: ['sg-1', { Ref: 'Own' }] }, { SecurityGroupIds: ['sg-3', 'sg-2'] }],
])('sees %s', (_, wanted, live) => {
  expect(changesLaunchTemplate(wanted as Record<string, unknown>, live as Record<string, unknown>)).toBe(true);
});
