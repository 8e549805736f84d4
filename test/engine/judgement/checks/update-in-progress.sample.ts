import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({ updatesInProgress: known([{ id: '7c2f0a4e-58d1-3b96-a1f4-90e6c2d85b17', type: 'VersionUpdate' }]) });
