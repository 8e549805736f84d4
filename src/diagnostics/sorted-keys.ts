/**
 * The same value with the keys of its objects in alphabetical order: of a map that has none, such as Java's `Map.of`, they come
 * in another order with each run, and a template would change though nothing did. What is not a plain object, tokens among them,
 * stays as it is.
 */
export function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1);
  return Object.fromEntries(members.map(([key, member]) => [key, withSortedKeys(member)]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
