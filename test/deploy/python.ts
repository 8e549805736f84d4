/**
 * The Python that MiniStack and cfn-lint run in: an environment for each, with pinned packages.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/** Git-ignored. One folder for each set of requirements, so that a change of them makes another. */
const ENVIRONMENTS = join(__dirname, '.venv');

const OLDEST_MINOR = 10;

/** A command that starts Python 3.10 or newer; undefined when the machine has none that can make environments. */
export function findPython(): string | undefined {
  return ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'].find((command) => {
    const check = `import sys, venv, ensurepip; sys.exit(sys.version_info < (3, ${OLDEST_MINOR}))`;
    return spawnSync(command, ['-c', check], { stdio: 'ignore' }).status === 0;
  });
}

/**
 * The `python` of an environment with all requirements, made when it is first asked for.
 *
 * It gets its name when it is complete: whoever is interrupted, or comes at the same time, breaks nothing.
 */
export function environmentPython(systemPython: string, requirements = REQUIREMENTS): string {
  const complete = join(ENVIRONMENTS, createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16));
  if (!existsSync(complete)) {
    const growing = `${complete}.${process.pid}`;
    mkdirSync(ENVIRONMENTS, { recursive: true });
    execFileSync(systemPython, ['-m', 'venv', growing]);
    execFileSync(join(growing, 'bin/python'), [
      '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', requirements,
    ]);
    try {
      renameSync(growing, complete);
    } catch {
      rmSync(growing, { recursive: true });
    }
  }
  return join(complete, 'bin/python');
}
