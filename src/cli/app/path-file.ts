import { resolve } from 'node:path';
import { readJsonFile } from './json-file';
import { ClusterPath, upgradePathsIn } from '../../engine/plan/upgrade-path-file';
import { unreadable } from '../command-error';
import { says } from '../messages';

/**
 * Reads the upgrade paths in a file; undefined where there is none.
 *
 * @param file seen from the folder of the app
 * @throws CommandError if it holds something else
 */
export async function readPaths(cwd: string, file: string): Promise<ClusterPath[] | undefined> {
  try {
    const value = await readJsonFile(resolve(cwd, file));
    return value && upgradePathsIn(value, file);
  } catch (error) {
    throw unreadable(says.pathUnreadable({ file, why: (error as Error).message }), error);
  }
}
