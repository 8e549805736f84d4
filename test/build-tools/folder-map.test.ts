import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as plugin from '@typescript-eslint/eslint-plugin';
import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { FOLDERS, folderMap } from '../../projenrc/folders';

const SRC = join(__dirname, '../../src');

test("ARCHITECTURE.md shows the linter's table of folders", () => {
  expect(readFileSync(join(__dirname, '../../ARCHITECTURE.md'), 'utf8')).toContain(folderMap());
});

test('every folder of src is in the table, and nothing else', () => {
  const foldersIn = (folder: string) => readdirSync(join(__dirname, '../../src', folder), { withFileTypes: true })
    .flatMap((entry) => entry.isDirectory() ? [entry.name] : []);
  const all = foldersIn('.').flatMap((name) => name === 'engine' ? foldersIn(name).map((inner) => `engine/${inner}`) : [name]);
  expect(Object.keys(FOLDERS).sort()).toEqual(all.sort());
});

test('no arrow is in the table that nothing needs', () => {
  const folderOf = (file: string) => Object.keys(FOLDERS).find((folder) => file.startsWith(`${folder}/`));
  const used = new Set(readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) =>
    [...readFileSync(join(SRC, file), 'utf8').matchAll(/ from '(\.[^']*)'/g)]
      .map(([, path]) => `${folderOf(file)} -> ${folderOf(relative(SRC, join(SRC, file, '..', path)) + '/')}`)));
  const engine = Object.keys(FOLDERS).filter((name) => name.startsWith('engine/'));
  const unused = Object.entries(FOLDERS).flatMap(([folder, { mayImport }]) => {
    const single = engine.every((name) => mayImport.includes(name)) ? mayImport.filter((name) => !engine.includes(name)) : mayImport;
    return single.filter((name) => name in FOLDERS).map((name) => `${folder} -> ${name}`).filter((arrow) => !used.has(arrow));
  });
  expect(unused).toEqual([]);
});

test.each([
  ['src/engine/change/one.ts', "import { Token } from 'aws-cdk-lib/core';\nToken.asString(1);\n", 1],
  ['src/engine/change/one.ts', "import type { Token } from 'aws-cdk-lib/core';\nexport type One = Token;\n", 0],
  ['src/live/one.ts', "import { Construct } from 'constructs';\nexport class One extends Construct {}\n", 1],
  ['src/handler/one.ts', "import * as cdk from 'aws-cdk-lib';\nexport const one = cdk.Aws.REGION;\n", 1],
  ['src/guard/one.ts', "import * as cdk from 'aws-cdk-lib';\nexport const one = cdk.Aws.REGION;\n", 0],
])('in %s, the linter judges %j', (filename, code, problems) => {
  const rule = '@typescript-eslint/no-restricted-imports';
  const { overrides } = JSON.parse(readFileSync(join(__dirname, '../../.eslintrc.json'), 'utf8').replace(/^\/\/.*/, ''));
  const configs = overrides.filter(({ rules }: Linter.Config) => rules?.[rule]).map(({ files, rules }: Linter.Config) => ({
    files, rules, languageOptions: { parser }, plugins: { '@typescript-eslint': plugin },
  }));
  const messages = new Linter().verify(code, [{ files: ['**/*.ts'], languageOptions: { parser } }, ...configs], { filename });
  expect(messages.map(({ ruleId }) => ruleId)).toEqual(Array(problems).fill(rule));
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
