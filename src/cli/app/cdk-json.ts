import { join } from 'node:path';
import { readJsonFile } from './json-file';
import { unreadable } from '../command-error';
import { says } from '../messages';

/** What is needed of `cdk.json`. */
export interface CdkJson {
  /** How the app is run, or the folder that it was synthesised to. */
  readonly app?: string;
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
  try {
    const { app, output, context, plugin } = await readJsonFile(join(folder, 'cdk.json')) ?? {};
    return {
      app: commandOf(app),
      plugins: [plugin].flat().filter((name) => typeof name === 'string'),
      output: typeof output === 'string' ? output : 'cdk.out',
      context: typeof context === 'object' && context !== null ? { ...context } : {},
    };
  } catch (error) {
    throw unreadable(says.cdkJsonUnreadable({ why: (error as Error).message }), error);
  }
}

/** The CDK CLI joins a list. */
function commandOf(app: unknown): string | undefined {
  const words = [app].flat();
  return words.length > 0 && words.every((word) => typeof word === 'string') ? words.join(' ') : undefined;
}
