import { RefreshedLookUp } from './refresh';
import { describeEnvironment } from '../aws-environments';
import { describeAge } from '../duration';
import { Colors } from '../terminal';

/** How much a refresh did, and for which file. */
export interface RefreshSummary {
  readonly refreshed: readonly RefreshedLookUp[];
  readonly dryRun: boolean;
  readonly now: Date;
}

/** What a refresh did, for a terminal or a log. */
export function renderRefresh({ refreshed, dryRun, now }: RefreshSummary, colors: Colors): string {
  const notable = refreshed.filter(({ move }) => move.outcome !== 'current');
  return [
    ...notable.map((entry) => renderEntry(entry, now, colors)),
    summaryOf(refreshed.length - notable.length, notable.filter(({ move }) => move.outcome === 'moved').length, dryRun),
  ].join('\n\n') + '\n';
}

function summaryOf(current: number, moved: number, dryRun: boolean): string {
  return [
    ...current > 0 ? [`${count(current)} up to date`] : [],
    moved === 0 ? 'nothing moves' : `${count(moved)} ${dryRun ? 'would move' : "moved in cdk.context.json: review with 'cdk diff'"}`,
  ].join(', ');
}

function renderEntry({ lookUp, move }: RefreshedLookUp, now: Date, colors: Colors): string {
  const { amiType = 'AMI type not known', kubernetesVersion, environment, usedBy } = lookUp;
  const title = `${amiType}, Kubernetes ${kubernetesVersion}, ${describeEnvironment(environment)}`;
  const notes = 'releaseNotesUrl' in move && move.releaseNotesUrl ? [move.releaseNotesUrl] : [];
  return [
    `${colors.bold(title)}`,
    ...[describeMove({ lookUp, move }, now, colors), ...usedBy.map(({ path }) => path), ...notes].map((line) => `  ${line}`),
  ].join('\n');
}

/** A move in one line. */
export function describeMove({ move }: RefreshedLookUp, now: Date, colors: Colors): string {
  const from = move.from ?? 'not looked up yet';
  switch (move.outcome) {
    case 'current': return `${from} is up to date`;
    case 'moved': return `${colors.green('moves')} from ${from} to ${move.to}, published ${describeAge(move.publishedAt, now)}`;
    case 'soaking': return `${colors.yellow('waits')} at ${from}: ${move.to} was published ${describeAge(move.publishedAt, now)}, `
      + `soaks until ${move.until.slice(0, 10)}`;
    case 'withdrawn': return `${colors.red('withdrawn')}: ${from} is no longer recommended, ${move.to} is, which `
      + `${move.isOlder ? 'is older' : 'may be older'}; take it with --allow-older`;
    case 'unfit': return `${colors.red('stays')} at ${from}: ${move.why}`;
    case 'unreadable': return `${colors.red('stays')} at ${from}: ${move.why}`;
  }
}

function count(releases: number): string {
  return `${releases} ${releases === 1 ? 'release' : 'releases'}`;
}
