import { known } from '../../../../src/engine/state/known';
import { aCatalog } from '../../a-cluster';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ supportType: known('EXTENDED') }, { supportType: 'STANDARD' }),
  catalog: aCatalog({ offeredVersions: known([{ version: '1.35', status: 'EXTENDED_SUPPORT' }]) }),
};
