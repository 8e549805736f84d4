import { conditionNamesIn, resolveConditions } from '../../../src/engine/change/resolve-conditions';
import type { Template } from '../../../src/engine/state/deployed-stack';

const TYPE = 'AWS::EKS::Nodegroup';

const template = (expression: unknown, more: Partial<Template> = {}): Template => ({
  Conditions: { IsBig: expression, IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
  Resources: {
    Always: { Type: TYPE, Properties: { InstanceTypes: [{ 'Fn::If': ['IsBig', 'm7i.2xlarge', 'm7i.large'] }] } },
    Sometimes: { Type: TYPE, Condition: 'IsBig', Properties: {} },
  },
  ...more,
});
const Mappings: Template['Mappings'] = { Stages: { 'us-east-1': { name: 'live', nodes: 3 }, 'eu-west-1': { name: 'test' } } };
const resolved = (expression: unknown, parameters: Record<string, unknown> = {}) => {
  const { Always, Sometimes } = resolveConditions(template(expression, { Mappings }), { parameters, mappings: Mappings }).Resources!;
  return { types: (Always.Properties as any).InstanceTypes[0], isThere: Sometimes !== undefined };
};

const BIG = { types: 'm7i.2xlarge', isThere: true };
const SMALL = { types: 'm7i.large', isThere: false };
const UNTOLD = { types: { 'Fn::If': ['IsBig', 'm7i.2xlarge', 'm7i.large'] }, isThere: true };
const mapped = (key: string) => ({ 'Fn::FindInMap': ['Stages', { Ref: 'AWS::Region' }, key] });
const isStage = (stage: string) => ({ 'Fn::Equals': [{ Ref: 'Stage' }, stage] });

test.each<[string, unknown, Record<string, unknown>, object]>([
  ['a parameter that is equal', isStage('live'), { Stage: 'live' }, BIG],
  ['one that is not', isStage('live'), { Stage: 'test' }, SMALL],
  ['one without echo', isStage('live'), { Stage: '****' }, UNTOLD],
  ['one that is not given', isStage('live'), {}, UNTOLD],
  ['a value from another stack', { 'Fn::Equals': [{ 'Fn::ImportValue': 'Stage' }, 'live'] }, {}, UNTOLD],
  ['what a mapping holds', { 'Fn::Equals': [mapped('name'), 'live'] }, { 'AWS::Region': 'us-east-1' }, BIG],
  ['what it holds for another key', { 'Fn::Equals': [mapped('name'), 'live'] }, { 'AWS::Region': 'eu-west-1' }, SMALL],
  ['a number of it', { 'Fn::Equals': [mapped('nodes'), '3'] }, { 'AWS::Region': 'us-east-1' }, BIG],
  ['what it lacks', { 'Fn::Equals': [mapped('name'), 'live'] }, { 'AWS::Region': 'ap-south-1' }, UNTOLD],
  ['a text', { 'Fn::Equals': [{ 'Fn::Sub': '${Stage}-${AWS::Region}' }, 'live-us-east-1'] }, { 'Stage': 'test', 'AWS::Region': 'us-east-1' }, SMALL],
  ['a text with a parameter without echo', { 'Fn::Equals': [{ 'Fn::Sub': '${Stage}-a' }, 'live-a'] }, { Stage: '****' }, UNTOLD],
  ['a joined text', { 'Fn::Equals': [{ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-live'] }, { Stage: 'live' }, BIG],
  ['one of a list', { 'Fn::Equals': [{ 'Fn::Select': [1, { Ref: 'Stages' }] }, 'live'] }, { Stages: ['live', 'test'] }, SMALL],
  ['a list', { 'Fn::Equals': [{ Ref: 'Stages' }, 'live'] }, { Stages: ['live'] }, UNTOLD],
  ['numbers and texts', { 'Fn::Equals': [{ Ref: 'Nodes' }, 3] }, { Nodes: '3' }, BIG],
  ['not', { 'Fn::Not': [isStage('live')] }, { Stage: 'test' }, BIG],
  ['not what is not known', { 'Fn::Not': [isStage('live')] }, {}, UNTOLD],
  ['and', { 'Fn::And': [isStage('live'), { Condition: 'IsLive' }] }, { Stage: 'live' }, BIG],
  ['and, one of them false', { 'Fn::And': [isStage('live'), { 'Fn::Equals': ['a', 'b'] }] }, {}, SMALL],
  ['and, one of them not known', { 'Fn::And': [isStage('live'), { 'Fn::Equals': ['a', 'a'] }] }, {}, UNTOLD],
  ['or', { 'Fn::Or': [isStage('live'), isStage('test')] }, { Stage: 'test' }, BIG],
  ['or, none of them', { 'Fn::Or': [isStage('live'), isStage('test')] }, { Stage: 'dev' }, SMALL],
  ['or, one of them true', { 'Fn::Or': [isStage('live'), { 'Fn::Equals': ['a', 'a'] }] }, {}, BIG],
  ['another condition', { Condition: 'IsLive' }, { Stage: 'live' }, BIG],
  ['a condition that there is not', { Condition: 'None' }, {}, UNTOLD],
])('%s', (_, expression, parameters, expected) => {
  expect(resolved(expression, parameters)).toEqual(expected);
});

test('no value is no property, and no item of a list', () => {
  const Resources: Template['Resources'] = {
    Group: {
      Type: TYPE,
      Properties: {
        DiskSize: { 'Fn::If': ['IsBig', 100, { Ref: 'AWS::NoValue' }] },
        Subnets: ['subnet-a', { 'Fn::If': ['IsBig', 'subnet-b', { Ref: 'AWS::NoValue' }] }],
        Labels: { size: { 'Fn::If': ['IsLive', { 'Fn::If': ['IsBig', 'huge', 'small'] }, 'tiny'] } },
      },
    },
  };
  expect(resolveConditions(template({ 'Fn::Equals': ['a', 'b'] }, { Resources }), { parameters: { Stage: 'live' } }).Resources!.Group.Properties).toEqual({
    Subnets: ['subnet-a'], Labels: { size: 'small' },
  });
});

test('what has no conditions stays as it is', () => {
  const plain: Template = { Resources: { Group: { Type: TYPE, Properties: { Subnets: [{ Ref: 'AWS::NoValue' }] } } } };
  expect(resolveConditions(plain, { parameters: {} })).toBe(plain);
});

test('the names of conditions are those of choices and of other conditions, and no property is one', () => {
  expect(conditionNamesIn({ a: { 'Fn::If': ['One', { 'Fn::If': ['Two', 1, 2] }, 3] }, b: [{ Condition: 'Three' }] })).toEqual(['One', 'Two', 'Three']);
  expect(conditionNamesIn({ Effect: 'Allow', Condition: 'StringEquals' })).toEqual([]);
});
