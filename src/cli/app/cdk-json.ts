import { join } from 'node:path';
import { readJsonFile } from './json-file';
import { networkSettings, settingOf, settingsFiles } from '../../live/cdk-settings';
import type { NetworkOptions } from '../../live/network';
import { unreadable } from '../command-error';
import { Io } from '../io';
import { says } from '../messages';

/** What is needed of `cdk.json`. */
export interface CdkJson {
  /** The plugins of the CLI that it names. */
  readonly plugins: readonly string[];
  /** Where the app is synthesised to. */
  readonly output: string;
  /** Context that wins over `cdk.context.json`. */
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Reads the `cdk.json` of an app.
 *
 * @throws CommandError if it cannot be read
 */
export async function readCdkJson(folder: string): Promise<CdkJson> {
  const { output, context, plugin } = await readSettings(join(folder, 'cdk.json'));
  return {
    plugins: [plugin].flat().filter((name) => typeof name === 'string'),
    output: typeof output === 'string' ? output : 'cdk.out',
    context: typeof context === 'object' && context !== null ? { ...context } : {},
  };
}

/**
 * The settings with which the CDK CLI would run the app, by option.
 *
 * @throws CommandError if a file with settings cannot be read
 */
export async function cdkSettingsOf({ cwd, env }: Io): Promise<(option: string) => string | undefined> {
  const files = await Promise.all(settingsFiles(cwd).map(readSettings));
  return (option) => settingOf(option, env, files);
}

/**
 * How AWS is reached: as the CDK CLI does it.
 *
 * @param profile the one that the command names, which comes first
 * @throws CommandError if a file with settings cannot be read
 */
export async function networkOf(io: Io, profile: string | undefined): Promise<NetworkOptions> {
  const settings = networkSettings(await cdkSettingsOf(io));
  return { ...settings, profile: profile ?? settings.profile };
}

async function readSettings(file: string): Promise<Record<string, unknown>> {
  try {
    return await readJsonFile(file) ?? {};
  } catch (error) {
    throw unreadable(says.cdkJsonUnreadable({ file, why: (error as Error).message }), error);
  }
}
