import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** What npm would put into the package, as compiled by `npx projen compile`. */
function packedFiles(): string[] {
  if (!existsSync(join(ROOT, 'lib/index.js'))) {
    throw new Error('lib/index.js is missing: run npx projen compile first');
  }
  const [{ files }] = JSON.parse(execFileSync(
    'npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ));
  return files.map(({ path }: { path: string }) => path);
}

describe('the npm package', () => {
  const packed = packedFiles();
  const compiled = packed.filter((path) => path.startsWith('lib/'));

  test('holds what every app loads in one file, and beside it what few do', () => {
    expect(compiled.filter((path) => path.endsWith('.js'))).toEqual(['lib/index.js', 'lib/preview.js', 'lib/seldom.js', 'lib/waves.js']);
  });

  test('declares what is public, and nothing of what only the bundled programs load', () => {
    expect(compiled).toContain('lib/cluster/upgradable-cluster.d.ts');
    expect(compiled.filter((path) => /^lib\/(live|cli|plugin)\/|handler\.d\.ts$/.test(path))).toEqual([
      'lib/custom-resources/upgrade-handler.d.ts',
    ]);
  });

  test('says whose code is in the bundled programs, and under which licences', () => {
    expect(packed).toEqual(expect.arrayContaining(['THIRD-PARTY-NOTICES', 'sbom.cdx.json']));
  });

  test('holds the bundled programs, and no sources', () => {
    expect(packed.filter((path) => path.startsWith('assets/handler/'))).toEqual(['assets/handler/cluster-upgrades.zip']);
    expect(packed).toEqual(expect.arrayContaining(['preview.js', 'assets/plugin/preview/index.js', 'assets/plugin/preview/answer.js']));
    expect(packed.filter((path) => /^(src|test|bench|build-tools|examples)\//.test(path))).toEqual([]);
  });
});

test('a module that could not be loaded fails alike when it is asked for again, and works once it can be', () => {
  const script = `
    const Module = require('node:module');
    const { _load: load } = Module;
    Module._load = (...args) => { if (args[0] === 'aws-cdk-lib/aws-eks-v2') throw new Error('an unsuitable peer'); return load(...args); };
    const library = require(process.argv[1]);
    const ask = () => { try { return typeof library.UpgradableCluster; } catch ({ message }) { return message; } };
    const answers = [ask(), ask()];
    Module._load = load;
    console.log(JSON.stringify([...answers, ask()]));`;
  expect(JSON.parse(execFileSync(process.execPath, ['--eval', script, join(ROOT, 'lib/index.js')], { encoding: 'utf8' }))).toEqual([
    'an unsuitable peer', 'an unsuitable peer', 'function',
  ]);
});
