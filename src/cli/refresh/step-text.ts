import { RefreshedStep } from './step-move';
import { escapeMarkdown } from '../../engine/state/untrusted-text';
import { CONTEXT_FILE } from '../app/context-file';
import { describeEnvironment } from '../aws-environments';
import { Colors } from '../terminal';

/** What became of the steps of upgrade paths, for a terminal or a log. */
export function stepsText(refreshed: readonly RefreshedStep[], dryRun: boolean, colors: Colors): string {
  if (refreshed.length === 0) return `${NONE}\n`;
  const moved = refreshed.filter(({ move }) => move.outcome === 'moved').length;
  return [
    ...refreshed.map(
      (step) => [colors.bold(titleOf(step)), ...[describe(step, colors), ...detailsOf(step)].map((line) => `  ${line}`)].join('\n'),
    ),
    moved === 0 ? 'nothing moves' : `${moved} ${moved === 1 ? 'step' : 'steps'} `
      + `${dryRun ? 'would move' : `moved in ${CONTEXT_FILE}: review with 'cdk diff'`}`,
  ].join('\n\n') + '\n';
}

/** The same as the body of a pull request. */
export function stepsMarkdown(refreshed: readonly RefreshedStep[]): string {
  if (refreshed.length === 0) return `${escapeMarkdown(NONE)}\n`;
  return refreshed.map((step) => [
    `**${escapeMarkdown(titleOf(step))}** ${escapeMarkdown(describe(step))}`,
    ...detailsOf(step).length > 0 ? [detailsOf(step).map((line) => `- ${escapeMarkdown(line)}`).join('\n')] : [],
  ].join('\n\n')).join('\n\n') + '\n';
}

const NONE = 'no cluster of these stacks follows an upgrade path: give it upgradePath: UpgradePath.fromFile()';

function titleOf({ name, account, region }: RefreshedStep): string {
  return `${name}, ${describeEnvironment({ account, region })}`;
}

function describe({ move, steps, file }: RefreshedStep, colors?: Colors): string {
  const green = (text: string) => colors?.green(text) ?? text;
  const yellow = (text: string) => colors?.yellow(text) ?? text;
  const red = (text: string) => colors?.red(text) ?? text;
  switch (move.outcome) {
    case 'moved': return `${green('moves')} ${move.from === undefined ? '' : `from step ${move.from} `}to step ${move.to} of `
      + `${steps}, Kubernetes ${move.version}`;
    case 'waits': return 'why' in move ? `${yellow('waits')}: ${move.why}` : `${yellow('waits')} at step ${move.from} of ${steps}, Kubernetes ${move.version}; before the next one:`;
    case 'arrived': return `${green('has arrived')} at Kubernetes ${move.version}: set that version in the app, remove upgradePath from it, `
      + `and delete ${file} once no cluster follows it`;
    case 'unfit': return `${red('stays')}: ${move.why}`;
    case 'unreadable': return `${red('stays')}: it could not be read: ${move.why}`;
  }
}

function detailsOf({ move }: RefreshedStep): readonly string[] {
  if (move.outcome === 'moved') return move.does;
  return 'pending' in move ? move.pending : [];
}
