/**
 * @param idOf the ID of what a module imports by a relative path
 * @returns the module as the body of a function of `exports`, `load` and `lazily`, and the IDs of what it imports
 */
export function importsLazily(text: string, idOf: (path: string) => string): { code: string; imported: string[] };
