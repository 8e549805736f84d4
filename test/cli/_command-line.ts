/**
 * Runs the command line: in this process, where a test needs to be fast, or as the bundle that users start.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ExitCode } from '../../src/cli/exit-code';
import { main } from '../../src/cli/main';
import { Said } from '../../src/engine/messages/message';
import { sentence } from '../../src/engine/messages/sentence';

/** The bundle. */
export const BINARY = resolve(__dirname, '../../assets/cli/cdk-eks-upgrades/index.js');

export interface CommandRun {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  readonly now?: Date;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cdk-eks-upgrades <args>` in this process. */
export async function runCommand(args: readonly string[], { cwd, env = {}, now = new Date() }: CommandRun): Promise<CommandResult> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await main(args, { cwd, env, stdout, stderr, now: () => now, version: '1.2.3' });
  stdout.end();
  stderr.end();
  return { exitCode, stdout: await text(stdout), stderr: await text(stderr) };
}

/** How a run ends that says what is wrong, and nothing else. */
export function endsWith(exitCode: ExitCode, said: Said): CommandResult {
  return { exitCode, stdout: '', stderr: `error: ${sentence(said)}\n` };
}

/** What Node.js says of a text that is not JSON. */
export function parseErrorOf(json: string): string {
  try {
    JSON.parse(json);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

export interface BinaryRun extends CommandRun {
  /** How large a file the process may write, in blocks: stands in for a disk that is full. @default - as large as it likes */
  readonly fileSizeLimit?: number;
}

/** Runs the bundle as a child process, its output in pipes. */
export async function runBinary(args: readonly string[], { cwd, env = {}, fileSizeLimit }: BinaryRun): Promise<CommandResult> {
  const command = [process.execPath, BINARY, ...args];
  return fileSizeLimit === undefined
    ? runProcess(command[0], command.slice(1), { cwd, env })
    : runProcess(
      'sh', ['-c', `ulimit -f ${fileSizeLimit}; exec "$0" "$@"`, ...command], { cwd, env: { ...env, NODE_OPTIONS: SURVIVE_LIMIT } },
    );
}

/** Runs the bundle in a shell, where `redirection` says what becomes of its output, and ends as the bundle ends. */
export async function runRedirected(args: readonly string[], redirection: string, { cwd, env = {} }: CommandRun): Promise<CommandResult> {
  const script = `"$0" "$@" ${redirection}; exit \${PIPESTATUS[0]}`;
  return runProcess('bash', ['-c', script, process.execPath, BINARY, ...args], { cwd, env });
}

/** The signal of the limit would end the process; without it, the write fails as on a full disk. */
const SURVIVE_LIMIT = `--import=data:text/javascript,${encodeURIComponent("process.on('SIGXFSZ', () => undefined);")}`;

/** Runs the bundle as a child process on a terminal of its own; what the terminal shows is in `stdout`. */
export async function runOnTerminal(args: readonly string[], { cwd, env = {} }: CommandRun): Promise<CommandResult> {
  const line = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
  return runProcess('script', ['--quiet', '--return', '--command', line, '/dev/null'], { cwd, env });
}

/** Runs a program to its end. */
export async function runProcess(
  command: string, args: readonly string[], { cwd, env }: Required<Pick<CommandRun, 'cwd' | 'env'>>,
): Promise<CommandResult> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((done, failed) => child.on('close', done).on('error', failed));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { exitCode, stdout, stderr };
}

/** The file of a folder. */
export const contextFileIn = (folder: string) => join(folder, 'cdk.context.json');
