import { resolve } from 'node:path';
import { judgeStep, RefreshedStep, StepMove } from './step-move';
import { stepsMarkdown, stepsText } from './step-text';
import { writeMarkdown } from './write-markdown';
import { ClusterDeclaration, UpgradePathDeclaration } from '../../engine/declaration/cluster-declaration';
import { Said } from '../../engine/messages/message';
import { sentence } from '../../engine/messages/sentence';
import { says } from '../../engine/plan/messages';
import { ClusterPath, pathOf, stepKey } from '../../engine/plan/upgrade-path-file';
import { Context, readContext, updateContext } from '../app/context-file';
import { ownContextFile } from '../app/own-context-file';
import { readPaths } from '../app/path-file';
import { runningTo } from '../app/running-rollback';
import { CommonOptions } from '../app-command';
import { clustersOf } from '../clusters/cluster-options';
import { CommandCluster } from '../clusters/live-clusters';
import { ExitCode } from '../exit-code';
import { Io } from '../io';
import { jsonOf } from '../json-output';
import { stays, waitsFor } from '../messages';
import { colorsOf } from '../terminal';

export interface RefreshStepsOptions extends CommonOptions {
  readonly markdown?: string;
}

/** `refresh --step`: moves the pinned step of clusters that have got there to the next one. */
export async function refreshSteps(io: Io, stacks: readonly string[], options: RefreshStepsOptions): Promise<ExitCode> {
  const { dryRun = false, markdown } = options;
  const contextFile = await ownContextFile(io, options);
  const context = await readContext(contextFile); // a broken file is refused before the app reads it
  const clusters = (await clustersOf(io, stacks, { ...options, cluster: [] })).filter(({ declaration }) => declaration.upgradePath);
  const refreshed: RefreshedStep[] = [];
  for (const cluster of clusters) refreshed.push(await refreshStep(io, cluster, context));

  if (markdown !== undefined) await writeMarkdown(resolve(io.cwd, markdown), stepsMarkdown(refreshed));
  const changes = new Map(refreshed.flatMap(({ contextKey, move }) =>
    move.outcome === 'moved' ? [[contextKey, { step: move.to, version: move.version }] as const] : []));
  if (!dryRun && changes.size > 0) await updateContext(contextFile, changes);

  io.stdout.write(options.json ? stepsJson(refreshed, dryRun) : stepsText(refreshed, dryRun, colorsOf(io, io.stdout)));
  return exitCodeOf(refreshed);
}

async function refreshStep(io: Io, cluster: CommandCluster, context: Context): Promise<RefreshedStep> {
  const { declaration: { path, account = '', region = '', upgradePath }, name } = cluster;
  const { file } = upgradePath!;
  const place = { cluster: path, account, region };
  const way = pathOf(await readPaths(io.cwd, file) ?? [], place);
  const contextKey = stepKey(place);
  const move = unlessGoingBack(moveOf(cluster, upgradePath!, way, contextKey), cluster.declaration, context);
  return { name, path, account, region, file, contextKey, steps: way && way.steps.length - 1, move };
}

function moveOf(
  { read, toBeCreated }: CommandCluster, { file, appVersion, step }: UpgradePathDeclaration, way: ClusterPath | undefined,
  contextKey: string,
): StepMove {
  const unfit = (why: Said): StepMove => ({ from: step, outcome: 'unfit', why: sentence(why) });
  if (toBeCreated) return { from: step, outcome: 'waits', why: sentence(stays.notCreated({})) };
  if (!read.known) return { from: step, outcome: 'unreadable', why: read.why };
  if (!way) return unfit(stays.noPath({ file }));
  if (way.appVersion !== appVersion) {
    return unfit(stays.pathOfOtherVersion({ written: way.appVersion, named: appVersion }));
  }
  if (step !== undefined && way.steps[step] === undefined) { // the file was written after the app was synthesised
    return unfit(says.stepOfNone({ step: String(step), key: contextKey, file }));
  }
  return judgeStep(read.value, way, step);
}

/** A cluster that the context rolls back does not go on, also where what is live has got to its step. */
function unlessGoingBack(move: StepMove, declaration: ClusterDeclaration, context: Context): StepMove {
  if (move.outcome !== 'moved' && move.outcome !== 'arrived') return move;
  const to = runningTo(declaration, context);
  if (to === undefined) return move;
  return { from: move.from, outcome: 'waits', version: declaration.version!, pending: [sentence(waitsFor.rollback({ to }))] };
}

function stepsJson(refreshed: readonly RefreshedStep[], dryRun: boolean): string {
  return jsonOf('refresh', { dryRun, releases: [], addOns: [], steps: refreshed.map(({ move, ...step }) => ({ ...step, ...move })) });
}

function exitCodeOf(refreshed: readonly RefreshedStep[]): ExitCode {
  const outcomes = refreshed.map(({ move: { outcome } }) => outcome);
  if (outcomes.includes('unreadable')) return ExitCode.UNREADABLE;
  return outcomes.includes('unfit') ? ExitCode.FOUND : ExitCode.FINE;
}
