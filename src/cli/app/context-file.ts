import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readJsonFile } from './json-file';
import { unreadable } from '../command-error';
import { Io } from '../io';
import { says } from '../messages';

/** Looked-up values, by key. */
export type Context = Readonly<Record<string, unknown>>;

/** The CDK's own file of looked-up values. */
export const CONTEXT_FILE = 'cdk.context.json';

/** That of the app in the folder of a run. */
export function contextFileOf({ cwd }: Io): string {
  return join(cwd, CONTEXT_FILE);
}

/**
 * Reads the context of an app; empty when nothing was ever looked up.
 *
 * @throws CommandError if it cannot be read
 */
export async function readContext(path: string): Promise<Record<string, unknown>> {
  try {
    return await readJsonFile(path) ?? {};
  } catch (error) {
    throw unreadable(says.contextUnreadable({ file: CONTEXT_FILE, why: (error as Error).message }), error);
  }
}

/**
 * Changes some values of the context, removes those that are undefined, and leaves all others, and their order, as they are; in
 * the form in which the CDK writes the file.
 *
 * The new file takes the place of the old one when it is complete and on the disk: whatever happens before leaves the old one.
 *
 * @throws CommandError if it cannot be written; nothing has changed then
 */
export async function updateContext(path: string, changes: ReadonlyMap<string, unknown>): Promise<void> {
  const context = await readContext(path); // again: somebody may have written it since
  for (const [key, value] of changes) {
    if (value === undefined) delete context[key];
    else context[key] = value;
  }
  try {
    await refuseReadOnly(path);
    await writeFileAtomic(path, `${JSON.stringify(context, undefined, 2)}\n`);
  } catch (error) {
    throw unreadable(says.contextNotWritten({ file: CONTEXT_FILE, why: (error as Error).message }), error);
  }
}

/** A new file could take the place of one that may not be written: the folder decides about that. */
async function refuseReadOnly(path: string): Promise<void> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
