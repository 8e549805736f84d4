import { known } from '../../../../src/engine/state/known';
import { aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade(
  { nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, desiredSize: 14, maxSize: 20 } })]) },
  { nodeGroups: { workers: { otherChanges: ['ScalingConfig'], resendsDesiredSize: true, desiredSize: 2 } } },
);
