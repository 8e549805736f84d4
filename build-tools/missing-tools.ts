/**
 * Prints which programs a language's package cannot be built and tested without, and are not installed here:
 * `tsx build-tools/missing-tools.ts java`.
 */
import { spawnSync } from 'node:child_process';

const NEEDED: Record<string, readonly string[]> = {
  python: ['python3'],
  java: ['javac', 'mvn'],
  go: ['go'],
};

export function missingTools(target: string): string[] {
  return (NEEDED[target] ?? []).filter((program) => spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status !== 0);
}

if (require.main === module) {
  console.log(missingTools(process.argv[2]).join(' and '));
}
