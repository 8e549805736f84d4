import { upgrade } from '../sample';

export const sample = upgrade({}, { nodeGroups: { workers: { replacedBy: ['InstanceTypes'], desiredSize: 1 } } });
