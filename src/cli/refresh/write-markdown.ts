import { writeFile } from 'node:fs/promises';
import { CONTEXT_FILE } from './context-file';
import { unreadable } from '../command-error';

/** Writes the body of a pull request, before anything moves. */
export async function writeMarkdown(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw unreadable(`${path} could not be written: ${(error as Error).message}; ${CONTEXT_FILE} is as it was`, error);
  }
}
