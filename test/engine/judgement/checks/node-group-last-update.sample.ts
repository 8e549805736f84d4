import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({}, {
    groupRoom: {
      lastUpdate: known({
        type: 'VersionUpdate',
        status: 'Failed',
        startedAt: '2026-11-20T08:00:00.000Z',
        errors: [{
          code: 'PodEvictionFailure',
          message: 'Reached max retries while trying to evict pods from nodes in node group workers.',
          resourceIds: [],
        }],
      }),
    },
  }),
  A_ROLL,
);
