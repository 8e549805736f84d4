import { access, constants } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { linkedFile, remembered } from './remembered-file';
import { unlessMissing } from './unless-missing';
import { Said } from '../../engine/messages/message';
import { unreadable } from '../command-error';

/** A file, and what it is to hold. */
export interface Replacement {
  readonly path: string;
  readonly text: string;
  /** What to say where it cannot be written. */
  readonly notWritten: (why: string) => Said;
}

/**
 * Replaces files: all of them, or none.
 *
 * Each new file takes the place of the old one when it is complete and on the disk: whatever happens before leaves the old one.
 *
 * @throws CommandError if one cannot be written; nothing has changed then
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const restores: (() => Promise<void>)[] = [];
  for (const { path, notWritten } of replacements) {
    try {
      await refuseReadOnly(path);
      restores.push(await remembered(path));
    } catch (error) {
      throw unreadable(notWritten((error as Error).message), error);
    }
  }
  for (const [index, { path, text, notWritten }] of replacements.entries()) {
    try {
      await writeFileAtomic(await linkedFile(path), text);
    } catch (error) {
      for (const restore of restores.slice(0, index)) await restore();
      throw unreadable(notWritten((error as Error).message), error);
    }
  }
}

/** A new file could take the place of one that may not be written: the folder decides about that. */
async function refuseReadOnly(path: string): Promise<void> {
  await unlessMissing(access(path, constants.W_OK));
}
