import { upgrade } from '../sample';

export const sample = upgrade({}, { version: '1.36', isExpress: true });
