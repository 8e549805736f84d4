import { configurationIn, configurationsToAsk, configuredAddOnsIn, isReconfigured } from '../../../src/engine/change/add-on-configuration';
import { ClusterDeclaration } from '../../../src/engine/declaration/cluster-declaration';
import { known } from '../../../src/engine/state/known';
import { aCatalog, aCluster } from '../a-cluster';

const addOn = (properties: Record<string, unknown>) => ({ type: 'AWS::EKS::Addon', properties: { AddonName: 'coredns', ...properties } });
const association = (ServiceAccount: unknown, RoleArn = 'arn') => ({ ServiceAccount, RoleArn });

test('what a template says of a configuration', () => {
  expect(configurationIn({})).toBeUndefined();
  expect(configurationIn({ ConfigurationValues: '{}' })).toEqual({ values: '{}' });
  expect(configurationIn({ PodIdentityAssociations: [association('a'), association({ Ref: 'B' })] })).toEqual({ serviceAccounts: ['a'] });
});

test.each([
  ['a reference', { ConfigurationValues: { 'Fn::Join': ['', ['{', { Ref: 'X' }]] } }],
  ['a dynamic reference', { ConfigurationValues: '{"replicaCount":"{{resolve:ssm:replicas}}"}' }],
  ['a look-up without a value yet', { ConfigurationValues: 'dummy-value-for-/coredns' }],
  ['associations by reference', { PodIdentityAssociations: { Ref: 'Associations' } }],
])('lets through what only the deployment knows: %s', (_, properties) => {
  expect(configurationIn(properties)).toBeUndefined();
});

test('a configuration changes with its values and service accounts, and not with roles', () => {
  const before = { ConfigurationValues: '{}', PodIdentityAssociations: [association('a')] };
  expect(isReconfigured(before, { ...before, AddonVersion: 'v2' })).toBe(false);
  expect(isReconfigured(before, { ...before, PodIdentityAssociations: [association('a', 'another')] })).toBe(false);
  expect(isReconfigured(before, { ...before, PodIdentityAssociations: [association('b')] })).toBe(true);
  expect(isReconfigured(before, { ...before, ConfigurationValues: '{"a":1}' })).toBe(true);
  expect(isReconfigured(undefined, before)).toBe(true);
  expect(isReconfigured(undefined, {})).toBe(false);
});

test('the configured add-ons of templates, each once', () => {
  const configured = addOn({ ConfigurationValues: '{}', AddonVersion: 'v1.12.4-eksbuild.1' });
  expect(configuredAddOnsIn({
    A: {
      One: configured,
      Plain: addOn({}),
      Other: { type: 'AWS::EKS::Nodegroup', properties: { NodegroupName: 'x', ConfigurationValues: '{}' } },
    },
    B: { Same: configured, Chosen: addOn({ ConfigurationValues: '{}', AddonVersion: { 'Fn::GetAtt': ['Versions', 'CoreDns'] } }) },
  })).toEqual([
    { name: 'coredns', version: 'v1.12.4-eksbuild.1', configuration: { values: '{}' } },
    { name: 'coredns', version: undefined, configuration: { values: '{}' } },
  ]);
});

describe('what to ask before it is known what changes', () => {
  const declaration = { version: '1.36', addOns: [{ name: 'coredns', policy: 'latest' }] } as unknown as ClusterDeclaration;
  const asked = (version: string | undefined, of = declaration, state = aCluster()) =>
    configurationsToAsk(
      of, state, aCatalog(), [{ name: 'coredns', version, configuration: { values: '{}' } }],
    ).map((question) => question.version);

  test('the installed version and the one that would be chosen', () => {
    expect(asked(undefined)).toEqual(['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1']);
    expect(asked('v1.11.0-eksbuild.1')).toEqual(['v1.12.4-eksbuild.1', 'v1.11.0-eksbuild.1']);
  });

  test.each([
    ['latest', 'v1.13.0-eksbuild.1'], ['recommended', 'v1.12.4-eksbuild.1'],
  ])('of a tracked one that is not looked up yet, what %s chooses', (choice, version) => {
    const tracked = { ...declaration, addOns: [{ name: 'coredns', policy: 'tracked', choice }] } as unknown as ClusterDeclaration;
    expect(asked(undefined, tracked, aCluster({ addOns: known([]) }))).toEqual(['v1.12.4-eksbuild.1', version]);
  });

  test('of one that is not installed, the default and the one that would be chosen', () => {
    expect(asked(undefined, declaration, aCluster({ addOns: known([]) }))).toEqual(['v1.12.4-eksbuild.1', 'v1.13.0-eksbuild.1']);
  });

  test('of one that nothing declares, the installed version', () => {
    expect(new Set(asked(undefined, { ...declaration, addOns: [] }))).toEqual(new Set(['v1.12.4-eksbuild.1']));
  });
});
