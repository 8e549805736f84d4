import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupRelease } from '../../../../src/engine/judgement/checks/node-group-release';
import { known, notKnown } from '../../../../src/engine/state/known';
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
