import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({ offerings: known([{ name: 'm7i.large', zones: ['use1-az1'] }]) }),
  A_ROLL,
);
