/**
 * Runs the real CDK CLI on apps in folders of their own.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { newerThanCompiled } from './compiled-library';

const PROJECT = resolve(__dirname, '../..');

const COMPILED = join(__dirname, 'compiled-cli.cjs');

/** How an app of TypeScript is run. */
export const RUN_TYPESCRIPT = `node --require ${join(__dirname, 'typescript-app.cjs')}`;

export interface CdkRun {
  readonly cwd: string;

  /** The whole environment: nothing is inherited. */
  readonly env: Record<string, string>;

  /** Runs the CLI's waits between retries twenty times faster. @default false */
  readonly hurry?: boolean;

  /** Starts the CLI as its users do, each time compiled anew. @default false */
  readonly asInstalled?: boolean;
}

export interface CdkResult {
  /** Undefined when a signal ended the CLI. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cdk <args>`, without a shell. */
export async function runCdk(args: readonly string[], { cwd, env, hurry = false, asInstalled = false }: CdkRun): Promise<CdkResult> {
  const preloaded = asInstalled ? [] : ['--require', COMPILED];
  const cli = spawn(process.execPath, [...preloaded, join(PROJECT, 'node_modules/aws-cdk/bin/cdk'), ...args], {
    cwd,
    env: { ...env, ...(hurry && { NODE_OPTIONS: `--require="${join(__dirname, 'hurried-cli.cjs')}"` }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = new Promise<number | null>((done, failed) => cli.on('close', done).on('error', failed));
  const [stdout, stderr, exitCode] = await Promise.all([text(cli.stdout), text(cli.stderr), exit]);
  return { exitCode: exitCode ?? undefined, stdout, stderr };
}

/** Copies a folder of `examples/` so that what the CLI writes (cdk.context.json, cdk.out) stays out of the repository. */
export async function copyOfExample(name: string): Promise<string> {
  requireFresh();
  const folder = await untouchedCopyOfExample(name);
  const file = join(folder, 'cdk.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('npx tsx', RUN_TYPESCRIPT));
  return folder;
}

/** The same, with the command of its own by which it is run. */
export async function untouchedCopyOfExample(name: string): Promise<string> {
  const folder = await emptyAppFolder();
  await cp(join(PROJECT, 'examples', name), folder, {
    recursive: true, filter: (path) => !/cdk\.out|cdk\.context\.json|node_modules/.test(path),
  });
  return folder;
}

/** Makes an app of one file, `app.ts`. */
export async function appOf(source: string): Promise<string> {
  requireFresh();
  const folder = await emptyAppFolder();
  await writeFile(join(folder, 'app.ts'), source);
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: `${RUN_TYPESCRIPT} app.ts` }));
  return folder;
}

/** A temporary folder in which the project's dependencies can be imported, and the project as it is installed. */
async function emptyAppFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cdk-app-'));
  const [from, to] = [join(PROJECT, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(to);
  await Promise.all((await readdir(from)).map(async (name) => symlink(join(from, name), join(to, name))));
  await symlink(PROJECT, join(to, 'cdk-eks-upgrades'));
  return folder;
}

/** Apps load what was compiled. */
function requireFresh(): void {
  const newer = newerThanCompiled();
  if (newer !== undefined) throw new Error(`${newer} is newer than what was compiled, which apps load: run 'npx projen compile'`);
}
