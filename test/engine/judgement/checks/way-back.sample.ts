import { known } from '../../../../src/engine/state/known';
import { aCatalog, anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.35.3-eksbuild.2' })]) }, {
    version: '1.36', addOns: { 'kube-proxy': { policy: 'recommended' } },
  }),
  catalog: aCatalog({
    addOnOffers: {
      'kube-proxy': known([
        { kubernetesVersion: '1.35', versions: ['v1.35.3-eksbuild.2'], defaultVersion: 'v1.35.3-eksbuild.2' },
        { kubernetesVersion: '1.36', versions: ['v1.36.2-eksbuild.2', 'v1.35.3-eksbuild.2'], defaultVersion: 'v1.36.2-eksbuild.2' },
      ]),
    },
  }),
};
