import { known } from '../../../../src/engine/state/known';
import { aCatalog } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({}, { version: '1.36', addOns: { coredns: { version: 'v1.13.0-eksbuild.1', given: [] } } }),
  catalog: aCatalog({
    addOnOffers: {
      coredns: known(['1.35', '1.36'].map((kubernetesVersion) => ({
        kubernetesVersion,
        versions: ['v1.13.0-eksbuild.1', 'v1.12.4-eksbuild.1'],
        defaultVersion: 'v1.13.0-eksbuild.1',
        traits: { 'v1.13.0-eksbuild.1': { requiresConfiguration: true as const, requiresIamPermissions: true as const } },
      }))),
    },
  }),
};
