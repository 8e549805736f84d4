import { known } from '../../../../src/engine/state/known';
import { aBudget, replicas, someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade(
  { workloads: known(someWorkloads({ pods: replicas(2), budgets: [aBudget({ minAvailable: '2' })] })) },
  { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
);
