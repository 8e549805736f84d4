import { clusterActive } from '../../../../src/engine/judgement/checks/cluster-active';
import { notKnown } from '../../../../src/engine/state/known';
import { aCluster, findings } from '../../a-cluster';

test('passes when the cluster is ACTIVE', () => {
  expect(findings(clusterActive, aCluster())).toEqual([]);
});

test.each([
  ['nothing is wanted', {}],
  ['what is wanted is there', {
    version: '1.35',
    nodeGroups: { workers: { version: '1.35', releaseVersion: '1.35.3-20261104' } },
    addOns: {
      coredns: { version: 'v1.12.4-eksbuild.1' },
    },
  }],
  ['only tags, sizes and labels change', { nodeGroups: { workers: { otherChanges: ['Labels', 'ScalingConfig', 'Tags'] } } }],
])('passes whatever the status when %s', (_, intent) => {
  expect(findings(clusterActive, aCluster({ status: 'UPDATING' }), intent)).toEqual([]);
});

test('fails while the cluster is UPDATING', () => {
  expect(findings(clusterActive, aCluster({ status: 'UPDATING' }))).toMatchObject([{
    id: 'cluster-active', severity: 'error', reason: 'busy', data: { status: 'UPDATING' },
  }]);
});

test('fails without hope for a FAILED cluster', () => {
  expect(findings(clusterActive, aCluster({ status: 'FAILED' }))).toMatchObject([
    { reason: 'failed' },
  ]);
});

test.each([
  ['a newer release of a node group', aCluster(), { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } }],
  ['a launch template of a node group', aCluster(), { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } }],
  ['another certificate authority', aCluster(), { activeCertificateAuthorityId: 'ca-2' }],
  ['a new node group', aCluster(), { nodeGroups: { more: { version: '1.35' } } }],
  [
    'a node group that could not be read', aCluster({ nodeGroups: notKnown('throttled') }),
    { nodeGroups: { workers: { version: '1.35' } } },
  ],
  ['another version of an add-on', aCluster(), { addOns: { coredns: { version: 'v1.13.0-eksbuild.1' } } }],
  ['a new add-on', aCluster(), { addOns: { 'eks-pod-identity-agent': {} } }],
  [
    'an add-on that could not be read', aCluster({ addOns: notKnown('throttled') }),
    { addOns: { coredns: { version: 'v1.12.4-eksbuild.1' } } },
  ],
])('fails when the change is only %s', (_, state, intent) => {
  expect(findings(clusterActive, { ...state, status: 'UPDATING' }, intent)).toHaveLength(1);
});
