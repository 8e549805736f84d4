import { Command } from 'commander';
import { rollbackOf } from './cluster-rollback';
import { rollbackText } from './rollback-text';
import { rollbackKeyPrefix } from '../../engine/declaration/rollback-entry';
import { declaredApp } from '../app/app-clusters';
import { selectStacks, stacksOf } from '../app/cloud-assembly';
import { CONTEXT_FILE, readContext, updateContext } from '../app/context-file';
import { ownContextFile } from '../app/own-context-file';
import { targetOf } from '../app/running-rollback';
import { appCommand, CommonOptions } from '../app-command';
import { clustersOf } from '../clusters/cluster-options';
import { ExitCode, Run } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { parseVersion } from '../version-option';

interface RollbackOptions extends CommonOptions {
  readonly to?: string;
  readonly end?: boolean;
}

/** The command `rollback`. */
export function rollbackCommand(io: Io, run: Run): Command {
  return appCommand(
    'rollback',
    `Take clusters back one minor: works out what goes back and in which order, and writes it into ${CONTEXT_FILE}, which the `
      + 'constructs obey.',
  )
    .option(
      '--to <version>',
      'the Kubernetes version to go back to, such as 1.35 (default: the minor below the one that runs)', parseVersion,
    )
    .option('--dry-run', `say what would go back and leave ${CONTEXT_FILE} alone`)
    .option('--end', `take what it has written out of ${CONTEXT_FILE} again`)
    .addHelpText('after', `
Examples:
  $ cdk-eks-upgrades rollback Prod && cdk diff Prod && cdk deploy Prod     # nodes and add-ons, where they have to go first
  $ cdk-eks-upgrades rollback Prod && cdk diff Prod && cdk deploy Prod     # the control plane
  $ cdk-eks-upgrades rollback Prod --end                                   # once the app names the older version

Ends with 0 when all of them can go back, 1 when one cannot, 2 when used wrongly, 3 when something could not be read or written.`)
    .action(async (stacks: string[], options: RollbackOptions) => run(async () =>
      options.end ? end(io, stacks, options) : goBack(io, stacks, options)));
}

async function goBack(io: Io, stacks: readonly string[], options: RollbackOptions): Promise<ExitCode> {
  const { to, dryRun = false } = options;
  const contextFile = await ownContextFile(io, options);
  const context = await readContext(contextFile);
  const declared = new Map<string, string | undefined>();
  const clusters = await clustersOf(io, stacks, { ...options, cluster: [] }, (app) => ({
    ...app,
    clusters: app.clusters.map((cluster) => {
      declared.set(cluster.path, cluster.version);
      return { ...cluster, version: to ?? targetOf(cluster, context) }; // what EKS offers for it is read, too
    }),
  }));
  const rollbacks = clusters.map((cluster) => rollbackOf(cluster, declared.get(cluster.declaration.path), to, context));
  const isClear = rollbacks.every((rollback) => 'entry' in rollback || 'done' in rollback || 'toBeCreated' in rollback);
  const entries = new Map(rollbacks.flatMap((rollback) => 'entry' in rollback ? [[rollback.contextKey, rollback.entry] as const] : []));
  const writes = isClear && !dryRun && entries.size > 0;
  if (writes) await updateContext(contextFile, entries);
  io.stdout.write(options.json ? jsonOf('rollback', { clusters: rollbacks, dryRun: !writes }) : rollbackText(rollbacks, writes));
  if (rollbacks.some((rollback) => 'unreadable' in rollback)) return ExitCode.UNREADABLE;
  return isClear ? ExitCode.FINE : ExitCode.FOUND;
}

async function end(io: Io, stacks: readonly string[], options: RollbackOptions): Promise<ExitCode> {
  const contextFile = await ownContextFile(io, options);
  const all = await stacksOf(io, options);
  const { clusters } = declaredApp(all, selectStacks(all, stacks));
  const prefixes = clusters.flatMap(({ account, region, path }) =>
    account === undefined || region === undefined ? [] : [rollbackKeyPrefix({ account, region, path })]);
  const keys = Object.keys(await readContext(contextFile)).filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
  if (keys.length > 0 && !options.dryRun) await updateContext(contextFile, new Map(keys.map((key) => [key, undefined])));
  io.stdout.write(options.json ? jsonOf('rollback', { ended: keys, dryRun: options.dryRun ?? false }) : endText(keys, options));
  return ExitCode.FINE;
}

function endText(keys: readonly string[], { dryRun }: RollbackOptions): string {
  if (keys.length === 0) return 'no rollback is in the context\n';
  return `${keys.map((key) => `${dryRun ? 'would be ended' : 'ended'}: ${key}`).join('\n')}\n`;
}
