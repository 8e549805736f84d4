import { targetSupported } from '../../../../src/engine/judgement/checks/target-supported';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, findings } from '../../a-cluster';

const UP = { version: '1.36' };

test.each(['STANDARD_SUPPORT', 'EXTENDED_SUPPORT'] as const)('passes for a version in %s', (status) => {
  expect(findings(targetSupported, aCluster(), UP, aCatalog({ offeredVersions: known([{ version: '1.36', status }]) }))).toEqual([]);
});

test('passes unread when the control plane stays', () => {
  expect(findings(targetSupported, aCluster(), {}, aCatalog({ offeredVersions: notKnown('throttled') }))).toEqual([]);
});

test('fails for a version that EKS does not list', () => {
  expect(findings(targetSupported, aCluster(), { version: '1.37' })).toMatchObject([{
    id: 'target-supported', severity: 'error', reason: 'notOffered', data: { target: '1.37', offered: ['1.34', '1.35', '1.36'] },
  }]);
});

test('fails for a version that EKS lists as unsupported', () => {
  const offeredVersions = known([{ version: '1.36', status: 'UNSUPPORTED' as const }]);
  expect(findings(targetSupported, aCluster(), UP, aCatalog({ offeredVersions }))).toMatchObject([
    { reason: 'notOffered', data: { offered: 'no version at all' } },
  ]);
});

test('fails when the list could not be read', () => {
  expect(findings(
    targetSupported, aCluster(), UP, aCatalog({ offeredVersions: notKnown('not allowed to call eks:DescribeClusterVersions') }),
  )).toMatchObject([{
    id: 'target-supported:unknown', severity: 'error', reason: 'unread', data: { why: 'not allowed to call eks:DescribeClusterVersions' },
  }]);
});
