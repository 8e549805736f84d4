/**
 * Preloaded by Node.js, lets the CDK's CLI start in half the time: it is one file of 16 MB, and what V8 has compiled of it at the first run is kept for
 * those that follow. From Node.js 22 on, `NODE_COMPILE_CACHE` is the same.
 */
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join } = require('node:path');
const { constants, Script } = require('node:vm');

const CLI = join(__dirname, '../../node_modules/aws-cdk/lib/index.js');
const CACHE = join(__dirname, '../../.cache/cdk-cli');
const FILE = join(CACHE, `${require('aws-cdk/package.json').version}-${process.version}-${process.arch}`);

const load = Module._extensions['.js'];
Module._extensions['.js'] = (module, filename) => filename === CLI ? loadCli(module) : load(module, filename);

function loadCli(module) {
  const cachedData = read(FILE);
  const script = new Script(Module.wrap(readFileSync(CLI, 'utf8')), {
    filename: CLI, cachedData, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (!cachedData || script.cachedDataRejected) process.once('exit', () => keep(script.createCachedData()));
  script.runInThisContext()(module.exports, Module.createRequire(CLI), module, CLI, dirname(CLI));
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Others may read it meanwhile. */
function keep(compiled) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${FILE}.${process.pid}`, compiled);
  renameSync(`${FILE}.${process.pid}`, FILE);
}
