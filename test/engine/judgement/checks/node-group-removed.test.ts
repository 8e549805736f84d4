import { nodeGroupRemoved } from '../../../../src/engine/judgement/checks/node-group-removed';
import { known } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

test('warns of the nodes that a removed group drains at once', () => {
  const state = aCluster({
    nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, maxSize: 9, desiredSize: 7 } }), aNodeGroup({ name: 'gpu' })]),
  });
  expect(findings(nodeGroupRemoved, state, { nodeGroups: { workers: { removed: true }, gpu: {} } })).toMatchObject([{
    id: 'node-group-removed:workers', severity: 'warning', reason: 'removed', data: { nodes: 7 },
  }]);
});

test('says nothing of a group that EKS does not have', () => {
  expect(findings(nodeGroupRemoved, aCluster(), { nodeGroups: { gone: { removed: true } } })).toEqual([]);
});
