import { changedProperties } from '../../../src/engine/change/changed-properties';
import { TemplateResources } from '../../../src/engine/state/deployed-stack';

const withTemplate = (group: object, launchTemplate: object = {}, other: object = {}): TemplateResources => ({
  Group: { type: 'AWS::EKS::Nodegroup', properties: { LaunchTemplate: { Id: { Ref: 'Lt' }, Version: { 'Fn::GetAtt': ['Lt', 'LatestVersionNumber'] } }, ...group } },
  Lt: { type: 'AWS::EC2::LaunchTemplate', properties: { ...launchTemplate } },
  Other: { type: 'AWS::EC2::LaunchTemplate', properties: { ...other } },
});

test('values that differ, are new or are gone; in order', () => {
  expect(changedProperties('Group', withTemplate({ Tags: { a: '1' }, Labels: { x: '1' } }), withTemplate({ Tags: { a: '2' }, AmiType: 'CUSTOM' })))
    .toEqual(['AmiType', 'Labels', 'Tags']);
});

test('the order of keys does not matter, that of lists does', () => {
  expect(changedProperties('Group', withTemplate({ Tags: { a: '1', b: '2' } }), withTemplate({ Tags: { b: '2', a: '1' } }))).toEqual([]);
  expect(changedProperties('Group', withTemplate({ Subnets: ['a', 'b'] }), withTemplate({ Subnets: ['b', 'a'] }))).toEqual(['Subnets']);
});

test('a launch template of the stack counts where it is referred to', () => {
  expect(changedProperties('Group', withTemplate({}, { ImageId: 'a' }), withTemplate({}, { ImageId: 'b' }))).toEqual(['LaunchTemplate']);
  expect(changedProperties('Group', withTemplate({}, {}, { ImageId: 'a' }), withTemplate({}, {}, { ImageId: 'b' }))).toEqual([]);
});

test('a resource that is new or gone has changed nothing', () => {
  expect(changedProperties('Group', {}, withTemplate({}))).toEqual([]);
  expect(changedProperties('Group', withTemplate({}), {})).toEqual([]);
});
