import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({}, {
    groupRoom: {
      launches: known(['2026-11-21T10:00:00.000Z', '2026-11-21T09:00:00.000Z'].map((endedAt) => (
        { successful: false, endedAt, message: 'You have requested more vCPU capacity than your current vCPU limit of 64 allows.' }))),
    },
  }),
  A_ROLL,
);
