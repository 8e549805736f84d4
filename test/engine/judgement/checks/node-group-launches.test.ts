import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupLaunches } from '../../../../src/engine/judgement/checks/node-group-launches';
import { known, notKnown } from '../../../../src/engine/state/known';
import { Launch, SuspendedProcess } from '../../../../src/engine/state/node-room';
import { findings } from '../../a-cluster';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';

const failed = {
  successful: false,
  endedAt: '2026-11-21T10:00:00.000Z',
  message: 'You have requested more vCPU capacity than your current vCPU limit of 64 allows.',
};
const succeeded = { successful: true, endedAt: '2026-11-20T10:00:00.000Z', message: '' };

function found({ launches = [], suspended = [] }: { readonly launches?: Launch[]; readonly suspended?: SuspendedProcess[] }) {
  return findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches: known(launches), suspended: known(suspended) } }), A_ROLL);
}

test('passes when the last launch succeeded, whatever was before, and where there was none', () => {
  expect(found({ launches: [succeeded, failed, failed] })).toEqual([]);
  expect(found({})).toEqual([]);
});

test('warns when the last launch failed, with the words of AWS', () => {
  expect(found({ launches: [failed, succeeded] })).toMatchObject([{
    id: 'node-group-launches:workers',
    severity: 'warning',
    reason: 'lastFailed',
    data: {
      why: 'You have requested more vCPU capacity than your current vCPU limit of 64 allows',
    },
    details: ['2026-11-21: You have requested more vCPU capacity than your current vCPU limit of 64 allows'],
  }]);
});

test('fails when none of the last ones succeeded; a single one is a warning', () => {
  expect(found({ launches: [failed, failed] })).toMatchObject([
    { severity: 'error', reason: 'noneLaunches', data: { count: 2, why: expect.stringMatching(/^You/) } },
  ]);
  expect(found({ launches: [failed] })).toMatchObject([{ severity: 'warning' }]);
});

test('what is older than the last ten launches does not count', () => {
  expect(found({ launches: [...Array(10).fill(failed), succeeded] })).toMatchObject([
    { severity: 'error', reason: 'noneLaunches', data: { count: 10 } },
  ]);
  expect(found({ launches: [...Array(9).fill(failed), succeeded] })).toMatchObject([{ severity: 'warning' }]);
});

test('warns of suspended processes without which no node is exchanged', () => {
  const suspended = ['Launch', 'AZRebalance', 'Terminate'].map((name) => ({ group: 'eks-workers', name, reason: 'User suspended at 2026-11-01T00:00:00Z' }));
  expect(found({ suspended })).toMatchObject([{
    severity: 'warning',
    reason: 'suspended',
    data: { processes: ['Launch', 'Terminate'], group: 'eks-workers', names: 'Launch Terminate', region: 'us-east-1' },
    details: ['Launch: User suspended at 2026-11-01T00:00:00Z', 'Terminate: User suspended at 2026-11-01T00:00:00Z'],
  }]);
});

test('warns of each Auto Scaling group by itself, and names what resumes it', () => {
  const reason = 'User suspended at 2026-11-01T00:00:00Z';
  const remedies = found({ suspended: ['one', 'other'].map((group) => ({ group, name: 'Launch', reason })) }).map(({ remedy }) => remedy);
  expect(remedies).toEqual(['one', 'other'].map((group) => expect.stringContaining(
    `'aws autoscaling resume-processes --auto-scaling-group-name ${group} --scaling-processes Launch --region us-east-1'`,
  )));
});

test('passes where it could not be read, and for a group that stays', () => {
  const unread = { launches: notKnown('denied'), suspended: notKnown('denied') };
  expect(findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: unread }), A_ROLL)).toEqual([]);
  expect(findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches: known([failed]) } }), {})).toEqual([]);
});

test('what can be read counts, where the other may not be', () => {
  const suspended = known([{ group: 'eks-workers', name: 'Launch', reason: 'User suspended at 2026-11-01T00:00:00Z' }]);
  expect(findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches: notKnown('denied'), suspended } }), A_ROLL)).toHaveLength(1);
  const launches = known([failed, failed]);
  expect(findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches, suspended: notKnown('denied') } }), A_ROLL)).toMatchObject([
    { severity: 'error' },
  ]);
});

describe('a deployment that may be the repair is only warned of', () => {
  const because = (message: string) => Array(10).fill({ ...failed, message });
  const NO_IMAGE = because("The image id '[ami-0123456789abcde07]' does not exist.");
  const KEY = because('Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state.');
  const onWorkers = (launches: Launch[], workers: NodeGroupIntent) =>
    findings(nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches: known(launches) } }), { nodeGroups: { workers } });
  const RELEASE = { version: '1.35', releaseVersion: '1.35.4-20261118' };

  test.each([
    ['another image of one\'s own', NO_IMAGE, { image: { id: 'ami-0123456789abcde08' } }],
    ['another launch template', KEY, { otherChanges: ['LaunchTemplate'] }],
    ['another launch template, and a release', KEY, { ...RELEASE, otherChanges: ['LaunchTemplate'] }],
    ['another release, where the image is gone', NO_IMAGE, RELEASE],
    ['another release, where AWS calls it an AMI', because('AMI ami-0123456789abcde07 is pending, and cannot be run.'), RELEASE],
  ])('%s', (_, launches, wanted) => {
    expect(onWorkers(launches, wanted)).toMatchObject([{ severity: 'warning', reason: 'noneLaunchesCurable', data: { count: 10 } }]);
    expect(onWorkers([launches[0], succeeded], wanted)).toMatchObject([{ severity: 'warning', reason: 'lastFailedCurable' }]);
  });

  test.each([
    ['a key', KEY],
    ['a quota', [failed, failed]],
    ['a word that only looks like an image', because('The profile imagenet-miami is not authorized.')],
  ])('another release alone does not repair %s', (_, launches) => {
    expect(onWorkers(launches, RELEASE)).toMatchObject([{ severity: 'error', reason: 'noneLaunches' }]);
    expect(onWorkers(launches, { ...RELEASE, otherChanges: ['Tags'] })).toMatchObject([{ severity: 'error', reason: 'noneLaunches' }]);
  });
});

test('says nothing of a group in whose place another one comes, whose launches end with it', () => {
  const workers = { releaseVersion: '1.35.4-20261118', otherChanges: ['LaunchTemplate'], replacedBy: ['Subnets'] };
  expect(findings(
    nodeGroupLaunches, aRoomyCluster({}, { groupRoom: { launches: known([failed, failed]) } }), { nodeGroups: { workers } },
  )).toEqual([]);
});
