import { pseudoParametersOf, resolveParameters } from '../../../src/engine/change/resolve-parameters';

const STACK = 'arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/app/0123';

function resolved(value: unknown, parameters: Record<string, string> = {}): unknown {
  const cluster = { type: 'AWS::EKS::Cluster', properties: { Value: value } };
  return resolveParameters({ Cluster: cluster }, { ...pseudoParametersOf(STACK), ...parameters }).Cluster.properties.Value;
}

const role = (name: unknown) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/', name]] });

test.each<[string, unknown, unknown]>([
  ['a parameter', { Ref: 'Team' }, 'a'],
  ['an ARN as the CDK writes it', role('another'), 'arn:aws-cn:iam::111122223333:role/another'],
  ['a name by a parameter in it', role({ Ref: 'Team' }), 'arn:aws-cn:iam::111122223333:role/a'],
  ['the stack and its Region', [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::Region' }], ['app', 'cn-north-1']],
  ['a list that is joined by something', { 'Fn::Join': ['-', ['a', 'b']] }, 'a-b'],
])('%s is resolved', (_, value, expected) => {
  expect(resolved(value, { Team: 'a' })).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a parameter that is masked', { Ref: 'Secret' }],
  ['a resource', { Ref: 'Other' }],
  ['what another stack exports', { 'Fn::ImportValue': 'role' }],
  ['what joins an attribute', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Role', 'Arn'] }]] }],
  ['what joins a list that only the deployment knows', { 'Fn::Join': [',', { Ref: 'Subnets' }] }],
])('%s is not', (_, value) => {
  expect(resolved(value, { Secret: '****' })).toEqual(value);
});
