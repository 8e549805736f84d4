import { UpgradeIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupHealth } from '../../../../src/engine/judgement/checks/node-group-health';
import { known, notKnown } from '../../../../src/engine/state/known';
import { NodeGroupState } from '../../../../src/engine/state/node-group-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const issue = { code: 'AsgInstanceLaunchFailures', message: 'No capacity.', resourceIds: ['eks-workers-asg'] };

function withGroup(overrides: Partial<NodeGroupState>) {
  return aCluster({ nodeGroups: known([aNodeGroup(overrides), aNodeGroup({ name: 'other' })]) });
}

test('passes when all groups are ACTIVE and healthy', () => {
  expect(findings(nodeGroupHealth, aCluster())).toEqual([]);
});

test('looks at the groups that are to be updated only, when the control plane stays', () => {
  const state = withGroup({ status: 'DEGRADED' });
  expect(findings(nodeGroupHealth, state, { nodeGroups: { other: { releaseVersion: '1.35.4-20261118' } } })).toEqual([]);
  expect(findings(nodeGroupHealth, state, { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } })).toHaveLength(1);
});

test('passes unread when no node group is wanted and the control plane stays', () => {
  expect(findings(nodeGroupHealth, aCluster({ nodeGroups: notKnown('throttled') }), {})).toEqual([]);
});

const gone = { code: 'IamNodeRoleNotFound', message: 'The role is gone.', resourceIds: ['arn:aws:iam::111122223333:role/nodes'] };
const broken = { code: 'NodeCreationFailure', message: 'Instances failed to join.', resourceIds: [] };

test('fails for a DEGRADED group, with its issues', () => {
  expect(findings(nodeGroupHealth, withGroup({ status: 'DEGRADED', healthIssues: [broken] }))).toMatchObject([{
    id: 'node-group-health:workers',
    check: 'node-group-health',
    severity: 'error',
    subject: 'node group workers',
    reason: 'broken',
    data: { status: 'DEGRADED' },
    details: ['NodeCreationFailure: Instances failed to join'],
  }]);
});

const ROLL = { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } };

test.each<[string, Partial<NodeGroupState>, UpgradeIntent, string, string]>([
  ['what EKS tolerates, untouched', { healthIssues: [issue] }, { version: '1.36' }, 'warning', 'tolerated'],
  ['what EKS tolerates, rolled', { healthIssues: [issue] }, ROLL, 'warning', 'curable'],
  ['what EKS does not tolerate, untouched', { healthIssues: [issue, broken] }, { version: '1.36' }, 'error', 'broken'],
  ['what the new release may cure', { healthIssues: [issue, broken] }, ROLL, 'warning', 'curable'],
  ['what no release cures', { healthIssues: [broken, gone] }, ROLL, 'error', 'incurable'],
  ['no reason that EKS tells, rolled', {}, ROLL, 'warning', 'curable'],
  ['no reason that EKS tells, untouched', {}, { version: '1.36' }, 'error', 'broken'],
  ['no nodes, untouched', { healthIssues: [gone], scaling: { minSize: 0, maxSize: 3, desiredSize: 0 } }, { version: '1.36' }, 'warning', 'empty'],
  ['one node, untouched', { healthIssues: [gone], scaling: { minSize: 0, maxSize: 3, desiredSize: 1 } }, { version: '1.36' }, 'error', 'broken'],
  [
    'no nodes, rolled, of what no release cures',
    { healthIssues: [gone], scaling: { minSize: 0, maxSize: 3, desiredSize: 0 } }, ROLL, 'error', 'incurable',
  ],
])('of a DEGRADED group with %s', (_, group, intent, severity, reason) => {
  expect(findings(nodeGroupHealth, withGroup({ status: 'DEGRADED', ...group }), intent)).toMatchObject([{ severity, reason }]);
});

describe('of a group that only its launch template rolls', () => {
  const RELAUNCH = { nodeGroups: { workers: { otherChanges: ['LaunchTemplate'] } } };

  test('fails for a busy group', () => {
    expect(findings(nodeGroupHealth, withGroup({ status: 'UPDATING' }), RELAUNCH)).toMatchObject([{ severity: 'error', reason: 'busy' }]);
  });

  test.each<[string, string, UpgradeIntent]>([
    ['warning', 'NodeCreationFailure', RELAUNCH], ['warning', 'AmiIdNotFound', RELAUNCH],
    ['warning', 'Ec2InstanceTypeDoesNotExist', RELAUNCH], ['warning', 'Ec2LaunchTemplateInvalidConfiguration', RELAUNCH],
    ['error', 'IamNodeRoleNotFound', RELAUNCH], ['error', 'Ec2LaunchTemplateNotFound', RELAUNCH],
    ['error', 'Ec2InstanceTypeDoesNotExist', ROLL], // whose instances stay of the same type
  ])('%s for %s', (severity, code, intent) => {
    const state = withGroup({ status: 'DEGRADED', healthIssues: [{ code, message: 'It is so.', resourceIds: [] }] });
    const by = intent === ROLL ? 'release' : 'launch template';
    expect(findings(nodeGroupHealth, state, intent)).toMatchObject([{
      severity, reason: severity === 'error' ? 'incurable' : 'curable', data: { by },
    }]);
  });

  test('does not look at it where only tags, sizes or labels change', () => {
    const others = { nodeGroups: { workers: { otherChanges: ['Labels', 'ScalingConfig', 'Tags'] } } };
    expect(findings(nodeGroupHealth, withGroup({ status: 'UPDATING' }), others)).toEqual([]);
  });
});

test.each([
  'AsgInstanceLaunchFailures', 'InstanceLimitExceeded', 'InsufficientFreeAddresses', 'ClusterUnreachable', 'AmiIdNotFound', 'NodeCreationFailure',
  'NodeTerminationFailure', 'PodEvictionFailure', 'InternalFailure', 'Unknown',
])('%s is a warning where the group is rolled', (code) => {
  const state = withGroup({ status: 'DEGRADED', healthIssues: [{ code, message: 'It is so.', resourceIds: [] }] });
  expect(findings(nodeGroupHealth, state, { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } })).toMatchObject([
    { severity: 'warning' },
  ]);
});

test.each(['CREATE_FAILED', 'DELETE_FAILED'])('fails for a group in %s, whatever EKS reports of it', (status) => {
  expect(findings(nodeGroupHealth, withGroup({ status, healthIssues: [issue] }), ROLL)).toMatchObject([{ severity: 'error' }]);
});

test('fails for a busy group, which only needs time', () => {
  expect(findings(nodeGroupHealth, withGroup({ status: 'UPDATING' }))).toMatchObject([
    { reason: 'busy' },
  ]);
});

test('looks at the health issues of an ACTIVE group, too', () => {
  expect(findings(nodeGroupHealth, withGroup({ healthIssues: [gone] }))).toMatchObject([{ severity: 'error' }]);
  expect(findings(nodeGroupHealth, withGroup({ healthIssues: [issue] }))).toMatchObject([{
    severity: 'warning',
    reason: 'tolerated',
    data: { issue: 'AsgInstanceLaunchFailures: No capacity' },
    details: ['AsgInstanceLaunchFailures: No capacity', 'eks-workers-asg'],
  }]);
});

test('does not look at a group that is to go', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ status: 'DEGRADED' })]) });
  expect(findings(nodeGroupHealth, state)).toHaveLength(1);
  expect(findings(nodeGroupHealth, state, { version: '1.36', nodeGroups: { workers: { removed: true } } })).toEqual([]);
});
