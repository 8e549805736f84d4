import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { AppOptions, appOf, isAssembly } from './cloud-assembly';
import { contextFileOf } from './context-file';
import { wrongUse } from '../command-error';
import { Io } from '../io';
import { says } from '../messages';

/**
 * The file of looked-up values of the app that a command is about, for commands that write it.
 *
 * @throws CommandError if the app is that of another folder, which would never read what is written in this one
 */
export async function ownContextFile(io: Io, options: AppOptions): Promise<string> {
  const app = await appOf(io, options);
  if (app !== undefined && !existsSync(join(io.cwd, 'cdk.json'))) {
    const assembly = resolve(io.cwd, app);
    if (isAssembly(assembly) && !isWithin(io.cwd, assembly)) {
      throw wrongUse(says.appOfOtherFolder({ app, folder: folderOfApp(dirname(assembly)) ?? dirname(assembly) }));
    }
  }
  return contextFileOf(io);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(realpathSync(folder), realpathSync(path));
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'; // absolute from one drive to another
}

/** The next folder with `cdk.json`, upwards. */
function folderOfApp(folder: string): string | undefined {
  if (existsSync(join(folder, 'cdk.json'))) return folder;
  return dirname(folder) === folder ? undefined : folderOfApp(dirname(folder));
}
