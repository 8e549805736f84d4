import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';

const ROOT = join(__dirname, '../..');
/** What a terminal of 80 columns shows without scrolling, about: the message, the line of the app, and the stack. */
const MOST_CHARACTERS = 2000;

/** Mistakes that are refused in different parts of the library, each with words of its message. */
const MISTAKES = {
  'the version of an add-on': { line: "AddOnVersion.pinned('1.20')", says: "'1.20'" },
  'a node group of a wrong release': {
    line: "new ManagedNodeGroupWithAmiTracking(stack, 'Nodes', { cluster: imported, kubernetesVersion: KubernetesVersion.V1_35, "
      + "amiTracking: AmiTracking.pinned('1.34.2-20260714') })",
    says: "'1.34.2-20260714'",
  },
  'a bake that is too long': {
    line: "new UpgradableCluster(stack, 'Cluster', { version: KubernetesVersion.V1_35 }).addManagedNodeGroup('Nodes', {})"
      + '.baked({ duration: Duration.hours(2) })',
    says: 'duration is ',
  },
};

const app = (line: string) => `
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Cluster, KubernetesVersion } from 'aws-cdk-lib/aws-eks-v2';
import { AddOnVersion, AmiTracking, ManagedNodeGroupWithAmiTracking, UpgradableCluster } from 'cdk-eks-upgrades';

const app = new App();
const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'us-west-2' } });
const imported = Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'imported' });
[Duration, KubernetesVersion, AddOnVersion, AmiTracking, ManagedNodeGroupWithAmiTracking, UpgradableCluster, imported];
${line} as unknown;
app.synth();
`;

let folder: string;

beforeAll(() => {
  if (!existsSync(join(ROOT, 'lib/index.js'))) {
    throw new Error('lib/index.js is missing: run npx projen compile first');
  }
  folder = mkdtempSync(join(tmpdir(), 'refusals-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT });
  execFileSync('tar', ['xzf', join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!), '-C', modules]);
  execFileSync('mv', [join(modules, 'package'), join(modules, 'cdk-eks-upgrades')]);
  for (const peer of ['aws-cdk-lib', 'constructs', 'aws-cdk', 'tsx', 'ts-node', 'typescript', '@types']) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(modules, peer));
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'ES2022', module: 'CommonJS', esModuleInterop: true, types: ['node'], skipLibCheck: true },
  }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of `node_modules` in the folder of the app. */
function run(...[script, ...args]: string[]): { status: number | null; printed: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', AWS_REGION: 'us-west-2', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: 'true' },
  });
  return { status, printed: stdout + stderr };
}

const inModules = (path: string) => join(ROOT, 'node_modules', path);

const RUNNERS: Record<string, string[]> = {
  'node': ['app.js'],
  'tsx': [inModules('tsx/dist/cli.mjs'), 'app.ts'],
  'ts-node': [inModules('ts-node/dist/bin.js'), '--transpile-only', 'app.ts'],
};

/** Writes the app with the mistake. */
function write({ line }: { line: string }) {
  writeFileSync(join(folder, 'app.ts'), app(line));
  writeFileSync(join(folder, 'app.js'), transformSync(app(line), { loader: 'ts', format: 'cjs' }).code);
}

describe.each(Object.entries(MISTAKES))('%s is refused with what can be read', (_name, mistake) => {
  beforeAll(() => write(mistake));

  test.each(Object.keys(RUNNERS))('under %s', (runner) => {
    const { status, printed } = run(...RUNNERS[runner]);

    expect(status).toBe(1);
    expect(printed).toMatch(new RegExp(`^\\w*Error: .*${mistake.says}`, 'm'));
    expect(printed).not.toContain('reason:'); // the data of the message, which Node.js would print after the stack
    expect(printed.length).toBeLessThan(MOST_CHARACTERS);
  });
});

describe('an app that esbuild has bundled', () => {
  const bundle = (packages: 'bundle' | 'external') => {
    write({ line: "new UpgradableCluster(stack, 'Cluster', { version: KubernetesVersion.V1_35 })" });
    buildSync({
      entryPoints: [join(folder, 'app.ts')],
      outfile: join(folder, 'out/app.js'),
      bundle: true,
      platform: 'node',
      packages,
      logLevel: 'error',
    });
    return run('out/app.js');
  };

  test('without the files of this package is refused with what to write', () => {
    const { status, printed } = bundle('bundle');

    expect(status).toBe(1);
    expect(printed).toMatch(
      /the code of the function is not at '.*': .*; leave packages out of the bundle, with esbuild by '--packages=external' \[Stack\//,
    );
    expect(printed.replace(/^\s*at .*$/gm, '').length).toBeLessThan(MOST_CHARACTERS);
  });

  test('works with them', () => {
    expect(bundle('external')).toMatchObject({ status: 0 });
  });
});

describe('the commands show a refusal of the app as it is', () => {
  const mistake = MISTAKES['a node group of a wrong release'];
  beforeAll(() => write(mistake));

  test.each(['status', 'check', 'plan', 'refresh'])('%s', (command) => {
    const { status, printed } = run('node_modules/cdk-eks-upgrades/assets/cli/cdk-eks-upgrades/index.js', command, '--app', 'node app.js');

    expect(status).not.toBe(0);
    expect(printed).toContain(mistake.says);
    expect(printed.length).toBeLessThan(MOST_CHARACTERS);
  });
});
