import { known } from '../../../../src/engine/state/known';
import { aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade(
  { nodeGroups: known([aNodeGroup({ scaling: { minSize: 1, desiredSize: 127, maxSize: 200 } })]) },
  { version: '1.36', nodeGroups: { workers: { version: '1.36' } } },
);
