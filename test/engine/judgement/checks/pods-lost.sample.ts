import { known } from '../../../../src/engine/state/known';
import { aPod, someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade(
  { workloads: known(someWorkloads({ pods: [aPod('toolbox', { owner: undefined })] })) },
  { nodeGroups: { workers: { releaseVersion: '1.35.4-20261118' } } },
);
