import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How apps name the plugin of this package. */
const OUR_PLUGIN = 'cdk-eks-upgrades/preview';

/** Its file in this package. */
const OUR_FILE = 'preview.js';

/**
 * The arguments of the CDK CLI by which it finds all plugins that `cdk.json` names; none where ours is not among them.
 *
 * The CLI looks for plugins where it is installed itself, which in a monorepo, or installed for all projects of a machine, is not
 * where this package is. What arguments name takes the place of what `cdk.json` names.
 *
 * @param folder from where to look upward for this package
 */
export function pluginArguments(plugins: readonly string[], folder = __dirname): string[] {
  const file = plugins.includes(OUR_PLUGIN) ? fileAbove(folder) : undefined;
  return file === undefined ? [] : plugins.flatMap((plugin) => ['--plugin', plugin === OUR_PLUGIN ? file : plugin]);
}

function fileAbove(folder: string): string | undefined {
  const file = join(folder, OUR_FILE);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : fileAbove(dirname(folder));
}
