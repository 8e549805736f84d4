import { versionDrift } from '../../../../src/engine/judgement/checks/version-drift';
import { aCluster, findings } from '../../a-cluster';

const live136 = aCluster({ version: '1.36' });

test('warns of a cluster that has another version than the app names, now as before', () => {
  expect(findings(versionDrift, live136, { version: '1.35', previousVersion: '1.35' })).toMatchObject([{
    id: 'version-drift',
    severity: 'warning',
    message: 'the cluster has 1.36, the app names 1.35 as before, and this change leaves the version alone',
    remedy: 'write 1.36 into the app, so that the next change of the version starts from what the cluster has',
  }]);
});

test.each([
  ['a cluster that has the version', { version: '1.36', previousVersion: '1.36' }],
  ['a change of the version', { version: '1.35', previousVersion: '1.36' }],
  ['a change whose former version is not known', { version: '1.35' }],
  ['an app that names none', {}],
])('has nothing to say of %s', (_, intent) => {
  expect(findings(versionDrift, live136, intent)).toEqual([]);
});
