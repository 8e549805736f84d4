import { partition as partitionOf } from '@aws-sdk/core/client';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { ParameterValues, pseudoParametersOf, resolveParameters } from '../../../src/engine/change/resolve-parameters';
import { ToldValues, toldValues } from '../../../src/engine/change/told-values';

const STACK = 'arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/app/0123';

const MAPPINGS = { Types: { a: { of: 'm7i.large' }, b: { all: ['m7i.large', 'm7i.xlarge'] } } };

function resolved(value: unknown, parameters: ParameterValues = {}, others?: ToldValues['others']): unknown {
  const cluster = { type: 'AWS::EKS::Cluster', properties: { Value: value } };
  const values = { parameters: { ...pseudoParametersOf(STACK), ...parameters }, mappings: MAPPINGS, others };
  return resolveParameters({ Cluster: cluster }, values).Cluster.properties.Value;
}

const role = (name: unknown) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/', name]] });

test.each<[string, unknown, unknown]>([
  ['a parameter', { Ref: 'Team' }, 'a'],
  ['an ARN as the CDK writes it', role('another'), 'arn:aws-cn:iam::111122223333:role/another'],
  ['a name by a parameter in it', role({ Ref: 'Team' }), 'arn:aws-cn:iam::111122223333:role/a'],
  ['the stack and its Region', [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::Region' }], ['app', 'cn-north-1']],
  ['a text with a parameter', { 'Fn::Sub': '${Team}-workers-${AWS::Region}' }, 'a-workers-cn-north-1'],
  ['a text with a value of its own', { 'Fn::Sub': ['${Team}-${Kind}-${!Literal}', { Kind: { Ref: 'Team' } }] }, 'a-a-${Literal}'],
  ['what a mapping holds', { 'Fn::FindInMap': ['Types', { Ref: 'Team' }, 'of'] }, 'm7i.large'],
  ['a list of a mapping', [{ 'Fn::FindInMap': ['Types', 'b', 'all'] }], [['m7i.large', 'm7i.xlarge']]],
  ['one of a list', { 'Fn::Select': ['1', ['a', { Ref: 'Team' }]] }, 'a'],
  ['one of a list of a mapping', { 'Fn::Select': [1, { 'Fn::FindInMap': ['Types', 'b', 'all'] }] }, 'm7i.xlarge'],
  ['a part of a text', { 'Fn::Select': [2, { 'Fn::Split': ['-', { 'Fn::Sub': 'x-${Team}-${AWS::URLSuffix}' }] }] }, 'amazonaws.com.cn'],
  ['a list that is joined by something', { 'Fn::Join': ['-', ['a', 'b']] }, 'a-b'],
])('%s is resolved', (_, value, expected) => {
  expect(resolved(value, { Team: 'a' })).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a parameter that is masked', { Ref: 'Secret' }],
  ['a resource', { Ref: 'Other' }],
  ['what another stack exports', { 'Fn::ImportValue': 'role' }],
  ['a text with an attribute', { 'Fn::Sub': '${Team}-${Role.Arn}' }],
  ['a text with a masked parameter', { 'Fn::Sub': '${Secret}' }],
  ['a mapping that there is not', { 'Fn::FindInMap': ['None', 'a', 'of'] }],
  ['a key that only the deployment knows', { 'Fn::FindInMap': ['Types', { 'Fn::ImportValue': 'Team' }, 'of'] }],
  ['one of a list that only the deployment knows', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  ['one of a list that lacks it', { 'Fn::Select': [2, ['a', 'b']] }],
  ['one that only the deployment knows of a list', { 'Fn::Select': [{ Ref: 'Secret' }, ['a', 'b']] }],
  ['parts of a text that only the deployment knows', { 'Fn::Split': ['-', { 'Fn::ImportValue': 'subnets' }] }],
  ['what joins an attribute', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Role', 'Arn'] }]] }],
  ['what joins a list that only the deployment knows', { 'Fn::Join': [',', { Ref: 'Subnets' }] }],
])('%s is not', (_, value) => {
  expect(resolved(value, { Secret: '****', Team: 'a' })).toEqual(value);
});

describe('what CloudFormation has told the guard', () => {
  const EXPRESSIONS = {
    1: { 'Fn::ImportValue': 'team' },
    2: { Ref: 'Secret' },
    3: '{{resolve:ssm:/team}}',
    4: { 'Fn::GetAtt': ['Role', 'Arn'] },
    5: { Ref: 'Other' },
    6: { Ref: 'Role' },
    7: { Ref: 'Types' },
    8: { 'Fn::ImportValue': 'kind' },
  };
  const RECEIVED = { 1: 'imported', 2: 'secret', 3: 'looked up', 4: 'arn', 6: 'name', 7: ['m7i.large', 'm7a.large'], 8: 'a' };
  const { parameters, others } = toldValues(EXPRESSIONS, RECEIVED, (id) => id === 'Role');

  test.each<[string, unknown, unknown]>([
    ['what another stack exports', { team: EXPRESSIONS[1] }, { team: 'imported' }],
    ['a masked parameter', [EXPRESSIONS[2]], ['secret']],
    ['a dynamic reference', EXPRESSIONS[3], 'looked up'],
    ['a parameter that is a list', EXPRESSIONS[7], RECEIVED[7]],
    ['a text with a masked parameter', { 'Fn::Sub': '${Secret}-workers' }, 'secret-workers'],
    ['what joins it', { 'Fn::Join': ['-', ['a', EXPRESSIONS[1]]] }, 'a-imported'],
    ['what a mapping holds by it', { 'Fn::FindInMap': ['Types', EXPRESSIONS[8], 'of'] }, 'm7i.large'],
  ])('%s is resolved', (_, value, expected) => {
    expect(resolved(value, { Secret: '****', Types: 'm7i.large,m7a.large', ...parameters }, others)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['an attribute of a resource, of which more is known', EXPRESSIONS[4]],
    ['a resource', EXPRESSIONS[6]],
    ['what it was not told', EXPRESSIONS[5]],
    ['another export', { 'Fn::ImportValue': 'other' }],
  ])('%s is not', (_, value) => {
    expect(resolved(value, parameters, others)).toEqual(value);
  });

  test.each<[string, unknown, unknown]>([
    ['a guard of an older version of the library', undefined, undefined],
    ['a guard that is told nothing', {}, undefined],
    ['a value that is none of CloudFormation', { 1: 'literal' }, { 1: 'literal' }],
  ])('nothing by %s', (_, given, received) => {
    expect(toldValues(given, received, () => false)).toEqual({ parameters: {}, others: new Map() });
  });
});

describe('the suffix of a partition', () => {
  const suffixOf = (partition: string) => pseudoParametersOf(STACK.replace('aws-cn', partition))['AWS::URLSuffix'];
  const suffixes = new Map(RegionInfo.regions.map(({ partition, domainSuffix }) => [partition!, domainSuffix!]));

  test.each([...suffixes])('is told as the CDK has it: %s', (partition, suffix) => {
    expect(suffixOf(partition)).toBe(suffix);
  });

  test.each(['eusc-de-east-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'])('and as the SDK has it: that of %s', (region) => {
    const { name, dnsSuffix } = partitionOf(region);
    expect(suffixOf(name)).toBe(dnsSuffix);
  });

  test('is unknown for one that is not known', () => {
    expect(suffixOf('aws-new')).toBeUndefined();
  });
});
