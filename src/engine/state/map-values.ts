/** The same names with other values. */
export function mapValues<T, Result>(
  things: Readonly<Record<string, T>>, resultOf: (thing: T, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(things).map(([name, thing]) => [name, resultOf(thing, name)]));
}
