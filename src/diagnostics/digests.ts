import { createHash } from 'node:crypto';
import { withSortedKeys } from './sorted-keys';

/** Of each value that is given, a digest, in the order of their names: tells whether it changes, and refers to nothing. */
export function digestsOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(withSortedKeys(properties) as typeof properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)]));
}
