import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, folderMap } from '../../projenrc/folders';

test("ARCHITECTURE.md shows the linter's table of folders", () => {
  expect(readFileSync(join(__dirname, '../../ARCHITECTURE.md'), 'utf8')).toContain(folderMap());
});

test('every folder of src is in the table, and nothing else', () => {
  const foldersIn = (folder: string) => readdirSync(join(__dirname, '../../src', folder), { withFileTypes: true })
    .flatMap((entry) => entry.isDirectory() ? [entry.name] : []);
  const all = foldersIn('.').flatMap((name) => name === 'engine' ? foldersIn(name).map((inner) => `engine/${inner}`) : [name]);
  expect(Object.keys(FOLDERS).sort()).toEqual(all.sort());
});

test('what a folder may import never leads back to it', () => {
  const leadsTo = (folder: string, seen: readonly string[] = []): readonly string[] => {
    if (seen.includes(folder)) return seen;
    const imported: readonly string[] = FOLDERS[folder]?.mayImport ?? [];
    return imported.reduce<readonly string[]>((found, next) => leadsTo(next, found), [...seen, folder]);
  };
  const cycles = Object.entries(FOLDERS).filter(([folder, { mayImport }]) => mayImport.some((next) => leadsTo(next).includes(folder)));
  expect(cycles.map(([folder]) => folder)).toEqual([]);
});
