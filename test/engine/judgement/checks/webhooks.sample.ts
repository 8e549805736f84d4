import { known } from '../../../../src/engine/state/known';
import { someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade(
  {
    workloads: known(someWorkloads({
      webhooks: known([{
        configuration: 'policies',
        kind: 'ValidatingWebhookConfiguration',
        name: 'pods.policies.example.com',
        service: 'policies/webhook',
        readyEndpoints: 0,
        concerns: ['pods in kube-system'],
        evictionsIn: [],
      }]),
    })),
  },
  { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
);
