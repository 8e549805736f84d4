import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({ autoMode: true, nodeGroups: known([]) }, { leavesAutoMode: true });
