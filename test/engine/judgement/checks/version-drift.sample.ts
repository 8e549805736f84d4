import { upgrade } from '../sample';

export const sample = upgrade({ version: '1.36' }, { version: '1.35', previousVersion: '1.35' });
