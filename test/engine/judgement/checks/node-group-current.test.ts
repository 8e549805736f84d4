import { nodeGroupCurrent } from '../../../../src/engine/judgement/checks/node-group-current';
import { known, notKnown } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const lagging = aCluster({ nodeGroups: known([aNodeGroup({ version: known('1.34') })]) });

test('passes when the nodes have the version of the control plane', () => {
  expect(findings(nodeGroupCurrent, aCluster())).toEqual([]);
});

test('does not look on the way back, nor when the control plane stays', () => {
  expect(findings(nodeGroupCurrent, lagging, { version: '1.34' })).toEqual([]);
  expect(findings(nodeGroupCurrent, lagging, {})).toEqual([]);
});

test('leaves it to the skew to speak of nodes whose version is not known', () => {
  expect(findings(nodeGroupCurrent, aCluster({ nodeGroups: known([aNodeGroup({ version: notKnown('a custom AMI') })]) }))).toEqual([]);
});

test('warns of nodes that lag', () => {
  expect(findings(nodeGroupCurrent, lagging)).toMatchObject([{
    id: 'node-group-current:workers', severity: 'warning', reason: 'behind', data: { version: '1.34', current: '1.35' },
  }]);
});

test('does not look at a group that is to go', () => {
  const state = aCluster({ nodeGroups: known([aNodeGroup({ version: known('1.34') })]) });
  expect(findings(nodeGroupCurrent, state)).toHaveLength(1);
  expect(findings(nodeGroupCurrent, state, { version: '1.36', nodeGroups: { workers: { removed: true } } })).toEqual([]);
});

test('names the launch template of a group with a custom AMI, which cannot be rolled otherwise', () => {
  const group = aNodeGroup({ amiType: 'CUSTOM', version: known('1.34'), releaseVersion: 'ami-0123456789abcdef0' });
  expect(findings(nodeGroupCurrent, aCluster({ nodeGroups: known([group]) }))).toMatchObject([
    { reason: 'customAmi', data: { version: '1.34', current: '1.35' } },
  ]);
});
