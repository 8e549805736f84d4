import { Token } from 'aws-cdk-lib';

/**
 * Refuses a number that is not whole or out of its range; absent values and tokens pass.
 */
export function requireInteger(name: string, value: number | undefined, range: { min: number; max?: number }): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  const { min, max = Infinity } = range;
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name} is ${value}: give a whole number ${max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`}`);
  }
}
