import { pseudoParametersOf, resolveParameters } from '../../../src/engine/change/resolve-parameters';

const STACK = 'arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/app/0123';

const MAPPINGS = { Types: { a: { of: 'm7i.large' }, b: { all: ['m7i.large', 'm7i.xlarge'] } } };

function resolved(value: unknown, parameters: Record<string, string> = {}): unknown {
  const cluster = { type: 'AWS::EKS::Cluster', properties: { Value: value } };
  return resolveParameters({ Cluster: cluster }, { ...pseudoParametersOf(STACK), ...parameters }, MAPPINGS).Cluster.properties.Value;
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
  ['what joins an attribute', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Role', 'Arn'] }]] }],
  ['what joins a list that only the deployment knows', { 'Fn::Join': [',', { Ref: 'Subnets' }] }],
])('%s is not', (_, value) => {
  expect(resolved(value, { Secret: '****', Team: 'a' })).toEqual(value);
});
