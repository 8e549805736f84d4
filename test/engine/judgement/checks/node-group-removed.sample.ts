import { upgrade } from '../sample';

export const sample = upgrade({}, { nodeGroups: { workers: { removed: true } } });
