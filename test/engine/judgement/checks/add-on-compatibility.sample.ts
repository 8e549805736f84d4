import { known } from '../../../../src/engine/state/known';
import { anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({ addOns: known([anAddOn({ version: 'v1.11.4-eksbuild.2' })]) });
