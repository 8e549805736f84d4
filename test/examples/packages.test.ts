import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { preProcessFile } from 'typescript';

const EXAMPLES = resolve(__dirname, '../../examples');

/** The demo runs in this repository alone. */
const NAMES = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'demo').map(({ name }) => name)
  .filter((name) => sourcesOf(name).length > 0);

function sourcesOf(name: string): string[] {
  return readdirSync(join(EXAMPLES, name)).filter((file) => file.endsWith('.ts'));
}

const read = (...path: string[]) => readFileSync(join(EXAMPLES, ...path), 'utf8');

/** The packages of the files that an example imports, its own and those of Node.js left out. */
function importedBy(name: string): string[] {
  const modules = sourcesOf(name).flatMap((file) => preProcessFile(read(name, file)).importedFiles.map(({ fileName }) => fileName));
  const packages = modules.filter((module) => !/^(\.|node:)/.test(module)).map((module) => /^(@[^/]+\/)?[^/]+/.exec(module)![0]);
  return [...new Set(packages)];
}

/** What the commands `npm install` of a page install, without versions. */
function installedBy(page: string): string[] {
  return [...page.matchAll(/\bnpm install ([^`\n]+)/g)].flatMap(([, words]) => words.split(' '))
    .filter((word) => !word.startsWith('-')).map((word) => word.replace(/(?<=.)@.*/, ''));
}

/** The packages that whoever copies an example has: those of its package file, or of the page of all examples; and of its own page. */
function packagesOf(name: string): string[] {
  const own = installedBy(read(name, 'README.md'));
  if (!existsSync(join(EXAMPLES, name, 'package.json'))) return [...installedBy(read('README.md')), ...own];
  const { dependencies, devDependencies } = JSON.parse(read(name, 'package.json'));
  return [...Object.keys({ ...dependencies, ...devDependencies }), ...own];
}

test.each(NAMES)('who copies %s is told of each package that it needs', (name) => {
  const needed = [...importedBy(name), 'aws-cdk', 'tsx'];
  const installed = packagesOf(name);

  expect(needed).toContain('cdk-eks-upgrades');
  expect(needed.filter((one) => !installed.includes(one))).toEqual([]);
});

test('packages are read from imports and commands', () => {
  expect(importedBy('karpenter')).toContain('@aws-cdk/lambda-layer-kubectl-v36');
  expect(installedBy('`npm install --save-dev aws-cdk@^2.1 @aws-cdk/x@2 tsx`')).toEqual(['aws-cdk', '@aws-cdk/x', 'tsx']);
});
