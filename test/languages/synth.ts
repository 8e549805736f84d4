/**
 * Synthesises apps with the real CDK CLI, against the local AWS.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, runtimeOf } from './languages';
import { LocalAws } from '../aws/aws-server';
import { CdkResult, runCdk } from '../cli/cdk-cli';

/** Runs `cdk <args>` in a project of the language. */
export async function cdk(aws: LocalAws, language: Language, cwd: string, ...args: string[]): Promise<CdkResult> {
  return runCdk(args, { cwd, env: { ...aws.environment, ...runtimeOf(language) }, hurry: true });
}

/** An app as it is to be synthesised in a language's project. */
export interface AppOptions {
  readonly language: Language;
  readonly folder: string;
  /** @default - what the project's cdk.json says */
  readonly command?: string;
  /** Of all apps that are compared. */
  readonly context: Record<string, unknown>;
}

/**
 * The templates of an app, by file name, without what the CDK writes there about itself.
 *
 * @throws if it cannot be synthesised, with what the CLI printed
 */
export async function templatesOf(aws: LocalAws, { language, folder, command, context }: AppOptions): Promise<Record<string, string>> {
  const config = JSON.parse(await readFile(join(folder, 'cdk.json'), 'utf8'));
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ ...config, context }));
  await rm(join(folder, 'cdk.out'), { recursive: true, force: true });
  const { exitCode, stdout, stderr } = await cdk(aws, language, folder, 'synth', '--quiet', ...(command ? ['--app', command] : []));
  if (exitCode !== 0) throw new Error(`${language.name}: cdk synth ended with ${exitCode}:\n${stdout}${stderr}`);
  const files = (await readdir(join(folder, 'cdk.out'))).filter((file) => file.endsWith('.template.json')).sort();
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, withoutAnalytics(await readFile(join(folder, 'cdk.out', file), 'utf8'))])));
}

/** Everything else stays as it is, the order of all keys included. */
function withoutAnalytics(template: string): string {
  const { Resources: { CDKMetadata: _, ...Resources }, Conditions: { CDKMetadataAvailable: __, ...Conditions } = {}, ...rest } = JSON.parse(template);
  return JSON.stringify({ ...rest, Resources, Conditions }, null, 1);
}
