import { sample } from './capacity-block.sample';
import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { capacityBlock } from '../../../../src/engine/judgement/checks/capacity-block';
import { known } from '../../../../src/engine/state/known';
import { NodeGroupState } from '../../../../src/engine/state/node-group-state';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const found = (overrides: Partial<NodeGroupState>, workers: NodeGroupIntent = { version: '1.36' }) => {
  const scaling = { minSize: 0, desiredSize: 2, maxSize: 4 };
  const group = aNodeGroup({ capacityType: 'CAPACITY_BLOCK', scaling, ...overrides });
  return findings(capacityBlock, aCluster({ nodeGroups: known([group]) }), { version: '1.36', nodeGroups: { workers } });
};

test('warns of a roll of nodes in a Capacity Block', () => {
  expect(findings(capacityBlock, sample.state, sample.intent)).toMatchObject([{
    id: 'capacity-block:workers', severity: 'warning', reason: 'hasNodes', data: { nodes: 2 },
  }]);
});

test.each<[string, NodeGroupIntent]>([
  ['another release', { version: '1.35', releaseVersion: '1.35.3-20261120' }],
  ['another version of the launch template', { otherChanges: ['LaunchTemplate'] }],
])('warns of a roll for %s', (_, workers) => {
  expect(found({}, workers)).toHaveLength(1);
});

test.each<[string, Partial<NodeGroupState>]>([
  ['without nodes', { scaling: { minSize: 0, desiredSize: 0, maxSize: 4 } }],
  ['of which the sizes are not known', { scaling: undefined }],
  ['on demand', { capacityType: 'ON_DEMAND' }],
  ['on Spot', { capacityType: 'SPOT' }],
  ['of which the capacity type is not known', { capacityType: undefined }],
])('passes for a node group %s', (_, overrides) => {
  expect(found(overrides)).toEqual([]);
});

test.each<[string, NodeGroupIntent]>([
  ['stays', { version: '1.35' }],
  ['is scaled', { otherChanges: ['ScalingConfig'] }],
  ['goes', { removed: true, otherChanges: ['LaunchTemplate'] }],
  ['is replaced', { version: '1.36', replacedBy: ['Subnets'] }],
])('passes for a node group that %s', (_, workers) => {
  expect(found({}, workers)).toEqual([]);
});
