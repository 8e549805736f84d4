import { upgrade } from '../sample';

export const sample = upgrade({}, { replacedBy: ['RoleArn'] });
