import { objectionsTo } from '../../src/live/configuration-schema';
import { ADDON_CONFIGURATIONS } from '../aws/eks-addon-configurations';

const vpcCni = JSON.stringify(ADDON_CONFIGURATIONS['vpc-cni'].schema);
const coreDns = JSON.stringify(ADDON_CONFIGURATIONS.coredns.schema);

test.each([
  ['JSON', vpcCni, '{"env":{"ENABLE_PREFIX_DELEGATION":"true","WARM_IP_TARGET":"5"},"nodeAgent":{"enabled":true}}'],
  ['YAML', coreDns, 'replicaCount: 3\nautoScaling:\n  enabled: true\n'],
  ['the empty object', coreDns, '{}'],
  ['nothing', coreDns, ' \n'],
  ['twice the same key, of which the last counts', coreDns, '{"replicaCount":"no","replicaCount":2}'],
])('takes %s', (_, schema, values) => {
  expect(objectionsTo(values, schema)).toEqual([]);
});

test.each([
  [
    'a name with a typo', vpcCni, '{"env":{"ENABLE_PREFIX_DELEGATON":"true"}}',
    'env.ENABLE_PREFIX_DELEGATON is not known to it; ENABLE_PREFIX_DELEGATION is',
  ],
  ['a name in another case', coreDns, 'ReplicaCount: 2', 'ReplicaCount is not known to it; replicaCount is'],
  ['a name like no other', coreDns, '{"podLabels":{}}', 'podLabels is not known to it'],
  ['a number for a text', vpcCni, '{"env":{"WARM_IP_TARGET":5}}', 'env.WARM_IP_TARGET is 5, and must be string'],
  ['a switch for a text, in YAML', vpcCni, 'enableNetworkPolicy: true', 'enableNetworkPolicy is true, and must be string'],
  ['a text for a number, which is not told', coreDns, '{"replicaCount":"secret"}', 'replicaCount is a string, and must be integer'],
  ['an object in a list', coreDns, '{"tolerations":[{},3]}', 'tolerations[1] is 3, and must be object'],
  ['a list', coreDns, '[]', 'the whole is a list, and must be object'],
  ['null', coreDns, 'null', 'the whole is null, and must be object'],
  ['what is missing', coreDns, '{"autoScaling":{"minReplicas":2}}', 'autoScaling.enabled is missing'],
  ['a value of a closed list', vpcCni, '{"env":{"AWS_VPC_K8S_CNI_LOGLEVEL":"debug"}}',
    'env.AWS_VPC_K8S_CNI_LOGLEVEL is "debug", and must be "DEBUG" or "INFO" or "WARN" or "ERROR"'],
  ['a number out of range', coreDns, '{"replicaCount":0}', 'replicaCount must be >= 1'],
  ['a name that is no identifier', coreDns, '{"a/b~c.d":1}', '["a/b~c.d"] is not known to it'],
])('objects to %s', (_, schema, values, objection) => {
  expect(objectionsTo(values, schema)).toEqual([objection]);
});

test('objects to what is neither JSON nor YAML', () => {
  expect(objectionsTo('{"replicaCount": 3', coreDns)).toEqual([expect.stringMatching(/^it is neither JSON nor YAML: .+/)]);
});

test('says five things where there are five', () => {
  const values = JSON.stringify(Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`unheardOf${number}`, number])));
  expect(objectionsTo(values, coreDns)).toEqual([1, 2, 3, 4, 5].map((number) => `unheardOf${number} is not known to it`));
  expect(objectionsTo(values.replace('}', ',"sixth":6}'), coreDns)).toHaveLength(6);
  expect(objectionsTo(values.replace('}', ',"sixth":6}'), coreDns).at(-1)).toBe('1 more');
});

test('says five things at most, and how many more there are', () => {
  const values = JSON.stringify(Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((number) => [`unheardOf${number}`, number])));
  expect(objectionsTo(values, coreDns)).toEqual([...[1, 2, 3, 4, 5].map((number) => `unheardOf${number} is not known to it`), '2 more']);
});

test('of alternatives it says what is wrong with each, not that none fits', () => {
  const schema = JSON.stringify({ type: 'object', properties: { size: { anyOf: [{ type: 'integer' }, { type: 'boolean' }] } } });
  expect(objectionsTo('{"size":"big"}', schema)).toEqual([
    'size is a string, and must be integer', 'size is a string, and must be boolean',
  ]);
});

test.each(['http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema', undefined])('knows the draft %s', ($schema) => {
  const schema = JSON.stringify({ $schema, type: 'object', properties: { size: { type: 'integer' } }, additionalProperties: false });
  expect(objectionsTo('{"size":1}', schema)).toEqual([]);
  expect(objectionsTo('{"size":"1"}', schema)).toHaveLength(1);
});

test('what only later drafts know counts in them', () => {
  const rules = { allOf: [{ properties: { size: {} } }], unevaluatedProperties: false };
  const schema = JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...rules });
  expect(objectionsTo('{"size":1,"colour":2}', schema)).toEqual(['colour is not known to it']);
});

test.each([
  'no schema', '{"$ref":"#/definitions/Missing"}', '{"type":"whatever"}', '{"id":"x","properties":{"a":{"exclusiveMinimum":true}}}',
])(
  'fails for a schema that cannot be understood: %s', (schema) => {
    expect(() => objectionsTo('{"a":1}', schema)).toThrow();
  });
