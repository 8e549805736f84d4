import { versionDrift } from '../../../../src/engine/judgement/checks/version-drift';
import { aCluster, findings } from '../../a-cluster';

const live136 = aCluster({ version: '1.36' });

test('warns of a cluster that has another version than the app names, now as before', () => {
  expect(findings(versionDrift, live136, { version: '1.35', previousVersion: '1.35' })).toMatchObject([{
    id: 'version-drift',
    severity: 'warning',
    reason: 'drifted',
    data: { current: '1.36', version: '1.35' },
  }]);
});

test('names the next minor as well where EKS offers it: CloudFormation may ask for the version that the cluster has, which EKS refuses', () => {
  const [found] = findings(versionDrift, aCluster(), { version: '1.34', previousVersion: '1.34' });
  expect(found.remedy).toMatch(/^set the version in the app to 1\.35, .*, or to 1\.36 at once$/);
});

test('of a cluster that others have taken back, does not name the version that the app has already', () => {
  const [found] = findings(versionDrift, aCluster(), { version: '1.36', previousVersion: '1.36' });
  expect(found).toMatchObject({ reason: 'drifted', data: { current: '1.35', version: '1.36' } });
  expect(found.remedy).not.toContain('at once');
});

test.each([
  ['a cluster that has the version', { version: '1.36', previousVersion: '1.36' }],
  ['a change of the version', { version: '1.35', previousVersion: '1.36' }],
  ['a change whose former version is not known', { version: '1.35' }],
  ['an app that names none', {}],
])('has nothing to say of %s', (_, intent) => {
  expect(findings(versionDrift, live136, intent)).toEqual([]);
});

test.each([
  ['an upgrade that the cluster has overtaken', { version: '1.35', previousVersion: '1.34' }],
  ['the first version that the app names', { version: '1.35', isFirstVersion: true }],
])('fails for %s', (_, intent) => {
  expect(findings(versionDrift, live136, intent)).toMatchObject([{
    severity: 'error',
    reason: 'overtaken',
    data: { current: '1.36', version: '1.35' },
  }]);
});

test('a deliberate step down from what is deployed and live is a rollback, and none of its business', () => {
  expect(findings(versionDrift, live136, { version: '1.35', previousVersion: '1.36' })).toEqual([]);
});
