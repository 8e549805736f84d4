import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({ nodeGroups: known([]) }, { version: '1.36', nodeGroups: { workers: { version: '1.36', isUpdated: true } } });
