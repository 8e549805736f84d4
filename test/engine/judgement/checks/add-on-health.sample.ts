import { known } from '../../../../src/engine/state/known';
import { anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({
  addOns: known([anAddOn({
    status: 'DEGRADED', healthIssues: [{ code: 'InsufficientNumberOfReplicas', message: 'Too few pods run.', resourceIds: [] }],
  })]),
});
