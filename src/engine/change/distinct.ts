import { isDeepStrictEqual } from 'node:util';

/** Each of some things once, in order. */
export function distinct<T>(things: readonly T[]): T[] {
  return things.filter((thing, index) => things.findIndex((other) => isDeepStrictEqual(other, thing)) === index);
}
