import { notKnown } from '../../../../src/engine/state/known';
import { A_ROLL, aRoomyCluster } from '../../a-node-room';
import { changing } from '../sample';

export const sample = changing(
  aRoomyCluster({ quotas: notKnown('not allowed to call servicequotas:GetServiceQuota') }),
  A_ROLL,
);
