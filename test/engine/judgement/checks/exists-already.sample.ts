import { upgrade } from '../sample';

export const sample = upgrade({}, { nodeGroups: { workers: { version: '1.35', isNew: true } } });
