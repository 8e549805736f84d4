// Makes of `lib/` what apps load, and nothing else:
// - a module is evaluated when one of its names is first used, and so is what it imports: an app that uses one construct does not wait for all of them;
// - modules that are used together are in one file: to find and open dozens of small files takes longer than to run them;
// - what most apps never use, such as the judgement of a preview, is in files beside it;
// - every line can be read: Node.js prints the line of an error that nobody catches;
// - declarations stay where the public ones refer to them. What is bundled into `assets/` is nobody's to load from here.
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, posix } = require('node:path');
const { transformSync } = require('esbuild');
const { importsLazily } = require('./lazy-imports');

const LIB = join(__dirname, '../lib');

/** The files beside `index.js`, and the folders whose modules they hold. */
const FILES = {
  'waves.js': ['waves/'],
  'preview.js': ['preview/', 'engine/judgement/', 'engine/plan/', 'engine/change/'],
};

const fileOf = (id) => Object.keys(FILES).find((file) => FILES[file].some((folder) => id.startsWith(folder))) ?? 'index.js';

const found = (id) => existsSync(join(LIB, `${id}.js`)) ? id : `${id}/index`;

/** The modules that `index` reaches, by their path in `lib/` without its end. */
function modulesFrom(id, modules = new Map()) {
  if (!modules.has(id)) {
    const { code, imported } = importsLazily(readFileSync(join(LIB, `${id}.js`), 'utf8'), (path) => found(posix.join(posix.dirname(id), path)));
    modules.set(id, code);
    imported.forEach((other) => modulesFrom(other, modules));
  }
  return modules;
}

function rendered(modules, file) {
  const texts = [...modules]
    .filter(([id]) => fileOf(id) === file)
    .map(([id, code]) => `${JSON.stringify(id)}(exports, load, lazily) {\n${code}\n},`);
  return `{\n${texts.join('\n')}\n}`;
}

/** Without comments, and with the lines that TypeScript has made of the source. */
function written(file, text) {
  const { code } = transformSync(text, { legalComments: 'none', lineLimit: 160, target: 'node20' });
  writeFileSync(join(LIB, file), code);
}

const index = require(join(LIB, 'index.js'));
const origins = [...readFileSync(join(LIB, 'index.js'), 'utf8').matchAll(/require\("\.\/(.+?)"\)/g)].map(([, id]) => id);
const names = Object.fromEntries(origins.flatMap((id) => Object.keys(require(join(LIB, id)))
  .filter((name) => name in index)
  .map((name) => [name, id])));

const modules = new Map();
origins.forEach((id) => modulesFrom(id, modules));
const elsewhere = Object.keys(FILES);
const beside = Object.fromEntries([...modules.keys()].filter((id) => fileOf(id) !== 'index.js').map((id) => [id, `./${fileOf(id)}`]));

elsewhere.forEach((file) => written(file, `'use strict';\nmodule.exports = ${rendered(modules, file)};`));

written('index.js', `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const modules = ${rendered(modules, 'index.js')};
const beside = ${JSON.stringify(beside)};
const files = {${elsewhere.map((file) => ` './${file}': () => require('./${file}'),`).join('')} }; // each by its name, for programs that bundle
const loaded = new Map();
function load(id) {
  let module = loaded.get(id);
  if (!module) {
    module = {};
    loaded.set(id, module); // before it is evaluated, so that modules can import each other
    (modules[id] ?? files[beside[id]]()[id])(module, load, lazily);
  }
  return module;
}
function lazily(get) {
  let module;
  return () => (module ??= get());
}
for (const [name, id] of Object.entries(${JSON.stringify(names)})) {
  Object.defineProperty(exports, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = load(id)[name];
      Object.defineProperty(exports, name, { enumerable: true, value });
      return value;
    },
  });
}
`);
// tells Node.js the names for ES modules; esbuild would drop it
writeFileSync(join(LIB, 'index.js'), `${readFileSync(join(LIB, 'index.js'), 'utf8')}0 && (module.exports = {\n  ${Object.keys(names).join(',\n  ')},\n});\n`);

const kept = new Set(['index.js', ...elsewhere].map((file) => join(LIB, file)));

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
