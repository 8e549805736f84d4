/**
 * Runs programs of the languages' own toolchains.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface Run {
  readonly cwd: string;
  /** In addition to this process's own, unless a name has `undefined`. */
  readonly env?: Record<string, string | undefined>;
}

export interface RunResult {
  readonly exitCode: number | null;
  /** What it wrote, to both streams. */
  readonly output: string;
}

/** Runs a command line in a shell, as a user types it, and returns what it wrote, whatever came of it. */
export async function tryRun(commandLine: string, { cwd, env }: Run): Promise<RunResult> {
  const child = spawn(
    `{ ${commandLine}\n} 2>&1`, { cwd, env: { ...process.env, ...env }, shell: '/bin/bash', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exit = new Promise<number | null>((done, failed) => child.on('close', done).on('error', failed));
  const [output, exitCode] = await Promise.all([text(child.stdout), exit]);
  return { exitCode, output };
}

/**
 * Runs a command line in a shell.
 *
 * @throws if it fails, with all that it wrote
 */
export async function run(commandLine: string, options: Run): Promise<string> {
  const { exitCode, output } = await tryRun(commandLine, options);
  if (exitCode !== 0) throw new Error(`'${commandLine}' ended with ${exitCode}:\n${output}`);
  return output;
}
