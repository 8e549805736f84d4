/**
 * A process of Node.js from its start to its end, and what it takes.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Workshop } from './workshop';

/** What a process took. */
export interface MeasuredProcess {
  /** Seconds, as somebody waits for them. */
  readonly time: number;
  /** Megabytes at most. */
  readonly memory: number;
}

const MEMORY_FILE = 'BENCH_MEMORY_FILE';

/** Writes how much memory a process had at most, when it ends. */
const TELL_MEMORY = `--import=data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.${MEMORY_FILE}, String(process.resourceUsage().maxRSS)));`)}`;

/**
 * Runs a script in the folder of a workshop.
 *
 * @param isFine by which exit codes a command says that it has found something
 */
export async function measureProcess(
  { folder }: Workshop, args: readonly string[], env: Readonly<Record<string, string>>, isFine: readonly number[] = [],
): Promise<MeasuredProcess & { readonly stdout: string }> {
  const memoryFile = join(folder, 'memory');
  const start = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [TELL_MEMORY, ...args], {
    cwd: folder, maxBuffer: 2 ** 30, env: { ...env, [MEMORY_FILE]: memoryFile },
  }).catch((error: { code?: number; stdout: string }) => {
    if (isFine.includes(error.code ?? 0)) return error;
    throw error;
  });
  const time = (performance.now() - start) / 1000;
  return { stdout, time, memory: Number(await readFile(memoryFile, 'utf8')) / 1024 };
}
