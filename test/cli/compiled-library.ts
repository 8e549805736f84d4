/**
 * The library as it was compiled into `lib/`.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');

/** A source that is newer than what was compiled, if there is one. */
export function newerThanCompiled(): string | undefined {
  const changedAt = (path: string) => statSync(join(PROJECT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const compiledAt = changedAt('lib/index.js');
  const sources = readdirSync(join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return sources.map((path) => join('src', path)).find((path) => changedAt(path) > compiledAt);
}
