/**
 * A temporary folder in which apps are run as a user's compiled app is: plain JavaScript that requires the compiled library.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { START_CLOCK, type PhaseTimes } from './apps/measured-app';

const PROJECT = resolve(__dirname, '..');
const COMPILED_LIBRARY = join(PROJECT, 'lib/index.js');

/** The apps are typed against `src/`, and run with what jsii compiled of it. */
const COMPILED: Plugin = {
  name: 'compiled-library',
  setup: ({ onResolve }) => onResolve({ filter: /\/src\/index\.js$/ }, () => ({ path: COMPILED_LIBRARY, external: true })),
};

export class Workshop {
  /**
   * @throws if the library is not compiled
   */
  static async open(): Promise<Workshop> {
    if (!existsSync(COMPILED_LIBRARY)) {
      throw new Error('lib/index.js is missing, and the compiled library is what is measured: run npx projen compile first');
    }
    const workshop = new Workshop(await mkdtemp(join(tmpdir(), 'bench-')));
    await symlink(join(PROJECT, 'node_modules'), join(workshop.folder, 'node_modules'));
    await build({
      entryPoints: [join(PROJECT, 'bench/apps/*.app.ts')],
      outdir: workshop.folder,
      banner: { js: START_CLOCK },
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['aws-cdk-lib', 'constructs'],
      plugins: [COMPILED],
      supported: { 'dynamic-import': false }, // `require`, which is what a compiled app does
    });
    return workshop;
  }

  /** Here a run of an app appends its times. */
  readonly timesFile: string;

  /** The bundled handlers of the library. */
  readonly assets = join(PROJECT, 'assets');

  /** Here an app leaves its cloud assembly. */
  readonly output: string;

  private constructor(readonly folder: string) {
    this.timesFile = join(folder, 'times.jsonl');
    this.output = join(folder, 'cdk.out');
  }

  /** The file in the folder to run with Node.js, for an app of `apps/`. */
  scriptOf(app: string): string {
    return `${app}.app.js`;
  }

  /** The times of the runs since the last call, oldest first. */
  async takeTimes(): Promise<PhaseTimes[]> {
    const lines = (await readFile(this.timesFile, 'utf8')).trimEnd().split('\n');
    await rm(this.timesFile);
    return lines.map((line) => JSON.parse(line));
  }

  /** Puts a file beside the apps. */
  async write(name: string, content: string): Promise<void> {
    await writeFile(join(this.folder, name), content);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
