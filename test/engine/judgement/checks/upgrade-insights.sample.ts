import { known } from '../../../../src/engine/state/known';
import { anInsight } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({
  insights: known([anInsight({
    name: 'Deprecated APIs removed in Kubernetes v1.36',
    status: 'ERROR',
    reason: 'Deprecated API usage detected within last 30 days.',
    detail: known({
      recommendation: 'Update manifests and API clients to use newer Kubernetes APIs.',
      resources: [],
      deprecations: [{
        usage: '/apis/flowcontrol.apiserver.k8s.io/v1beta3/flowschemas',
        replacedWith: '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
        stopServingVersion: '1.36',
        clients: [],
      }],
    }),
  })]),
});
