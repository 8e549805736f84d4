import { instanceQuota } from '../../../../src/engine/judgement/checks/instance-quota';
import { known, notKnown } from '../../../../src/engine/state/known';
import { mapValues } from '../../../../src/engine/state/map-values';
import { findings } from '../../a-cluster';
import { A_ROLL, aGroupRoom, aRoomyCluster, aSizedNodeGroup } from '../../a-node-room';

const quota = (vcpus: number) => ({ quotas: known([{ code: 'L-1216C47A', name: 'Running On-Demand Standard instances', vcpus }]) });

test('two nodes and four more of two vCPUs each fit into a quota of 12, not of 11', () => {
  expect(findings(instanceQuota, aRoomyCluster(quota(12)), A_ROLL)).toEqual([]);
  expect(findings(instanceQuota, aRoomyCluster(quota(11)), A_ROLL)).toMatchObject([{
    id: 'instance-quota',
    severity: 'warning',
    reason: 'exceeded',
    data: {
      surge: 8,
      taken: 4,
      name: 'Running On-Demand Standard instances',
      code: 'L-1216C47A',
      vcpus: 11,
    },
  }]);
});

test('groups that stay count with the nodes that they have', () => {
  const nodeGroups = known([aSizedNodeGroup(), aSizedNodeGroup({ name: 'other', scaling: { minSize: 0, maxSize: 9, desiredSize: 9 } })]);
  expect(findings(instanceQuota, aRoomyCluster(quota(29), { nodeGroups }), A_ROLL)).toMatchObject([
    { reason: 'exceeded', data: { taken: 22 } },
  ]);
});

test('groups that are rolled side by side count together', () => {
  const nodeGroups = known([aSizedNodeGroup(), aSizedNodeGroup({ name: 'more' })]);
  const state = aRoomyCluster({ ...quota(20), nodeGroups: { workers: aGroupRoom(), more: aGroupRoom() } }, { nodeGroups });
  expect(findings(instanceQuota, state, A_ROLL)).toEqual([]);
  expect(findings(
    instanceQuota, state, { nodeGroups: { ...A_ROLL.nodeGroups, more: { releaseVersion: '1.35.4-20261118' } } },
  )).toHaveLength(1);
});

test('groups that wait for each other do not: the largest wave counts', () => {
  const groups = { a: 2, b: 2, c: 3 }; // zones
  const state = aRoomyCluster({ ...quota(0), nodeGroups: mapValues(groups, () => aGroupRoom()) }, {
    nodeGroups: known(Object.entries(groups).map(([name, zones]) => (
      aSizedNodeGroup({ name, subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'].slice(0, zones) })))),
  });
  const all = { nodeGroups: mapValues(groups, () => A_ROLL.nodeGroups!.workers) };
  const surge = (after: Record<string, string[]>) => findings(instanceQuota, state, all, undefined, {
    order: mapValues(after, (earlier) => ({ after: earlier, bakeSeconds: 600 })),
  }).map(({ data }) => data.surge);

  expect(surge({})).toEqual([28]);
  expect(surge({ b: ['a'], c: ['b'] })).toEqual([12]);
  expect(surge({ b: ['a'], c: ['a'] })).toEqual([20]);
  expect(surge({ c: ['a', 'b'] })).toEqual([16]);
});

test('a quota that the largest wave fits in is not exceeded', () => {
  const nodeGroups = known([aSizedNodeGroup(), aSizedNodeGroup({ name: 'more' })]);
  const found = (vcpus: number) => findings(
    instanceQuota,
    aRoomyCluster({ ...quota(vcpus), nodeGroups: { workers: aGroupRoom(), more: aGroupRoom() } }, { nodeGroups }),
    { nodeGroups: { ...A_ROLL.nodeGroups, more: { releaseVersion: '1.35.4-20261118' } } },
    undefined,
    { order: { workers: { after: [], bakeSeconds: 0 }, more: { after: ['workers'], bakeSeconds: 600 } } },
  );
  expect(found(16)).toEqual([]);
  expect(found(15)).toMatchObject([{ data: { surge: 8, taken: 8 } }]);
});

test('Spot has quotas of its own', () => {
  expect(findings(instanceQuota, aRoomyCluster(quota(1), { group: { capacityType: 'SPOT' } }), A_ROLL)).toEqual([]);
});

test('types that are not all known, or fall under several quotas, count for none', () => {
  expect(findings(instanceQuota, aRoomyCluster(quota(1), { group: { instanceTypes: ['m7i.large', 'x9.new'] } }), A_ROLL)).toEqual([]);
});

test('of several types the smallest counts', () => {
  const instanceTypes = known([
    { name: 'm7i.large', vcpus: 2, addressesPerInterface: 10, interfaces: 3 }, { name: 'm7i.2xlarge', vcpus: 8, addressesPerInterface: 15, interfaces: 4 },
  ]);
  const both = { group: { instanceTypes: ['m7i.2xlarge', 'm7i.large'] } };
  expect(findings(instanceQuota, aRoomyCluster({ ...quota(12), instanceTypes }, both), A_ROLL)).toEqual([]);
  expect(findings(instanceQuota, aRoomyCluster({ ...quota(11), instanceTypes }, both), A_ROLL)).toHaveLength(1);
});

test('passes for groups that stay, and where quotas or types could not be read', () => {
  expect(findings(instanceQuota, aRoomyCluster(quota(1)), {})).toEqual([]);
  expect(findings(instanceQuota, aRoomyCluster({ quotas: notKnown('denied') }), A_ROLL)).toEqual([]);
  expect(findings(instanceQuota, aRoomyCluster({ ...quota(1), instanceTypes: notKnown('denied') }), A_ROLL)).toEqual([]);
});
