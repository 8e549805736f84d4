import { aCluster, aNodeGroup } from './a-cluster';
import { UpgradeIntent } from '../../src/engine/change/upgrade-intent';
import { ClusterState } from '../../src/engine/state/cluster-state';
import { known } from '../../src/engine/state/known';
import { NodeGroupState } from '../../src/engine/state/node-group-state';
import { NodeGroupRoom, NodeRoom } from '../../src/engine/state/node-room';

/** A newer AMI for the node group `workers`, and nothing else. */
export const A_ROLL: UpgradeIntent = { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } };

/** The node group `workers` with two nodes in two zones, as far as rooms are concerned. */
export function aSizedNodeGroup(overrides: Partial<NodeGroupState> = {}): NodeGroupState {
  return aNodeGroup({
    scaling: { minSize: 1, maxSize: 4, desiredSize: 2 },
    update: { maxUnavailable: 1 },
    roleArn: 'arn:aws:iam::111122223333:role/workers',
    instanceTypes: ['m7i.large'],
    capacityType: 'ON_DEMAND',
    autoScalingGroups: ['eks-workers'],
    ...overrides,
  });
}

/** The cluster `prod` with that node group, and room for its roll. */
export function aRoomyCluster(
  room: Partial<NodeRoom> = {}, { group = {}, groupRoom = {}, ...overrides }: Partial<ClusterState> & {
    readonly group?: Partial<NodeGroupState>; readonly groupRoom?: Partial<NodeGroupRoom>;
  } = {},
): ClusterState {
  return aCluster({
    nodeGroups: known([aSizedNodeGroup(group)]),
    nodeRoom: aNodeRoom({
      nodeGroups: { workers: aGroupRoom(groupRoom) }, ...room,
    }),
    ...overrides,
  });
}

/** Plenty of room for `workers`. */
export function aNodeRoom(overrides: Partial<NodeRoom> = {}): NodeRoom {
  return {
    ipFamily: 'ipv4',
    subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 100 }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: 100 }]),
    instanceTypes: known([{ name: 'm7i.large', vcpus: 2, addressesPerInterface: 10, interfaces: 3 }]),
    offerings: known([{ name: 'm7i.large', zones: ['use1-az1', 'use1-az2'] }]),
    quotas: known([{ code: 'L-1216C47A', name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances', vcpus: 64 }]),
    nodeGroups: { workers: aGroupRoom() },
    ...overrides,
  };
}

/** A node group whose launches and updates went well. */
export function aGroupRoom(overrides: Partial<NodeGroupRoom> = {}): NodeGroupRoom {
  return {
    lastUpdate: known({ type: 'VersionUpdate', status: 'Successful', startedAt: '2026-11-01T00:00:00.000Z', errors: [] }),
    launches: known([{ successful: true, endedAt: '2026-11-01T00:10:00.000Z', message: '' }]),
    suspended: known([]),
    accessEntry: known({ type: 'EC2_LINUX' }),
    ...overrides,
  };
}
