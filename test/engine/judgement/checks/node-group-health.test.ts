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

test('fails for a DEGRADED group, with its issues', () => {
  expect(findings(nodeGroupHealth, withGroup({ status: 'DEGRADED', healthIssues: [issue] }))).toMatchObject([{
    id: 'node-group-health:workers',
    check: 'node-group-health',
    severity: 'error',
    subject: 'node group workers',
    message: 'the node group is DEGRADED instead of ACTIVE',
    remedy: 'repair or replace the node group first',
    details: ['AsgInstanceLaunchFailures: No capacity'],
  }]);
});

test('fails for a busy group, which only needs time', () => {
  expect(findings(nodeGroupHealth, withGroup({ status: 'UPDATING' }))).toMatchObject([{ remedy: 'wait until it has settled and try again' }]);
});

test('fails for an ACTIVE group with a health issue', () => {
  expect(findings(nodeGroupHealth, withGroup({ healthIssues: [issue] }))).toMatchObject([{
    message: 'EKS reports AsgInstanceLaunchFailures: No capacity', details: ['AsgInstanceLaunchFailures: No capacity', 'eks-workers-asg'],
  }]);
});

test('does not look at a group that is to go', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ status: 'DEGRADED' })]) });
  expect(findings(nodeGroupHealth, state)).toHaveLength(1);
  expect(findings(nodeGroupHealth, state, { version: '1.36', nodeGroups: { workers: { removed: true } } })).toEqual([]);
});
