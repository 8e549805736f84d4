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

const found = (id) => existsSync(join(LIB, `${id}.js`)) ? id : `${id}/index`;

/** The modules that some reach, by their path in `lib/` without its end, but for those that are taken. */
function modulesFrom(ids, taken, modules = new Map()) {
  for (const id of ids) {
    if (modules.has(id) || taken.has(id)) continue;
    const { code, imported } = importsLazily(readFileSync(join(LIB, `${id}.js`), 'utf8'), (path) => found(posix.join(posix.dirname(id), path)));
    modules.set(id, code);
    modulesFrom(imported, taken, modules);
  }
  return modules;
}

function rendered(modules) {
  const texts = [...modules].map(([id, code]) => `${JSON.stringify(id)}(exports, load, lazily) {\n${code}\n},`);
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

const messages = [...modulesFrom(origins, new Set()).keys()].filter((id) => id.endsWith('/messages'));

/** The files beside `index.js`: what only these modules reach, which most apps load late or never; the first file first. */
const FILES = {
  'waves.js': ['waves/bake'],
  'seldom.js': [
    ...messages, 'cluster/cluster-upgrades', 'cluster/upgrade-path', 'engine/kubernetes/removed-apis', 'engine/kubernetes/controllers',
    'engine/kubernetes/behaviour-changes', 'guard/maintenance-window', 'node-group/golden-node-group', 'node-group/node-launch-template',
    'tracking/golden-image', 'tracking/tracked-ami-release', 'tracking/tracked-golden-image',
  ],
  'preview.js': ['preview/app-preview', 'engine/judgement/acceptance'],
};

const elsewhere = Object.keys(FILES);
const modules = modulesFrom(origins, new Set(Object.values(FILES).flat()));
const beside = {};
elsewhere.forEach((file) => {
  const others = modulesFrom(FILES[file], new Set([...modules.keys(), ...Object.keys(beside)]));
  others.forEach((_, id) => beside[id] = `./${file}`);
  written(file, `'use strict';\nmodule.exports = ${rendered(others)};`);
});

written('index.js', `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const modules = ${rendered(modules)};
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
