import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = upgrade({
  subnets: known([{ id: 'subnet-a', zone: 'use1-az1', freeAddresses: 1 }, { id: 'subnet-b', zone: 'use1-az2', freeAddresses: 2 }]),
});
