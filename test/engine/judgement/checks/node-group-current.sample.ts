import { known } from '../../../../src/engine/state/known';
import { aNodeGroup } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = upgrade({ nodeGroups: known([aNodeGroup({ version: known('1.34') })]) });
