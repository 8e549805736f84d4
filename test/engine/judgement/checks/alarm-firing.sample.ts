import { known } from '../../../../src/engine/state/known';
import { upgrade } from '../sample';

export const sample = {
  ...upgrade({ signals: { alarms: known([{ name: 'checkout-errors', state: 'ALARM', reason: 'Threshold Crossed: 3 datapoints' }]) } }),
  schedule: { isDeployment: true },
};
