import { known } from '../../../../src/engine/state/known';
import { aCatalog, anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' })]) }, {
    version: '1.36', addOns: { 'kube-proxy': { version: 'v1.36.2-eksbuild.2', previousVersion: 'v1.35.3-eksbuild.2' } },
  }),
  catalog: aCatalog({ addOnOffers: { 'kube-proxy': known([{ kubernetesVersion: '1.36', versions: ['v1.36.2-eksbuild.2'] }]) } }),
};
