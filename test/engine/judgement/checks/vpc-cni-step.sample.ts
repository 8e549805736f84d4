import { known } from '../../../../src/engine/state/known';
import { aCatalog, anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ addOns: known([anAddOn({ name: 'vpc-cni', version: 'v1.18.6-eksbuild.1' })]) }, {
    version: '1.36', addOns: { 'vpc-cni': { version: 'v1.20.4-eksbuild.2' } },
  }),
  catalog: aCatalog({
    addOnOffers: { 'vpc-cni': known([{ kubernetesVersion: '1.36', versions: ['v1.20.4-eksbuild.2', 'v1.19.6-eksbuild.7'] }]) },
  }),
};
