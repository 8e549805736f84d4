import { launchTemplateVersion } from '../../../../src/engine/judgement/checks/launch-template-version';
import { known, notKnown } from '../../../../src/engine/state/known';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

const group = { launchTemplate: { id: 'lt-0123456789abcdef0', version: '7' } };
const gone = aRoomyCluster({}, { group, groupRoom: { launchTemplate: known(undefined) } });

test('fails when the version is gone', () => {
  expect(findings(launchTemplateVersion, gone, A_ROLL)).toMatchObject([{
    id: 'launch-template-version:workers',
    severity: 'error',
    reason: 'gone',
    data: { version: '7', id: 'lt-0123456789abcdef0' },
  }]);
});

test('passes when the deployment gives it another version, and when the group stays', () => {
  expect(findings(launchTemplateVersion, gone, { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } })).toEqual([]);
  expect(findings(launchTemplateVersion, gone, {})).toEqual([]);
});

test('passes with the version, without a template, and where it could not be read', () => {
  expect(findings(launchTemplateVersion, aRoomyCluster({}, { group, groupRoom: { launchTemplate: known({}) } }), A_ROLL)).toEqual([]);
  expect(findings(launchTemplateVersion, aRoomyCluster(), A_ROLL)).toEqual([]);
  expect(findings(
    launchTemplateVersion, aRoomyCluster({}, { group, groupRoom: { launchTemplate: notKnown('denied') } }), A_ROLL,
  )).toEqual([]);
});
