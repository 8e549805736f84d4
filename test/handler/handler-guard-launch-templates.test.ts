import { HandlerBench, type Answer } from './handler-bench';
import { expectRefusal, findingsIn, guardEvent, putCluster, putStack, startGuardBench } from './handler-guard-bench';
import type { UpgradeGuardProperties } from '../../src/engine/change/resource-properties';

/*
 * Without a change set, CloudFormation tells nothing of launch templates: what nodes run is held against what the template wants.
 */

const TEMPLATE = 'lt-0123456789abcdef0';
const RESOURCES = [
  { logicalId: 'Workers', type: 'AWS::EKS::Nodegroup', physicalId: 'prod/workers' },
  { logicalId: 'WorkersTemplate', type: 'AWS::EC2::LaunchTemplate', physicalId: TEMPLATE },
];

// the bench's clock shows Sunday, 2026-11-22, 12:00 UTC
const window = (start: string) => ({ Windows: [{ Days: ['SUN'], Start: start, Minutes: '240', TimeZone: 'UTC', Except: [] }] });
const [CLOSED, OPEN] = [window('20:00'), window('11:00')];

let bench: HandlerBench;

beforeEach(async () => {
  bench = await startGuardBench();
  putStack(bench, 'UPDATE_IN_PROGRESS', RESOURCES, { changeSet: undefined });
  running();
  // versions 2 and 3 are what a refusal and its rollback left behind
  ['ca-2026', 'ca-2028', 'ca-2026'].forEach((value) => bench.aws.ec2.launchTemplates.addVersion(TEMPLATE, {
    userData: 'dXNlcg==',
    tagSpecificationSet: [
      { resourceType: 'instance', tagSet: [{ key: 'rollout', value }, { key: 'team', value: 'platform' }] },
    ],
  }));
});

afterEach(async () => bench.stop());

const running = (id = TEMPLATE, version = '1') => putCluster(bench, {
  nodegroups: [{ name: 'workers', releaseVersion: '1.35.3-20261104', config: { launchTemplate: { id, version } } }],
});

const tagged = (value: unknown) => ({
  UserData: { 'Fn::Base64': 'user' },
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'platform' }, { Key: 'rollout', Value: value }] }],
});

/** The answer to a deployment that wants nothing but this of the launch template. */
async function wanting(
  LaunchTemplateData: Record<string, unknown>, Schedule: UpgradeGuardProperties['Schedule'] = CLOSED, more: object = {},
): Promise<Answer> {
  return bench.serve(guardEvent(bench, {
    TargetVersion: '1.35',
    Schedule,
    NodeGroups: [
      { LogicalId: 'Workers', Version: '1.35', ReleaseVersion: '1.35.3-20261104', LaunchTemplateData },
    ],
    ...more,
  }));
}

const expectClosed = (answer: Answer) => expectRefusal(bench, answer, 'outside-window', {
  reason: 'closed', data: expect.objectContaining({ moving: ['node group workers'] }),
});

test('a launch template of which nothing changes passes at any time', async () => {
  expect(await wanting(tagged('ca-2026'))).toMatchObject({ Status: 'SUCCESS' });
  expect(bench.log.filter(({ verdict }) => verdict !== undefined)).toEqual([]); // there is nothing to judge
});

test.each<[string, Record<string, unknown>]>([
  ['another rollout', tagged('ca-2028')],
  ['a tag less', { ...tagged('ca-2026'), TagSpecifications: [] }],
  ['no tags any more', { UserData: { 'Fn::Base64': 'user' } }],
  ['other user data', { ...tagged('ca-2026'), UserData: { 'Fn::Base64': 'other' } }],
  ['another member', { ...tagged('ca-2026'), InstanceType: 'm7i.large' }],
])('%s rolls nodes, which is refused outside of the window and passes within it', async (_, data) => {
  expectClosed(await wanting(data));
  expect(bench.aws.mutatingCalls()).toEqual([]);
  expect(await wanting(data, OPEN)).toMatchObject({ Status: 'SUCCESS' });
  expect(findingsIn(bench)).toContain('outside-window');
});

