import { KubernetesObject } from './kubernetes-api';

/** A page of a list. */
export interface ListPage<T> {
  readonly kept: readonly T[];
  /** Where the next page begins; empty when this is the last. */
  readonly next: string;
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [...'"\\{}[]'].map((character) => character.charCodeAt(0));
const ITEMS = '"items"';

/**
 * Reads a page object by object: as a whole, a page of 500 takes tens of megabytes for a moment, which the process then keeps.
 *
 * @param keep makes of an object what is needed of it
 * @throws SyntaxError for what is not JSON
 */
export function readPage<T>(json: string, keep: (object: KubernetesObject) => T): ListPage<T> {
  const kept: T[] = [];
  let [depth, first, begins, ends] = [0, -1, -1, -1];
  let isItems = false;
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === QUOTE) {
      const close = endOfString(json, at);
      isItems = depth === 1 && json.startsWith(ITEMS, at) && close === at + ITEMS.length - 1 && /^\s*:\s*\[/.test(
        json.slice(close + 1, close + 40),
      );
      at = close;
    } else if (character === OPEN_OBJECT || character === OPEN_ARRAY) {
      if (isItems && character === OPEN_ARRAY) begins = at + 1;
      else if (begins >= 0 && ends < 0 && depth === 2) first = at;
      isItems = false;
      depth++;
    } else if (character === CLOSE_OBJECT || character === CLOSE_ARRAY) {
      depth--;
      if (begins < 0 || ends >= 0) continue;
      if (depth === 2) kept.push(keep(JSON.parse(json.slice(first, at + 1))));
      else if (depth === 1) ends = at;
    }
  }
  const rest = JSON.parse(
    begins < 0 ? json : json.slice(0, begins) + json.slice(ends),
  ) as { readonly metadata?: { readonly continue?: string } };
  return { kept, next: rest.metadata?.continue ?? '' };
}

function endOfString(json: string, start: number): number {
  for (let close = json.indexOf('"', start + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let escapes = 0;
    while (json.charCodeAt(close - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return close;
  }
  return json.length; // not JSON, as its parser will say
}
