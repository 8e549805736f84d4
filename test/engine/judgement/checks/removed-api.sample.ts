import { upgrade } from '../sample';

export const sample = upgrade({}, {
  version: '1.36',
  objects: {
    removedApis: [{
      construct: 'Prod/Cluster/manifest-budgets', apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', name: 'checkout', removedIn: '1.25', replacement: 'policy/v1 PodDisruptionBudget',
    }],
    controllers: [],
  },
});
