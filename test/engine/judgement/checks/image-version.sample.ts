import { known } from '../../../../src/engine/state/known';
import { aCatalog, aCluster, aNodeGroup } from '../../a-cluster';
import { Sample } from '../sample';

const ID = 'ami-0123456789abcde08';

export const sample: Sample = {
  state: aCluster({ nodeGroups: known([aNodeGroup({ amiType: 'CUSTOM', releaseVersion: 'ami-0123456789abcde07' })]) }),
  catalog: aCatalog({ images: { [ID]: known({ id: ID, name: 'golden-1.36-20261101', state: 'available', kubernetesVersion: '1.36' }) } }),
  intent: { nodeGroups: { workers: { image: { id: ID } } } },
};
