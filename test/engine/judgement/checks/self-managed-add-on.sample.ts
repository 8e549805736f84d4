import { known } from '../../../../src/engine/state/known';
import { someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade({
  addOns: known([]),
  workloads: known(someWorkloads({
    coreImages: [{ addOn: 'kube-proxy', workload: 'DaemonSet kube-proxy', version: 'v1.32.0-minimal-eksbuild.2' }],
  })),
});
