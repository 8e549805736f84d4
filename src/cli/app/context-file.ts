import { join } from 'node:path';
import { readJsonFile } from './json-file';
import { Replacement, replaceFiles } from './replace-files';
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
 * @throws CommandError if it cannot be written; nothing has changed then
 */
export async function updateContext(path: string, changes: ReadonlyMap<string, unknown>): Promise<void> {
  await replaceFiles([await updatedContext(path, changes)]);
}

/**
 * The file with such changes, to be written with others.
 *
 * @throws CommandError if it cannot be read
 */
export async function updatedContext(path: string, changes: ReadonlyMap<string, unknown>): Promise<Replacement> {
  const context = await readContext(path); // again: somebody may have written it since
  for (const [key, value] of changes) {
    if (value === undefined) delete context[key];
    else context[key] = value;
  }
  return {
    path,
    text: `${JSON.stringify(context, undefined, 2)}\n`,
    notWritten: (why) => says.contextNotWritten({ file: CONTEXT_FILE, why }),
  };
}
