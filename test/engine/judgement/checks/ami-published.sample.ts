import { known } from '../../../../src/engine/state/known';
import { aCatalog, aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ nodeGroups: known([aNodeGroup({ amiType: 'AL2_x86_64' })]) }),
  catalog: aCatalog({ amiOffers: { AL2_x86_64: known([{ kubernetesVersion: '1.36', published: false }]) } }),
};
