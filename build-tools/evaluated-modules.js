// Tells which modules of the compiled library an ordinary app evaluates.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { transformSync } = require('esbuild');

/**
 * @param library the file with all modules, each a function that is called as the module
 * @param app the source of the app, in TypeScript
 * @returns the names of the functions that V8 has seen called: at the first synthesis of the app, or once it has looked everything up
 */
exports.evaluatedModules = (library, app) => {
  const folder = mkdtempSync(join(tmpdir(), 'evaluated-'));
  const script = join(dirname(library), 'ordinary-app.js');
  const coverage = join(folder, 'coverage');
  const synthesise = (context) => {
    const output = join(folder, 'cdk.out');
    const env = {
      PATH: process.env.PATH,
      NODE_V8_COVERAGE: coverage,
      CDK_OUTDIR: output,
      CDK_CONTEXT_JSON: JSON.stringify(context),
      CDK_DEFAULT_ACCOUNT: '111122223333',
      CDK_DEFAULT_REGION: 'us-west-2',
      CDK_VALIDATION: 'false',
    };
    execFileSync(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    return JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')).missing ?? [];
  };
  try {
    const { code } = transformSync(readFileSync(app, 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' });
    writeFileSync(script, code
      .replaceAll('"cdk-eks-upgrades"', JSON.stringify(library))
      // packages are built with the lowest CDK, which lacks newer constants
      .replaceAll(/KubernetesVersion\.V(\d+)_(\d+)/g, "KubernetesVersion.of('$1.$2')"));
    const missing = synthesise({});
    synthesise(Object.fromEntries(missing.map(({ key, props }) => [key, lookedUp(props)])));

    const functions = readdirSync(coverage).flatMap((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')).result
      .filter(({ url }) => url === pathToFileURL(realpathSync(library)).href)
      .flatMap((covered) => covered.functions));
    return new Set(functions.filter(({ ranges: [{ count }] }) => count > 0).map(({ functionName }) => functionName));
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(script, { force: true });
  }
};

/** What AWS could answer. */
function lookedUp({ parameterName }) {
  if (parameterName === undefined) return ['us-west-2a', 'us-west-2b'];
  return parameterName.includes('bottlerocket') ? '1.50.0-18d04e52' : '1.36.2-20260714';
}
