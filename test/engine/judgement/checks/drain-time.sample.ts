import { known } from '../../../../src/engine/state/known';
import { replicas, someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade(
  { workloads: known(someWorkloads({ pods: replicas(2, { graceSeconds: 3600 }) })) },
  { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
);
