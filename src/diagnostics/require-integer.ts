import { Token } from 'aws-cdk-lib';
import { says } from './messages';
import { refusal } from '../engine/messages/refusal';

/**
 * Refuses a number that is not whole or out of its range; absent values and tokens pass.
 */
export function requireInteger(name: string, value: number | undefined, range: { min: number; max?: number }): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  const { min, max } = range;
  if (!Number.isInteger(value) || value < min || value > (max ?? Infinity)) {
    throw refusal(max === undefined ? says.notWhole({ prop: name, value, min }) : says.notWithin({ prop: name, value, min, max }));
  }
}
