import { writeFile } from 'node:fs/promises';
import { CONTEXT_FILE } from '../app/context-file';
import { unreadable } from '../command-error';
import { says } from '../messages';

/** Writes the body of a pull request, before anything moves. */
export async function writeMarkdown(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw unreadable(says.markdownNotWritten({ file: path, why: (error as Error).message, context: CONTEXT_FILE }), error);
  }
}
