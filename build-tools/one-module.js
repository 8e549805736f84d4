// Makes of `lib/` what apps load, and nothing else:
// - a module is loaded when one of its names is first used, as aws-cdk-lib's own index does: an app that uses one construct does not
//   wait for all of them;
// - all modules are in `lib/index.js`: to find and open dozens of small files takes longer than to run them;
// - declarations stay where the public ones refer to them. What is bundled into `assets/` is nobody's to load from here.
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { buildSync } = require('esbuild');

const LIB = join(__dirname, '../lib');
const INDEX = join(LIB, 'index.js');

const exported = new Set(Object.keys(require(INDEX)));
const modules = [...readFileSync(INDEX, 'utf8').matchAll(/require\("(\.\/.+?)"\)/g)].map(([, path]) => path);
const origins = Object.fromEntries(modules.flatMap((path) => Object.keys(require(join(LIB, path)))
  .filter((name) => exported.has(name))
  .map((name) => [name, path])));

const getters = Object.entries(origins).map(([name, path]) => `lazy(${JSON.stringify(name)}, () => require(${JSON.stringify(path)}));`);

writeFileSync(INDEX, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazy(name, load) {
  Object.defineProperty(exports, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = load()[name];
      Object.defineProperty(exports, name, { enumerable: true, value });
      return value;
    },
  });
}
${getters.join('\n')}
`);

buildSync({
  entryPoints: [INDEX],
  outfile: INDEX,
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  external: ['aws-cdk-lib', 'constructs'],
  footer: { js: `// tells Node.js the names for ES modules\n0 && (module.exports = { ${Object.keys(origins).join(', ')} });` },
});

const kept = new Set([INDEX]);

function keepDeclarations(file) {
  if (!kept.has(file)) {
    kept.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\..+?)['"]/g)) {
      keepDeclarations(join(dirname(file), `${path}.d.ts`));
    }
  }
}

keepDeclarations(join(LIB, 'index.d.ts'));

readdirSync(LIB, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !kept.has(join(entry.parentPath, entry.name)))
  .forEach((entry) => rmSync(join(entry.parentPath, entry.name)));
