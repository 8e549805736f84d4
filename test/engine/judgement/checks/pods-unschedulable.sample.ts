import { known } from '../../../../src/engine/state/known';
import { aPod, someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade(
  { workloads: known(someWorkloads({ pods: [aPod('web-1', { ties: [{ to: 'node', names: ['old-1'], by: 'volume data' }] })] })) },
  { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
);
