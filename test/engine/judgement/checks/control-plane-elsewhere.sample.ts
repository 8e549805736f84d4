import { upgrade } from '../sample';

export const sample = upgrade({}, { version: '1.36', isMovedElsewhere: true });
