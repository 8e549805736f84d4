import { concernsChecks } from '../../../../src/engine/change/moves';
import { NodeGroupIntent } from '../../../../src/engine/change/upgrade-intent';
import { nodeGroupDesiredSize } from '../../../../src/engine/judgement/checks/node-group-desired-size';
import { known } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, findings } from '../../a-cluster';

const autoscaled = aCluster({ nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, desiredSize: 14, maxSize: 20 } })]) });
const found = (workers: NodeGroupIntent) => findings(nodeGroupDesiredSize, autoscaled, { nodeGroups: { workers } });

test('fails for another change of the scaling that takes nodes away, and concerns the guard', () => {
  const workers = { resendsDesiredSize: true, desiredSize: 2, otherChanges: ['ScalingConfig'], isNew: false, previous: {} };
  expect(found(workers)).toMatchObject([{
    id: 'node-group-desired-size:workers',
    severity: 'error',
    reason: 'reset',
    data: { live: 14, wanted: 2, ended: 12 },
    remedy: expect.stringContaining("add 'node-group-desired-size:workers' to ignore"),
  }]);
  expect(concernsChecks({ nodeGroups: { workers } }, autoscaled)).toBe(true);
  expect(concernsChecks({ nodeGroups: { workers: { ...workers, desiredSize: 14 } } }, autoscaled)).toBe(false);
  expect(concernsChecks({ nodeGroups: { workers } })).toBe(true); // before the cluster is looked at
});

test.each<[string, NodeGroupIntent]>([
  ['nothing of the scaling changes', { desiredSize: 2, otherChanges: ['Labels'] }],
  ['it keeps the live size', { resendsDesiredSize: true, desiredSize: 14 }],
  ['the template leaves the size to EKS', { resendsDesiredSize: true }],
  ['only the deployment knows the size', { resendsDesiredSize: true, desiredSize: NaN }],
  ['another group takes its place', { resendsDesiredSize: true, desiredSize: 2, replacedBy: ['InstanceTypes'] }],
])('says nothing where %s', (_, workers) => {
  expect(found(workers)).toEqual([]);
  expect(concernsChecks({ nodeGroups: { workers: { previous: {}, ...workers } } }, autoscaled)).toBe(workers.replacedBy !== undefined);
});
