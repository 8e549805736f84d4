/**
 * @param idOf the ID of what a module imports by a relative path
 * @returns the module as the body of a function of `exports` and `lazily`, which gives a function that loads what has an ID or is a package;
 *   the IDs of what it imports; and the packages
 */
export function importsLazily(text: string, idOf: (path: string) => string): { code: string; imported: string[]; packages: string[] };
