import { homedir } from 'node:os';
import { join } from 'node:path';
import type { NetworkOptions } from './network';

/** The files in which the CDK CLI finds settings: that of the app in a folder, then that of the user. */
export function settingsFiles(folder: string): string[] {
  return [join(folder, 'cdk.json'), join(homedir(), '.cdk.json')];
}

/**
 * A setting of the CDK CLI where no argument gives it, from where the CLI itself takes it: variables `CDK_…`, then its files.
 *
 * @param option as an argument has it, such as `ca-bundle-path`
 * @param files what they hold, in their order
 */
export function settingOf(
  option: string, environment: Readonly<Record<string, string | undefined>>, files: readonly Readonly<Record<string, unknown>>[],
): string | undefined {
  const key = option.replace(/-./g, ([, letter]) => letter.toUpperCase());
  const value = environment[`CDK_${option.toUpperCase().replaceAll('-', '_')}`]
    ?? files.map((file) => file[key]).find((setting) => setting !== undefined);
  return value === undefined ? undefined : [value].flat().join(' '); // the CLI takes a list as the words of a command
}

/** How the CDK CLI reaches AWS by its settings. */
export function networkSettings(valueOf: (option: string) => string | undefined): NetworkOptions {
  return { profile: valueOf('profile'), proxy: valueOf('proxy'), caBundlePath: valueOf('ca-bundle-path') };
}
