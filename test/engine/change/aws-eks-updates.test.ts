import { awsEksUpdates } from '../../../src/engine/change/aws-eks-updates';

/** The kinds of update that differ between two configurations. */
const kindsBetween = (before: object, after: object) => {
  const [old, wanted] = [awsEksUpdates(before), awsEksUpdates(after)];
  return Object.keys(wanted).filter((kind) => JSON.stringify(old[kind]) !== JSON.stringify(wanted[kind]));
};

test.each<[string, object]>([
  ['Logging', { logging: { clusterLogging: [] } }],
  ['Encryption', { encryptionConfig: [{ provider: { keyArn: 'arn' } }] }],
  ['EndpointAccess', { resourcesVpcConfig: { endpointPublicAccess: false } }],
  ['EndpointAccess', { resourcesVpcConfig: { endpointPrivateAccess: true } }],
  ['EndpointAccess', { resourcesVpcConfig: { publicAccessCidrs: ['10.0.0.0/8'] } }],
  ['SubnetsAndSecurityGroups', { resourcesVpcConfig: { subnetIds: ['subnet-a'] } }],
  ['SubnetsAndSecurityGroups', { resourcesVpcConfig: { securityGroupIds: ['sg-a'] } }],
  ['AuthenticationMode', { accessConfig: { authenticationMode: 'API' } }],
  ['DeletionProtection', { deletionProtection: true }],
  ['ControlPlaneScaling', { controlPlaneScalingConfig: { tier: 'tier-xl' } }],
])('%s is an update of its own: %j', (kind, config) => {
  expect(kindsBetween({}, config)).toEqual([kind]);
  expect(kindsBetween(config, config)).toEqual([]);
});

test('of what is not configured, encryption alone is told: an older template, which told nothing of it, is not without', () => {
  expect(awsEksUpdates({}).Encryption).toEqual({});
});
