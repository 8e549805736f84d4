import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({}, {
    group: { launchTemplate: { id: 'lt-0123456789abcdef0', version: '7' } }, groupRoom: { launchTemplate: known(undefined) },
  }),
  A_ROLL,
);
