import { nodeRoleAccess } from '../../../../src/engine/judgement/checks/node-role-access';
import { known, notKnown } from '../../../../src/engine/state/known';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

test('fails without an access entry', () => {
  expect(findings(nodeRoleAccess, aRoomyCluster({}, { groupRoom: { accessEntry: known(undefined) } }), A_ROLL)).toMatchObject([{
    id: 'node-role-access:workers',
    severity: 'error',
    reason: 'noEntry',
    data: { role: 'arn:aws:iam::111122223333:role/workers', type: 'EC2_LINUX' },
  }]);
});

test('fails with an entry for people; Windows nodes have a type of their own', () => {
  const state = aRoomyCluster({}, {
    group: { amiType: 'WINDOWS_CORE_2022_x86_64' }, groupRoom: { accessEntry: known({ type: 'STANDARD' }) },
  });
  expect(findings(nodeRoleAccess, state, A_ROLL)).toMatchObject([
    {
      reason: 'otherType',
      data: {
        type: 'EC2_WINDOWS',
        found: 'STANDARD',
        command: "'aws eks delete-access-entry --cluster-name prod --principal-arn arn:aws:iam::111122223333:role/workers "
          + "--region us-east-1'",
      },
    },
  ]);
});

test('passes with the entry, where aws-auth may let nodes in, where it could not be read, and for a group that stays', () => {
  expect(findings(nodeRoleAccess, aRoomyCluster(), A_ROLL)).toEqual([]);
  expect(findings(nodeRoleAccess, aRoomyCluster({}, { groupRoom: { accessEntry: undefined } }), A_ROLL)).toEqual([]);
  expect(findings(nodeRoleAccess, aRoomyCluster({}, { groupRoom: { accessEntry: notKnown('denied') } }), A_ROLL)).toEqual([]);
  expect(findings(nodeRoleAccess, aRoomyCluster({}, { groupRoom: { accessEntry: known(undefined) } }), {})).toEqual([]);
});
