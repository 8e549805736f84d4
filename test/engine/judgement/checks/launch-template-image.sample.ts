import { known } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup } from '../../a-cluster';
import { Sample } from '../sample';

export const sample: Sample = {
  state: aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcde07' })]) }),
  catalog: aCatalog({ launchTemplateImages: { 'lt-0123456789abcdef0@7': known('ami-0123456789abcde07') } }),
  intent: {
    nodeGroups: {
      workers: {
        image: { id: 'ami-0123456789abcde08', kubernetesVersion: '1.35', launchTemplate: { id: 'lt-0123456789abcdef0', version: '7' } },
      },
    },
  },
};
