import { upgrade } from '../sample';

export const sample = upgrade({}, { version: '1.36', previousVersion: '1.35', isTakenBack: true, otherChanges: ['Logging'] });
