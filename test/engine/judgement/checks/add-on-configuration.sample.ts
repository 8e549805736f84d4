import { known } from '../../../../src/engine/state/known';
import { aCatalog } from '../../a-cluster';
import { upgrade } from '../sample';

const configuration = { values: '{"replicacount":3}' };

export const sample = {
  ...upgrade({}, { version: '1.36', addOns: { coredns: { version: 'v1.13.0-eksbuild.1', configuration } } }),
  catalog: aCatalog({
    addOnConfigurations: [{
      asked: { name: 'coredns', version: 'v1.13.0-eksbuild.1', ...configuration },
      objections: known(['replicacount is not known to it; replicaCount is']),
    }],
  }),
};
