import { createHash } from 'node:crypto';

/** Of each value that is given, a digest, in the order of their names: tells whether it changes, and refers to nothing. */
export function digestsOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sortedByName(given).map(([name, value]) => [
    name, createHash('sha256').update(JSON.stringify(inOrder(value))).digest('hex').slice(0, 16),
  ]));
}

/** With members in order: a mere rearrangement of the code is no change. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(sortedByName(Object.entries(value)).map(([name, member]) => [name, inOrder(member)]))
    : value;
}

function sortedByName<T>(members: [string, T][]): [string, T][] {
  return members.sort(([one], [other]) => one < other ? -1 : 1);
}
