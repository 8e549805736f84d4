import { upgrade } from '../sample';

export const sample = upgrade({}, { nodeGroups: { workers: { version: '1.35', releaseVersion: '1.36.2-20261104' } } });
