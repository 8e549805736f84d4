// Makes of `lib/` what apps load, and nothing else:
// - a module is evaluated when one of its names is first used, and so is what it imports: an app that uses one construct does not wait for all of them;
// - modules that are used together are in one file: to find and open dozens of small files takes longer than to run them;
// - what an ordinary app never evaluates, such as the judgement of a preview, is in files beside it;
// - every line can be read: Node.js prints the line of an error that nobody catches;
// - declarations stay where the public ones refer to them. What is bundled into `assets/` is nobody's to load from here.
const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, posix } = require('node:path');
const { transformSync } = require('esbuild');
const { evaluatedModules } = require('./evaluated-modules');
const { importsLazily } = require('./lazy-imports');

const LIB = join(__dirname, '../lib');

const found = (id) => existsSync(join(LIB, `${id}.js`)) ? id : `${id}/index`;

/** Peers and modules of Node.js that modules import. */
const packages = new Set();

/** The modules that some reach, by their path in `lib/` without its end, but for those that are taken. */
function modulesFrom(ids, taken, modules = new Map()) {
  for (const id of ids) {
    if (modules.has(id) || taken.has(id)) continue;
    const module = importsLazily(readFileSync(join(LIB, `${id}.js`), 'utf8'), (path) => found(posix.join(posix.dirname(id), path)));
    modules.set(id, module.code);
    module.packages.forEach((name) => packages.add(name));
    modulesFrom(module.imported, taken, modules);
  }
  return modules;
}

function rendered(modules) {
  const texts = [...modules].map(([id, code]) => `${JSON.stringify(id)}(exports, lazily) {\n${code}\n},`);
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

/** What only these modules reach is in a file of its own: an app waits for it only if it uses it. */
const APART = {
  'waves.js': ['waves/bake'],
  'preview.js': ['preview/app-preview', 'engine/judgement/acceptance'],
};

/** A function for each path, in which programs that bundle find it. */
const requires = (paths) => `{ ${[...paths].map((path) => `'${path}': () => require('${path}'),`).join('\n')} }`;

/** Writes each module into its file; `index.js` holds those that are given with it, and finds the others. */
function writeFiles(files) {
  const { 'index.js': modules, ...beside } = files;
  Object.entries(beside).forEach(([file, others]) => written(file, `'use strict';\nmodule.exports = ${rendered(others)};`));
  const fileOf = Object.fromEntries(Object.entries(beside).flatMap(([file, others]) => [...others.keys()].map((id) => [id, `./${file}`])));

  written('index.js', `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const modules = ${rendered(modules)};
const fileOf = ${JSON.stringify(fileOf)};
const files = ${requires(Object.keys(beside).map((file) => `./${file}`))};
const packages = ${requires(packages)};
const loaders = new Map();
// one for all who import the same: Node.js takes longer to find a package than to run a module
function lazily(id) {
  let loader = loaders.get(id);
  if (!loader) {
    let module;
    loader = () => {
      if (!module && packages[id]) module = packages[id]();
      if (!module) {
        module = {}; // before it is evaluated, so that modules can import each other
        try {
          (modules[id] ?? files[fileOf[id]]()[id])(module, lazily);
        } catch (error) {
          module = undefined; // who asks again gets the same error, and not half a module
          throw error;
        }
      }
      return module;
    };
    loaders.set(id, loader);
  }
  return loader;
}
for (const [name, id] of Object.entries(${JSON.stringify(names)})) {
  Object.defineProperty(exports, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = lazily(id)()[name];
      Object.defineProperty(exports, name, { enumerable: true, value });
      return value;
    },
  });
}
`);
  // tells Node.js the names for ES modules; esbuild would drop it
  writeFileSync(join(LIB, 'index.js'),
    `${readFileSync(join(LIB, 'index.js'), 'utf8')}0 && (module.exports = {\n  ${Object.keys(names).join(',\n  ')},\n});\n`);
}

const common = modulesFrom(origins, new Set(Object.values(APART).flat()));
const apart = {};
for (const [file, ids] of Object.entries(APART)) {
  apart[file] = modulesFrom(ids, new Set([...common.keys(), ...Object.values(apart).flatMap((others) => [...others.keys()])]));
}

writeFiles({ 'index.js': common, ...apart });
const evaluated = evaluatedModules(join(LIB, 'index.js'), join(__dirname, '../examples/quickstart/app.ts'));
const files = {
  'index.js': new Map([...common].filter(([id]) => evaluated.has(id))),
  'seldom.js': new Map([...common].filter(([id]) => !evaluated.has(id))),
  ...apart,
};
writeFiles(files);

const kept = new Set(Object.keys(files).map((file) => join(LIB, file)));

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
