import { resolve } from 'node:path';
import { CloudFormationStackArtifact } from '@aws-cdk/cloud-assembly-api';
import { Command } from 'commander';
import { judgeAddOns, RefreshedAddOn } from './add-ons';
import { judgeLookUps, RefreshedLookUp } from './judge-look-ups';
import { refreshJson } from './refresh-json';
import { refreshMarkdown } from './refresh-markdown';
import { refreshSteps } from './refresh-steps';
import { renderRefresh } from './refresh-text';
import { LookUps, selectLookUps } from './select-look-ups';
import { writeMarkdown } from './write-markdown';
import { networkOf, readCdkJson } from '../app/cdk-json';
import { selectStacks, synthesizedApp } from '../app/cloud-assembly';
import { CONTEXT_FILE, readContext, updateContext } from '../app/context-file';
import { ownContextFile } from '../app/own-context-file';
import { trackedAddOnsIn } from '../app/tracked-add-on-look-up';
import { trackedLookUpsIn } from '../app/tracked-look-up';
import { appCommand, collect, CommonOptions } from '../app-command';
import { AwsEnvironments } from '../aws-environments';
import { wrongUse } from '../command-error';
import { parseDuration } from '../duration';
import { ExitCode, Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { says } from '../messages';
import { colorsOf, withProgress } from '../terminal';
import { throttlingNotice } from '../throttling-notice';

interface RefreshOptions extends CommonOptions {
  readonly soak?: number;
  readonly allowOlder?: boolean;
  readonly only: readonly string[];
  readonly amis?: boolean;
  readonly addOns?: boolean;
  readonly step?: boolean;
  readonly markdown?: string;
}

/** The command `refresh`. */
export function refreshCommand(io: Io, run: Run): Command {
  return appCommand(
    'refresh',
    `Take the AMI releases, golden images and add-on versions that are offered now: moves what was looked up in ${CONTEXT_FILE}, `
      + 'on purpose.',
  )
    .option('--amis', 'only AMI releases and golden images (default: add-ons, too)')
    .option('--add-ons', 'only versions of add-ons (default: AMI releases and golden images, too)')
    .option('--step', 'only the step of upgrade paths: moves it to the next one where the cluster has got to the one before')
    .option(
      '--soak <duration>',
      'take only what has been out for so long, such as 12h, 7d or 2w; of add-ons, since a refresh has first seen it',
      parseDuration,
    )
    .option('--allow-older', 'follow AWS back to an older release or version, where the one in use was withdrawn')
    .option(
      '--only <name>',
      'only what this stack, node group, AMI type, parameter, cluster or add-on uses, by name or glob; can be repeated',
      collect, [],
    )
    .option('--dry-run', `say what would move and leave ${CONTEXT_FILE} alone`)
    .option('--markdown <file>', 'write what moved as Markdown too, for the body of a pull request')
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades refresh --soak 7d && cdk diff
  $ cdk-eks-upgrades refresh 'Dev/*' --only AL2023_x86_64_STANDARD
  $ cdk-eks-upgrades refresh --add-ons --only vpc-cni
  $ cdk-eks-upgrades refresh --dry-run --json
  $ cdk-eks-upgrades refresh --step && cdk diff

Ends with 0 when all is well, 1 when something was withdrawn, is flagged or cannot be used, 2 when used wrongly, 3 when something could not be read or written.`)
    .action(async (stacks: string[], options: RefreshOptions) => run(async () =>
      options.step ? refreshSteps(io, stacks, alone(options)) : refresh(io, stacks, options)));
}

/** @throws CommandError for options that say something of releases and add-ons only */
function alone(options: RefreshOptions): RefreshOptions {
  const { amis, addOns, soak, allowOlder, only } = options;
  const others = Object.entries({ '--amis': amis, '--add-ons': addOns, '--soak': soak, '--allow-older': allowOlder, '--only': only[0] });
  const [other] = others.find(([, value]) => value !== undefined) ?? [];
  if (other !== undefined) {
    throw wrongUse(says.notWithStep({ option: other }));
  }
  return options;
}

async function refresh(io: Io, stacks: readonly string[], options: RefreshOptions): Promise<ExitCode> {
  const { dryRun = false, markdown } = options;
  const contextFile = await ownContextFile(io, options);
  const before = await readContext(contextFile); // a broken file is refused before the app reads it
  const { stacks: all, context: lookedUp = before } = await synthesizedApp(io, options);
  const { releases, addOns } = selectLookUps(lookUpsIn(all, selectStacks(all, stacks), options), options.only);
  const context = { fixed: (await readCdkJson(io.cwd)).context, before, lookedUp };
  const now = io.now();
  const policy = { now, soakMillis: options.soak, allowOlder: options.allowOlder };
  const environments = new AwsEnvironments({
    ...await networkOf(io, options.profile), concurrency: options.concurrency, onThrottled: throttlingNotice(io),
  });
  const refreshing = { context, environments, policy };
  const [refreshed, refreshedAddOns] = await withProgress(io, 'look-ups', releases.length + addOns.length, async (progress) => {
    const done = [0, 0];
    const count = (kind: number) => (number: number) => { done[kind] = number; progress(done[0] + done[1]); };
    return Promise.all([
      judgeLookUps(releases, refreshing, count(0)),
      judgeAddOns(addOns, refreshing, count(1)),
    ]);
  });

  if (markdown !== undefined) await writeMarkdown(resolve(io.cwd, markdown), refreshMarkdown(refreshed, refreshedAddOns, now));
  const changes = new Map<string, unknown>([...changesOf(refreshed), ...changesOfAddOns(refreshedAddOns)]);
  if (!dryRun && changes.size > 0) await updateContext(contextFile, changes);

  if (options.json) io.stdout.write(jsonOf('refresh', refreshJson(refreshed, refreshedAddOns, dryRun)));
  else io.stdout.write(renderRefresh({ refreshed, addOns: refreshedAddOns, dryRun, now }, colorsOf(io, io.stdout)));
  return exitCodeOf([...refreshed, ...refreshedAddOns]);
}

/** Both kinds, unless the options name one. */
function lookUpsIn(
  all: readonly CloudFormationStackArtifact[], selected: readonly CloudFormationStackArtifact[], { amis, addOns }: RefreshOptions,
): LookUps {
  const both = !amis && !addOns;
  return {
    releases: both || amis ? trackedLookUpsIn(all, selected) : [],
    addOns: both || addOns ? trackedAddOnsIn(all, selected) : [],
  };
}

function changesOf(refreshed: readonly RefreshedLookUp[]): (readonly [string, unknown])[] {
  return refreshed.flatMap(({ lookUp: { contextKey, image }, move, imageId, seen }): (readonly [string, unknown])[] => [
    ...move.outcome === 'moved' ? [[contextKey, move.value] as const] : [],
    ...image && imageId !== undefined ? [[image.contextKey, imageId] as const] : [],
    ...seen ? [seen] : [],
  ]);
}

function changesOfAddOns(refreshed: readonly RefreshedAddOn[]): [string, unknown][] {
  return refreshed.flatMap(({ lookUp: { contextKey }, entry }): [string, unknown][] => entry ? [[contextKey, entry]] : []);
}

function exitCodeOf(refreshed: readonly (RefreshedLookUp | RefreshedAddOn)[]): ExitCode {
  const outcomes = new Set<string>(refreshed.map(({ move }) => move.outcome));
  if (outcomes.has('unreadable')) return ExitCode.UNREADABLE;
  const isFlagged = refreshed.some(({ move }) => 'flags' in move);
  return outcomes.has('withdrawn') || outcomes.has('unfit') || isFlagged ? ExitCode.FOUND : ExitCode.FINE;
}
