/**
 * Runs the real CDK CLI on apps in folders of their own.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const PROJECT = resolve(__dirname, '../..');

/** How an app of TypeScript is run: tsx honours the `paths` of its tsconfig.json and starts faster than ts-node. */
export const RUN_TYPESCRIPT = 'node --import tsx';

/**
 * Shortens every wait in the CLI to a twentieth: long enough that it does not spend its time asking.
 *
 * The CLI asks SSM seven times over 34 seconds when it is throttled, answered with 5xx or not answered at all, and has no setting for it.
 */
const HURRY = `data:text/javascript,${encodeURIComponent(
  'const wait = globalThis.setTimeout; globalThis.setTimeout = (run, millis, ...rest) => wait(run, millis / 20, ...rest);',
)}`;

export interface CdkRun {
  readonly cwd: string;

  /** The whole environment: nothing is inherited. */
  readonly env: Record<string, string>;

  /** Runs the CLI's waits between retries twenty times faster. @default false */
  readonly hurry?: boolean;
}

export interface CdkResult {
  /** Undefined when a signal ended the CLI. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cdk <args>`, without a shell. */
export async function runCdk(args: readonly string[], { cwd, env, hurry = false }: CdkRun): Promise<CdkResult> {
  const cli = spawn(process.execPath, [join(PROJECT, 'node_modules/aws-cdk/bin/cdk'), ...args], {
    cwd,
    env: { ...env, ...(hurry && { NODE_OPTIONS: `--import=${HURRY}` }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((done, failed) => cli.on('close', done).on('error', failed));
  const [stdout, stderr, exitCode] = await Promise.all([text(cli.stdout), text(cli.stderr), exit]);
  return { exitCode: exitCode ?? undefined, stdout, stderr };
}

/** Copies a folder of `examples/` so that what the CLI writes (cdk.context.json, cdk.out) stays out of the repository. */
export async function copyOfExample(name: string): Promise<string> {
  const folder = await emptyAppFolder();
  await cp(join(PROJECT, 'examples', name), folder, {
    recursive: true, filter: (path) => !/cdk\.out|cdk\.context\.json|node_modules/.test(path),
  });
  return folder;
}

/** Makes an app of one file, `app.ts`. */
export async function appOf(source: string): Promise<string> {
  const folder = await emptyAppFolder();
  await writeFile(join(folder, 'app.ts'), source);
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: `${RUN_TYPESCRIPT} app.ts` }));
  return folder;
}

/** A temporary folder in which the project's dependencies, and the project as `cdk-eks-upgrades`, can be imported. */
async function emptyAppFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdk-app-'));
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({
    compilerOptions: { target: 'ES2022', module: 'Node16', paths: { 'cdk-eks-upgrades': [join(PROJECT, 'src/index.ts')] } },
  }));
  return folder;
}
