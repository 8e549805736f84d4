import { upgrade } from '../sample';

export const sample = {
  ...upgrade({}),
  schedule: { windows: [{ days: ['SAT'], start: '02:00', minutes: 180, timeZone: 'Europe/Berlin', exclude: [] }], isDeployment: true },
};
