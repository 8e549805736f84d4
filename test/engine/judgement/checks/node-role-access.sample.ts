import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({}, { groupRoom: { accessEntry: known(undefined) } }),
  A_ROLL,
);
