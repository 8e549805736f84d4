/**
 * Synthesises apps with the real CDK CLI, against the local AWS.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Language, runtimeOf } from './languages';
import { LocalAws } from '../aws/aws-server';
import { CdkResult, runCdk } from '../cli/cdk-cli';

export interface CdkInProject {
  readonly language: Language;
  readonly folder: string;
  /** In addition to what the language needs. @default - none */
  readonly env?: Record<string, string>;
}

/** Runs `cdk <args>` in a project of the language. */
export async function cdk(aws: LocalAws, { language, folder, env }: CdkInProject, ...args: string[]): Promise<CdkResult> {
  return runCdk(args, { cwd: folder, env: { ...aws.environment, ...runtimeOf(language), ...env } });
}

/** Changes the `cdk.json` of a project. */
export async function configure(folder: string, settings: object): Promise<void> {
  const file = join(folder, 'cdk.json');
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...settings }));
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
 * The templates of an app, byte for byte, by file name, without the CDK's analytics: they tell the language.
 *
 * @throws if it cannot be synthesised, with what the CLI printed
 */
export async function templatesOf(aws: LocalAws, { language, folder, command, context }: AppOptions): Promise<Record<string, string>> {
  await configure(folder, { context });
  await rm(join(folder, 'cdk.out'), { recursive: true, force: true });
  const { exitCode, stdout, stderr } = await cdk(
    aws, { language, folder }, 'synth', '--quiet', '--no-version-reporting', ...(command ? ['--app', command] : []),
  );
  if (exitCode !== 0) throw new Error(`${language.name}: cdk synth ended with ${exitCode}:\n${stdout}${stderr}`);
  const files = (await readdir(join(folder, 'cdk.out'))).filter((file) => file.endsWith('.template.json')).sort();
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(join(folder, 'cdk.out', file), 'utf8')])));
}
