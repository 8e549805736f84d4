/** Letters by which a name may differ from the one that is meant. */
const MOST_LETTERS = 2;

/** A part of a name that is shorter than this may be a part of anything. */
const LEAST_PART = 5;

/**
 * The name that is meant by one that does not exist: one that differs in signs, case or two letters, or that holds it; undefined
 * where none is near.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const plain = plainOf(name);
  const [nearest] = names
    .map((other) => ({ other, distance: distanceBetween(plain, plainOf(other)) }))
    .filter(({ distance }) => distance <= MOST_LETTERS)
    .sort((one, other) => one.distance - other.distance);
  const holding = names.filter((other) => [plainOf(other), plain].every((part) => part.length >= LEAST_PART)
    && (plainOf(other).includes(plain) || plain.includes(plainOf(other))));
  return nearest?.other ?? [...holding].sort((one, other) => one.length - other.length)[0];
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Levenshtein's. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  [...one].forEach((letter, line) => {
    row = row.reduce<number[]>((next, above, column) => [...next, column === 0 ? line + 1
      : Math.min(above + 1, next[column - 1] + 1, row[column - 1] + Number(letter !== other[column - 1]))], []);
  });
  return row.at(-1)!;
}
