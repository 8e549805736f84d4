import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({ fargateProfiles: known(['batch']) });
