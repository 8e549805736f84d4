import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CloudAssembly, CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { cdkSettingsOf, readCdkJson } from './cdk-json';
import { Context } from './context-file';
import { matcherOf } from './name-pattern';
import { synthesize } from './synthesize';
import { unreadable, wrongUse } from '../command-error';
import { Io } from '../io';
import { orNone, says } from '../messages';

/** Which app, and how to synthesise it. */
export interface AppOptions {
  /** The command that runs the app, or the folder of a cloud assembly. @default - as the CDK CLI has it: what `cdk.json` says */
  readonly app?: string;
  /** @default - as the CDK CLI has it */
  readonly profile?: string;
  /** Whether `cdk.context.json` stays as it is. @default false */
  readonly dryRun?: boolean;
}

/** An app as its cloud assembly holds it. */
export interface SynthesizedApp {
  /** In the order of the cloud assembly. */
  readonly stacks: CloudFormationStackArtifact[];
  /** What `cdk.context.json` held for it, with what was looked up; absent where the app was synthesised before. */
  readonly context?: Context;
}

/**
 * The stacks of an app, in the order of its cloud assembly; the app is synthesised unless it already is.
 *
 * @param goesWithoutApp whether the command has `--without-app`
 * @throws CommandError if it cannot be
 */
export async function stacksOf(io: Io, options: AppOptions, goesWithoutApp = false): Promise<CloudFormationStackArtifact[]> {
  return (await synthesizedApp(io, options, goesWithoutApp)).stacks;
}

/**
 * The same, with the context that it was synthesised with.
 *
 * @throws CommandError if it cannot be synthesised
 */
export async function synthesizedApp(
  io: Io, { app, profile, dryRun }: AppOptions, goesWithoutApp = false,
): Promise<SynthesizedApp> {
  const cdkJson = await readCdkJson(io.cwd);
  const source = await appOf(io, { app });
  if (!source) {
    throw wrongUse(says.noApp({ folder: io.cwd, goesWithoutApp }));
  }
  const synthesized = resolve(io.cwd, source);
  if (isAssembly(synthesized)) return { stacks: load(synthesized) };
  if (app !== undefined && isFolder(synthesized)) { // a file is a program, which the CDK CLI knows how to run
    throw wrongUse(says.noAssembly({ app }));
  }
  const context = await synthesize(io, { app, output: cdkJson.output, profile, plugins: cdkJson.plugins, dryRun });
  return { stacks: load(resolve(io.cwd, cdkJson.output)), context };
}

/**
 * The stacks that patterns name, as the CDK CLI understands them: by their ID, their name in CloudFormation, or a glob. All
 * without patterns.
 *
 * @throws CommandError if a pattern names none
 */
export function selectStacks(stacks: readonly CloudFormationStackArtifact[], patterns: readonly string[]): CloudFormationStackArtifact[] {
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcherOf(pattern) }));
  const namesOf = ({ hierarchicalId, stackName, id }: CloudFormationStackArtifact) => [hierarchicalId, stackName, id];
  const unknown = matchers.find(({ matches }) => !stacks.some((stack) => namesOf(stack).some(matches)));
  if (unknown) {
    throw wrongUse(says.noStack({ pattern: unknown.pattern, stacks: orNone(stacks.map(({ hierarchicalId }) => hierarchicalId)) }));
  }
  return matchers.length === 0
    ? [...stacks]
    : stacks.filter((stack) => matchers.some(({ matches }) => namesOf(stack).some(matches)));
}

/** Which app: the command that runs it, or the folder of a cloud assembly. Undefined where none is named. */
export async function appOf(io: Io, { app }: AppOptions): Promise<string | undefined> {
  return app ?? (await cdkSettingsOf(io))('app');
}

/** Whether a folder holds a cloud assembly. */
export function isAssembly(folder: string): boolean {
  return existsSync(join(folder, 'manifest.json'));
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function load(folder: string): CloudFormationStackArtifact[] {
  try {
    return new CloudAssembly(folder, { skipVersionCheck: true }).stacksRecursively;
  } catch (error) {
    throw unreadable(says.assemblyUnreadable({ folder, why: (error as Error).message }), error);
  }
}
