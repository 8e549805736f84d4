/**
 * @param library the file with all modules, each a function that is called as the module
 * @param app the source of the app, in TypeScript
 * @returns the names of the functions that V8 has seen called: at the first synthesis of the app, or once it has looked everything up
 */
export function evaluatedModules(library: string, app: string): Set<string>;
