import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseYamlTemplate } from '../../../src/live/cloudformation/yaml-template';

/** The value of one property of a node group in a YAML template. */
function property(yaml: string): unknown {
  const indented = yaml.replace(/\n/g, '\n        ');
  const { Resources } = parseYamlTemplate(`Resources:\n  Workers:\n    Type: AWS::EKS::Nodegroup\n    Properties:\n      Value: ${indented}\n`);
  return Resources!.Workers.Properties!.Value;
}

test.each([
  ['!Ref Version', { Ref: 'Version' }],
  ['!Ref "AWS::Region"', { Ref: 'AWS::Region' }],
  ['!Condition IsProd', { Condition: 'IsProd' }],
  ['!GetAtt Cluster.Arn', { 'Fn::GetAtt': ['Cluster', 'Arn'] }],
  ['!GetAtt Nested.Outputs.Name', { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }],
  ['!GetAtt [Cluster, Arn]', { 'Fn::GetAtt': ['Cluster', 'Arn'] }],
  ["!Sub '1.${Minor}'", { 'Fn::Sub': '1.${Minor}' }],
  ["!Sub ['1.${Minor}', { Minor: !Ref M }]", { 'Fn::Sub': ['1.${Minor}', { Minor: { Ref: 'M' } }] }],
  ['!If [IsProd, !Ref Old, !Ref AWS::NoValue]', { 'Fn::If': ['IsProd', { Ref: 'Old' }, { Ref: 'AWS::NoValue' }] }],
  ['!Select\n- 0\n- !GetAZs ""', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }],
  ['!FindInMap [Versions, !Ref Stage, Kubernetes]', { 'Fn::FindInMap': ['Versions', { Ref: 'Stage' }, 'Kubernetes'] }],
  [
    '!Transform { Name: AWS::Include, Parameters: { Location: s3 } }',
    { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3' } } },
  ],
  ['!ImportValue cluster-version', { 'Fn::ImportValue': 'cluster-version' }],
  ['{ "Fn::Join": ["-", [!Ref A, !Ref B]] }', { 'Fn::Join': ['-', [{ Ref: 'A' }, { Ref: 'B' }]] }],
  ['!FunctionOfTheFuture x', { 'Fn::FunctionOfTheFuture': 'x' }],
])('reads %s', (yaml, value) => {
  expect(property(yaml)).toEqual(value);
});

test.each([
  ['1.30', '1.30'], ['1.36', '1.36'], ['2012-10-17', '2012-10-17'], ['22:30', '22:30'], ['3', 3], ['true', true],
  ["'3'", '3'], ['no!Ref x', 'no!Ref x'],
])(
  'reads the scalar %s as CloudFormation hands it on', (yaml, value) => {
    expect(property(yaml)).toEqual(value);
  });

test('reads names that YAML 1.1 takes for booleans', () => {
  expect(parseYamlTemplate('Resources:\n  N:\n    Type: AWS::EKS::Addon\n').Resources).toEqual({ N: { Type: 'AWS::EKS::Addon' } });
});

test.each(['Resources: {}', 'Resources: { }\n# by hand'])('reads %j', (body) => {
  expect(parseYamlTemplate(body)).toEqual({ Resources: {} });
});

test.each(['', '# nothing'])('an empty template is one: %j', (body) => {
  expect(parseYamlTemplate(body)).toEqual({});
});

test('what the CDK CLI writes is read as it was', () => {
  const value = fc.oneof(
    fc.string(), fc.integer(), fc.boolean(), fc.constantFrom('1.30', 'yes', '!Ref x', '2012-10-17', '0x1', '{{resolve:ssm:/a}}'),
  );
  fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'), value), (properties) => {
    const template = { Resources: { Workers: { Type: 'AWS::EKS::Nodegroup', Properties: properties } } };

    expect(parseYamlTemplate(stringify(template, { version: '1.1' }))).toEqual(template);
  }));
});

test('fails for what is no template', () => {
  expect(() => parseYamlTemplate('Resources: [')).toThrow();
});
