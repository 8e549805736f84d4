import { known } from '../../../../src/engine/state/known';
import { anAddOn } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({ addOns: known([anAddOn({ name: 'kube-proxy', version: 'v1.32.6-eksbuild.2' })]) });