test('another version of a launch template by its number rolls nodes, too', async () => {
  const numbered = (Version: string) => ({
    NodeGroups: [
      { LogicalId: 'Workers', Version: '1.35', ReleaseVersion: '1.35.3-20261104', Others: { LaunchTemplate: { Id: TEMPLATE, Version } } },
    ],
  });
  expectClosed(await wanting({}, CLOSED, numbered('2')));
  expect(await wanting({}, CLOSED, numbered('1'))).toMatchObject({ Status: 'SUCCESS' });
});

test('what only the deployment knows is no change', async () => {
  expect(
    await wanting({ ...tagged({ Ref: 'Rollout' }), UserData: { 'Fn::Base64': { 'Fn::Sub': '${Endpoint}' } } }),
  ).toMatchObject({ Status: 'SUCCESS' });
});

test('while an alarm fires, nodes do not roll for it either', async () => {
  bench.aws.cloudWatch.put({ name: 'errors', state: 'ALARM' });
  expectRefusal(bench, await wanting(tagged('ca-2028'), { Alarms: [{ Name: 'errors' }] }), 'alarm-firing:errors', { reason: 'firing' });
  expect(await wanting(tagged('ca-2026'), { Alarms: [{ Name: 'errors' }] })).toMatchObject({ Status: 'SUCCESS' });
});

describe('what cannot be read', () => {
  beforeEach(() => bench.aws.fail({ service: 'ec2', action: 'DescribeLaunchTemplateVersions', fault: 'accessDenied' }));

  test('is refused like what rolls, and the action is named', async () => {
    expectRefusal(bench, await wanting(tagged('ca-2026')), 'outside-window:unknown', {
      reason: 'launchTemplateUnread', data: { nodeGroup: 'workers', why: expect.stringContaining('ec2:DescribeLaunchTemplateVersions') },
    });
    bench.aws.ssm.putCalendar('freezes', { isOpen: false });
    bench.log.length = 0;
    expectRefusal(bench, await wanting(tagged('ca-2026'), { Calendar: 'freezes' }), 'outside-window:unknown');
    bench.aws.cloudWatch.put({ name: 'errors', state: 'ALARM' });
    expectRefusal(bench, await wanting(tagged('ca-2026'), { Alarms: [{ Name: 'errors' }] }), 'alarm-firing:unknown');
  });

  test('passes where nodes may roll, and where there are no windows', async () => {
    expect(await wanting(tagged('ca-2026'), OPEN)).toMatchObject({ Status: 'SUCCESS' });
    expect(await wanting(tagged('ca-2026'), {})).toMatchObject({ Status: 'SUCCESS' });
    bench.aws.ssm.putCalendar('freezes', { isOpen: true });
    expect(await wanting(tagged('ca-2026'), { Calendar: 'freezes' })).toMatchObject({ Status: 'SUCCESS' });
    bench.aws.cloudWatch.put({ name: 'errors' });
    expect(await wanting(tagged('ca-2026'), { Alarms: [{ Name: 'errors' }] })).toMatchObject({ Status: 'SUCCESS' });
  });
});

test('of a version that somebody has deleted, nothing is claimed', async () => {
  running(TEMPLATE, '9');
  expect(await wanting(tagged('ca-2026'))).toMatchObject({ Status: 'SUCCESS' });
});

test('a launch template of the stack that is not the one of the nodes is another one', async () => {
  running('lt-0fedcba9876543210');
  expectRefusal(bench, await wanting(tagged('ca-2026')), 'launch-template:workers', { reason: 'exchanged' });
});

test('EC2 is not asked for a launch template of another app, nor where a change set tells', async () => {
  const LaunchTemplate = { Id: 'lt-0fedcba9876543210', Version: '1' };
  running(LaunchTemplate.Id);
  const group = { LogicalId: 'Workers', Version: '1.35', ReleaseVersion: '1.35.3-20261104', Others: { LaunchTemplate } };
  await wanting(tagged('ca-2028'), CLOSED, { NodeGroups: [group] });
  running();
  putStack(bench, 'UPDATE_IN_PROGRESS', RESOURCES);
  await wanting(tagged('ca-2028'));
  expect(bench.calledActions).not.toContain('ec2:DescribeLaunchTemplateVersions');
});
