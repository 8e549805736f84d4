import { awsEksUpdates } from '../../../../src/engine/change/aws-eks-updates';
import type { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { clusterCombinedUpdate } from '../../../../src/engine/judgement/checks/cluster-combined-update';
import { aCluster, findings } from '../../a-cluster';

const found = (intent: UpgradeIntent, version = '1.35') => findings(
  clusterCombinedUpdate, aCluster({ version }), { isTakenBack: true, ...intent },
);

test('refuses the version together with anything else', () => {
  expect(found({ version: '1.36', previousVersion: '1.35', otherChanges: ['EndpointAccess', 'Logging'] })).toMatchObject([{
    id: 'cluster-combined-update',
    severity: 'error',
    reason: 'versionCombined',
    data: { kinds: ['EndpointAccess', 'Logging'] },
  }]);
});

test('refuses it also where the control plane is there already: the custom resource compares what it is told', () => {
  expect(found({ version: '1.36', previousVersion: '1.35', otherChanges: ['Logging'] }, '1.36')).toHaveLength(1);
});

const STAYS = { version: '1.35', previousVersion: '1.35' };

test('refuses two kinds without the version, too', () => {
  expect(found({ ...STAYS, otherChanges: ['EndpointAccess', 'Logging'] })).toMatchObject([
    {
      severity: 'error',
      reason: 'combined',
      data: { kinds: ['EndpointAccess', 'Logging'] },
    },
  ]);
});

test('refuses any change of the encryption, alone and beside another', () => {
  expect(found({ ...STAYS, otherChanges: ['Encryption'] })).toMatchObject([
    { severity: 'error', reason: 'encryption' },
  ]);
  expect(found({ ...STAYS, otherChanges: ['Encryption', 'Logging'] })).toHaveLength(1);
  expect(found({ version: '1.36', previousVersion: '1.35', otherChanges: ['Encryption', 'Logging'] })).toHaveLength(2);
});

test.each<[string, UpgradeIntent]>([
  ['the version alone', { version: '1.36', previousVersion: '1.35', otherChanges: [] }],
  ['something else alone', { version: '1.35', previousVersion: '1.35', otherChanges: ['Logging'] }],
  ['a deployment before which nothing is known', { version: '1.36' }],
])('has nothing to say of %s', (_, intent) => {
  expect(found(intent)).toEqual([]);
});

test('the kinds of updates are those of the custom resource', () => {
  const config = {
    name: 'prod',
    version: '1.35',
    roleArn: 'arn',
    tags: { a: 'b' },
    logging: { clusterLogging: [] },
    resourcesVpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: [], endpointPublicAccess: true },
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
  };
  const changedBy = (edit: object) => {
    const [before, after] = [config, { ...config, ...edit }].map(awsEksUpdates);
    return Object.keys(after).filter((kind) => JSON.stringify(before[kind]) !== JSON.stringify(after[kind]));
  };

  expect(changedBy({ version: '1.36', tags: {} })).toEqual([]);
  expect(changedBy({ logging: undefined })).toEqual(['Logging']);
  expect(changedBy({ encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: 'arn' } }] })).toEqual(['Encryption']);
  expect(changedBy({
    resourcesVpcConfig: { ...config.resourcesVpcConfig, publicAccessCidrs: ['10.0.0.0/8'] },
  })).toEqual(['EndpointAccess']);
  expect(
    changedBy({ resourcesVpcConfig: { ...config.resourcesVpcConfig, subnetIds: ['subnet-2'] } }),
  ).toEqual(['SubnetsAndSecurityGroups']);
  expect(changedBy({ accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } })).toEqual(['AuthenticationMode']);
  expect(changedBy({ deletionProtection: true, controlPlaneScalingConfig: { tier: 'XL' } })).toEqual([
    'DeletionProtection', 'ControlPlaneScaling',
  ]);
});
