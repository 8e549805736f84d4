import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { CONTEXT_FILE, readContext, updateContext } from './context-file';
import { judgeLookUps, RefreshedLookUp } from './refresh';
import { refreshJson } from './refresh-json';
import { refreshMarkdown } from './refresh-markdown';
import { renderRefresh } from './refresh-text';
import { selectLookUps } from './select-look-ups';
import { readCdkJson } from '../app/cdk-json';
import { selectStacks, stacksOf } from '../app/cloud-assembly';
import { trackedLookUpsIn } from '../app/tracked-look-up';
import { appCommand, CommonOptions } from '../app-command';
import { AwsEnvironments } from '../aws-environments';
import { collect } from '../clusters/cluster-options';
import { unreadable } from '../command-error';
import { parseDuration } from '../duration';
import { ExitCode } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { colorsOf, withProgress } from '../terminal';

interface RefreshOptions extends CommonOptions {
  readonly soak?: number;
  readonly allowOlder?: boolean;
  readonly only: readonly string[];
  readonly dryRun?: boolean;
  readonly markdown?: string;
}

/** The command `refresh`. */
export function refreshCommand(io: Io, run: (work: () => Promise<ExitCode>) => Promise<void>): Command {
  return appCommand('refresh', `Take the AMI releases that AWS recommends now: moves looked-up releases in ${CONTEXT_FILE}, on purpose.`)
    .option('--soak <duration>', 'take only releases that have been out for so long, such as 12h, 7d or 2w', parseDuration)
    .option('--allow-older', 'follow AWS back to an older release, where the one in use was withdrawn')
    .option('--only <name>', 'only releases of this stack, node group or AMI type, by name or glob; can be repeated', collect, [])
    .option('--dry-run', `say what would move and leave ${CONTEXT_FILE} alone`)
    .option('--markdown <file>', 'write what moved as Markdown too, for the body of a pull request')
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades refresh --soak 7d && cdk diff
  $ cdk-eks-upgrades refresh 'Dev/*' --only AL2023_x86_64_STANDARD
  $ cdk-eks-upgrades refresh --dry-run --json

Ends with 0 when all is well, 1 when a release was withdrawn or cannot be used, 2 when used wrongly, 3 when something could not be read or written.`)
    .action(async (stacks: string[], options: RefreshOptions) => run(async () => refresh(io, stacks, options)));
}

async function refresh(io: Io, stacks: readonly string[], options: RefreshOptions): Promise<ExitCode> {
  const { dryRun = false, markdown } = options;
  const contextFile = join(io.cwd, CONTEXT_FILE);
  await readContext(contextFile); // a broken file is refused before the app reads it
  const all = await stacksOf(io, options);
  const lookUps = selectLookUps(trackedLookUpsIn(all, selectStacks(all, stacks)), options.only);
  const context = { fixed: (await readCdkJson(io.cwd)).context, lookedUp: await readContext(contextFile) };
  const now = io.now();
  const policy = { now, soakMillis: options.soak, allowOlder: options.allowOlder };
  const refreshed = await withProgress(io, 'releases', lookUps.length, async (progress) =>
    judgeLookUps(lookUps, context, new AwsEnvironments(options), policy, progress));

  if (markdown !== undefined) await writeMarkdown(resolve(io.cwd, markdown), refreshMarkdown(refreshed, now));
  const changes = changesOf(refreshed);
  if (!dryRun && changes.size > 0) await updateContext(contextFile, changes);

  if (options.json) io.stdout.write(jsonOf('refresh', refreshJson(refreshed, dryRun)));
  else io.stdout.write(renderRefresh({ refreshed, dryRun, now }, colorsOf(io, io.stdout)));
  return exitCodeOf(refreshed);
}

function changesOf(refreshed: readonly RefreshedLookUp[]): Map<string, string> {
  return new Map(refreshed.flatMap(({ lookUp: { contextKey, image }, move, imageId }) => [
    ...move.outcome === 'moved' ? [[contextKey, move.value] as const] : [],
    ...image && imageId !== undefined ? [[image.contextKey, imageId] as const] : [],
  ]));
}

function exitCodeOf(refreshed: readonly RefreshedLookUp[]): ExitCode {
  const outcomes = new Set(refreshed.map(({ move }) => move.outcome));
  if (outcomes.has('unreadable')) return ExitCode.UNREADABLE;
  return outcomes.has('withdrawn') || outcomes.has('unfit') ? ExitCode.FOUND : ExitCode.FINE;
}

async function writeMarkdown(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw unreadable(`${path} could not be written: ${(error as Error).message}; ${CONTEXT_FILE} is as it was`, error);
  }
}
