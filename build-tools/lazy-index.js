// Rewrites `lib/index.js` so that a module is loaded when one of its names is first used, as aws-cdk-lib's own index does:
// an app that uses one construct does not wait for all of them.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

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
// tells Node.js the names for ES modules
0 && (module.exports = { ${Object.keys(origins).join(', ')} });
`);
