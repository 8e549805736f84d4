import { upgrade } from '../sample';

export const sample = upgrade({}, {
  version: '1.36',
  objects: { removedApis: [], controllers: [{ construct: 'Prod/Cluster/chart-karpenter', controller: 'karpenter', version: '1.0.2' }] },
});
