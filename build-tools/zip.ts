import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The first day that the format knows: the same files make the same archive, whenever they were written. */
const WRITTEN = new Date(1980, 0, 1);

const UNIX = 3;
const READABLE_FILE = 0o100644 * 0x10000;

/** An archive of the files of a folder, which has no folders in it. */
export function zipOf(folder: string): Uint8Array {
  const files = readdirSync(folder).sort().map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]);
  return zipSync(Object.fromEntries(files), { level: 9, mtime: WRITTEN, os: UNIX, attrs: READABLE_FILE });
}
