import { known } from '../../../../src/engine/state/known';
import { aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade(
  {
    nodeGroups: known([aNodeGroup({
      amiType: 'AL2023_x86_64_NVIDIA', capacityType: 'CAPACITY_BLOCK', scaling: { minSize: 2, desiredSize: 2, maxSize: 4 },
    })]),
  },
  { version: '1.36', nodeGroups: { workers: { version: '1.36' } } },
);
