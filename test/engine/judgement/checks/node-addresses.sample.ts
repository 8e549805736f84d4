import { known } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({
    subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 0 }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: 0 }]),
  }),
  A_ROLL,
);
