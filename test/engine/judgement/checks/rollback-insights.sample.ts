import { known } from '../../../../src/engine/state/known';
import { anInsight } from '../../a-cluster';
import { rollback } from '../sample';

export const sample = rollback({
  insights: known([
    anInsight({ category: 'ROLLBACK_READINESS', status: 'ERROR', reason: 'Nodes run a newer kubelet than the target version.' }),
  ]),
});
