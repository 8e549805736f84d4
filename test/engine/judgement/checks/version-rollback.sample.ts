import { known } from '../../../../src/engine/state/known';
import { rollback } from '../sample';

export const sample = rollback({ versionHistory: known([{ kind: 'upgrade', to: '1.36', startedAt: '2026-11-02T09:30:00Z' }]) });
