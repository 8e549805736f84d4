import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupRelease } from '../../../../src/engine/judgement/checks/node-group-release';
import { known, notKnown } from '../../../../src/engine/state/known';
import { NodeGroupState } from '../../../../src/engine/state/node-group-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

function releaseFindings(amiType: string, workers: NodeGroupIntent) {
  return findings(
    nodeGroupRelease, aCluster({ nodeGroups: known([aNodeGroup({ amiType })]) }), { version: '1.36', nodeGroups: { workers } },
  );
}

test.each([
  ['AL2023_x86_64_STANDARD', '1.36.2-20261104'],
  ['WINDOWS_CORE_2025_x86_64', '1.36-2026.11.04'],
  ['BOTTLEROCKET_x86_64', '1.34.0-18d04e52'], // the OS version, which says nothing about Kubernetes
])('passes for a release of %s', (amiType, releaseVersion) => {
  expect(releaseFindings(amiType, { version: '1.36', releaseVersion })).toEqual([]);
});

test('passes for a newer release of the version that the nodes run', () => {
  expect(releaseFindings('AL2023_x86_64_STANDARD', { releaseVersion: '1.35.4-20261118' })).toEqual([]);
});

test.each([
  ['AL2023_x86_64_STANDARD', '1.35.3-20261118', '1.35'],
  ['WINDOWS_CORE_2025_x86_64', '1.35-2026.11.04', '1.35'],
])('fails for a release of %s that belongs to another minor', (amiType, releaseVersion, minor) => {
  expect(releaseFindings(amiType, { version: '1.36', releaseVersion })).toMatchObject([{
    id: 'node-group-release:workers', severity: 'error', reason: 'otherMinor', data: { releaseVersion, minor, version: '1.36' },
  }]);
});

test('fails when a version is left behind by its release', () => {
  expect(releaseFindings('AL2023_x86_64_STANDARD', { releaseVersion: '1.36.2-20261104' })).toMatchObject([
    { reason: 'otherMinor', data: { version: '1.35' } },
  ]);
});

test('passes when no release is wanted, whatever could not be read', () => {
  const state = aCluster({ nodeGroups: notKnown('throttled') });
  expect(findings(nodeGroupRelease, state, { nodeGroups: { workers: { version: '1.36' } } })).toEqual([]);
});

describe('an older release than the one that runs', () => {
  const RUNNING = { version: '1.35', previousVersion: '1.35' };
  const found = (running: Partial<NodeGroupState>, workers: NodeGroupIntent) => findings(
    nodeGroupRelease, aCluster({ nodeGroups: known([aNodeGroup(running)]) }), { ...RUNNING, nodeGroups: { workers } },
  );

  test.each([
    ['which the deployed template does not know', { version: '1.35', releaseVersion: '1.35.2-20260714' }],
    ['which the deployed template names', { version: '1.35', releaseVersion: '1.35.3-20261104' }],
    ['which may be in the deployed template', undefined],
  ])('is a warning, %s', (_, previous) => {
    expect(found({}, { version: '1.35', releaseVersion: '1.35.3-20260914', previous })).toMatchObject([{
      id: 'node-group-release:workers', severity: 'warning', reason: 'older', data: { releaseVersion: '1.35.3-20260914', running: '1.35.3-20261104' },
    }]);
  });

  test('is a warning for Bottlerocket and Windows, too', () => {
    expect(found({ amiType: 'BOTTLEROCKET_x86_64', releaseVersion: '1.50.0-64a91eb3' }, { releaseVersion: '1.49.0-18d04e52' })).toHaveLength(1);
    expect(found({ amiType: 'WINDOWS_CORE_2025_x86_64', releaseVersion: '1.35-2026.11.04' }, { releaseVersion: '1.35-2026.10.01' })).toHaveLength(1);
  });

  test.each<[string, Partial<NodeGroupState>, NodeGroupIntent]>([
    ['that stays as both templates have it', {}, {
      version: '1.35', releaseVersion: '1.35.3-20260914', previous: { version: '1.35', releaseVersion: '1.35.3-20260914' },
    }],
    ['of an older minor, which a check of its own judges', {}, { version: '1.34', releaseVersion: '1.34.6-20261104' }],
    ['of a newer minor', {}, { version: '1.36', releaseVersion: '1.36.2-20260714' }],
    ['of the node group that takes its place', {}, { version: '1.35', releaseVersion: '1.35.3-20260914', replacedBy: ['Subnets'] }],
    ['of a type that this library does not know', { amiType: 'AL2027_x86_64' }, { version: '1.35', releaseVersion: '1.35.3-20260914' }],
    ['where EKS tells no release', { releaseVersion: undefined }, { version: '1.35', releaseVersion: '1.35.3-20260914' }],
  ])('is nothing to say of one %s', (_, running, workers) => {
    expect(found(running, workers)).toEqual([]);
  });
});

describe('a node group that somebody has deleted and made anew with another AMI type', () => {
  const found = (live: string, workers: NodeGroupIntent) => findings(
    nodeGroupRelease, aCluster({ nodeGroups: known([aNodeGroup({ amiType: live, releaseVersion: '1.54.0-aaf9134e' })]) }),
    { version: '1.36', nodeGroups: { workers: { version: '1.36', releaseVersion: '1.36.2-20261104', amiType: 'AL2023_x86_64_STANDARD', ...workers } } },
  );

  test.each(['BOTTLEROCKET_x86_64', 'WINDOWS_CORE_2025_x86_64'])('fails for a release of Amazon Linux where EKS has %s', (amiType) => {
    expect(found(amiType, {})).toMatchObject([{
      severity: 'error',
      reason: 'otherType',
      data: { releaseVersion: '1.36.2-20261104', wantedType: 'AL2023_x86_64_STANDARD', amiType },
    }]);
  });

  test.each<[string, string, NodeGroupIntent]>([
    ['a type whose releases are called alike', 'AL2023_ARM_64_STANDARD', {}],
    ['another type that the app wants as well, which replaces it', 'BOTTLEROCKET_x86_64', { replacedBy: ['AmiType'] }],
    ['a type that the template does not tell', 'BOTTLEROCKET_x86_64', { amiType: undefined }],
    ['a release that both templates have', 'BOTTLEROCKET_x86_64', { previous: { version: '1.36', releaseVersion: '1.36.2-20261104' } }],
  ])('passes for %s', (_, amiType, workers) => {
    expect(found(amiType, workers)).toEqual([]);
  });
});
