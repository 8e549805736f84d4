import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { unlessMissing } from './unless-missing';

/** Remembers a file as it is, or that there is none; what is returned brings that back. */
export async function remembered(path: string): Promise<() => Promise<void>> {
  const target = await linkedFile(path);
  const before = await bytesIn(target);
  return async () => {
    if (before === undefined) await rm(target, { force: true });
    else if (!(await bytesIn(target))?.equals(before)) await writeFileAtomic(target, before);
  };
}

/** The file that a path leads to, by symbolic links, which may lead to a file that does not exist yet. */
export async function linkedFile(path: string): Promise<string> {
  const target = await unlessMissing(realpath(path));
  if (target !== undefined) return target;
  const link = await unlessMissing(readlink(path));
  return link === undefined ? path : linkedFile(resolve(dirname(path), link));
}

async function bytesIn(path: string): Promise<Buffer | undefined> {
  return unlessMissing(readFile(path));
}
