import { nodeGroupCombinedUpdate } from '../../../../src/engine/judgement/checks/node-group-combined-update';
import { nodeGroupReplacement } from '../../../../src/engine/judgement/checks/node-group-replacement';
import { nodeGroupVersion } from '../../../../src/engine/judgement/checks/node-group-version';
import { known } from '../../../../src/engine/state/known';
import { aCluster, aNodeGroup, anUpgradedCluster, findings } from '../../a-cluster';

const autoscaled = aCluster({ nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, maxSize: 50, desiredSize: 40 } })]) });
const replaced = { replacedBy: ['InstanceTypes'], desiredSize: 1 };

test('passes for a group that stays', () => {
  expect(findings(nodeGroupReplacement, autoscaled, { nodeGroups: { workers: { replacedBy: [], desiredSize: 1 } } })).toEqual([]);
});

test('fails, with the size that lives and the size of the new group', () => {
  expect(findings(nodeGroupReplacement, autoscaled, { nodeGroups: { workers: replaced } })).toMatchObject([{
    id: 'node-group-replacement:workers',
    severity: 'error',
    reason: 'replaced',
    data: {
      replacedBy: ['InstanceTypes'],
      created: '1 node',
      drained: 'its 40 nodes',
    },
  }]);
});

test('fails for a group of a fixed name, of which there can be no second one', () => {
  expect(findings(nodeGroupReplacement, autoscaled, { nodeGroups: { workers: { ...replaced, hasFixedName: true } } })).toMatchObject([{
    reason: 'fixedName', data: { name: 'workers' },
  }]);
});

test.each([false, true])('says that new subnets reach both groups where a selection finds them, and only there (fixed name: %s)', (hasFixedName) => {
  const remedies = [['Subnets', 'InstanceTypes'], ['InstanceTypes']].map((replacedBy) => findings(
    nodeGroupReplacement, autoscaled, { nodeGroups: { workers: { ...replaced, replacedBy, hasFixedName } } },
  )[0].remedy);
  expect(remedies).toEqual([expect.stringMatching(/; until then, name the subnets that this one has/), expect.not.stringContaining('subnets')]);
});

test('is judged as a new group: with the version of the control plane, and with everything in one deployment', () => {
  const held = { version: '1.35', otherChanges: ['InstanceTypes', 'Labels'], previous: {} };
  expect(findings(nodeGroupVersion, anUpgradedCluster(), { nodeGroups: { workers: { ...replaced, ...held } } })).toMatchObject([{
    reason: 'newGroup', data: { target: '1.36' },
  }]);
  expect(findings(nodeGroupVersion, anUpgradedCluster(), { nodeGroups: { workers: { ...held } } })).toEqual([]);
  expect(findings(nodeGroupCombinedUpdate, anUpgradedCluster(), { nodeGroups: { workers: { ...held } } })).toHaveLength(1);
  expect(findings(nodeGroupCombinedUpdate, anUpgradedCluster(), { nodeGroups: { workers: { ...replaced, ...held } } })).toEqual([]);
});
