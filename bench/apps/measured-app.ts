/**
 * Runs in the child processes: builds and synthesises one app, and notes how long each phase took.
 *
 * Where the output goes and what was looked up come from the environment, as from the CDK CLI: the CLI can run such an app too.
 */
import { appendFileSync } from 'node:fs';
import type { App } from 'aws-cdk-lib';

/** An app that is measured, in a file `*.app.ts` of its own. */
export interface MeasuredApp {
  /**
   * Touches the classes of aws-cdk-lib that the app uses: they are loaded on first touch, not by `import`.
   *
   * aws-cdk-lib must be imported by name (`import { Stack }`): only that is bundled to the plain `require` that TypeScript makes of it.
   */
  loadCdk(): unknown;

  /** Loads the library on top of that; absent where the app does without it. */
  loadLibrary?(): Promise<unknown>;

  /** Builds the app up to, not including, its synthesis. */
  build(size: number): App;

  /** How long a part of that took which is looked at by itself, in milliseconds, asked after the synthesis; absent where there is none. */
  part?(): number;
}

/** How long the phases took, in milliseconds. */
export interface PhaseTimes {
  readonly loadCdk: number;
  readonly loadLibrary: number;
  readonly construct: number;
  readonly synthesise: number;
  readonly total: number;
  readonly part?: number;
}

/** The environment variable with the file to which each run of an app appends its times as a line of JSON. */
export const TIMES_FILE = 'BENCH_TIMES_FILE';

/** Put before the bundled app: its own imports run before any other line of it. */
export const START_CLOCK = 'globalThis.startOfApp = performance.now();';

declare global {
  var startOfApp: number;
}

/** Runs `node <app> <size>`. */
export async function runMeasured(app: MeasuredApp): Promise<void> {
  app.loadCdk();
  const cdkLoaded = performance.now();
  await app.loadLibrary?.();
  const libraryLoaded = performance.now();
  const tree = app.build(Number(process.argv[2]));
  const constructed = performance.now();
  tree.synth();
  const synthesised = performance.now();

  const times: PhaseTimes = {
    loadCdk: cdkLoaded - startOfApp,
    loadLibrary: libraryLoaded - cdkLoaded,
    construct: constructed - libraryLoaded,
    synthesise: synthesised - constructed,
    total: synthesised - startOfApp,
    part: app.part?.(),
  };
  appendFileSync(process.env[TIMES_FILE]!, `${JSON.stringify(times)}\n`);
}
