import { upgrade } from '../sample';

export const sample = upgrade({}, { addOns: { coredns: { replacedBy: ['NamespaceConfig'] } } });
