import { upgrade } from '../sample';

export const sample = upgrade({ autoMode: true });
