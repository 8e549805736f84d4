// Rewrites `lib/index.js`, twice over for the sake of apps that load it:
// - a module is loaded when one of its names is first used, as aws-cdk-lib's own index does: an app that uses one construct does not
//   wait for all of them;
// - all modules are in this one file: to find and open dozens of small ones takes longer than to run them.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
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
  external: ['aws-cdk-lib', 'constructs'],
  footer: { js: `// tells Node.js the names for ES modules\n0 && (module.exports = { ${Object.keys(origins).join(', ')} });` },
});
