import { RefreshedAddOn } from './add-ons';
import { renderAddOn } from './add-ons-text';
import { RefreshedLookUp } from './judge-look-ups';
import { CUSTOM_AMI_TYPE } from '../../engine/state/node-group-state';
import { TrackedLookUp } from '../app/tracked-look-up';
import { describeEnvironment } from '../aws-environments';
import { describeAge } from '../duration';
import { Colors } from '../terminal';

/** How much a refresh did, and for which file. */
export interface RefreshSummary {
  readonly refreshed: readonly RefreshedLookUp[];
  readonly addOns: readonly RefreshedAddOn[];
  readonly dryRun: boolean;
  readonly now: Date;
}

/** What a refresh did, for a terminal or a log. */
export function renderRefresh({ refreshed, addOns, dryRun, now }: RefreshSummary, colors: Colors): string {
  const notable = refreshed.filter(({ move: { outcome, flags } }) => outcome !== 'current' || flags);
  const notableAddOns = addOns.filter(({ move }) => move.outcome !== 'current');
  const moved = (all: readonly { readonly move: { readonly outcome: string } }[]) => all.filter(
    ({ move }) => move.outcome === 'moved',
  ).length;
  return [
    ...notable.map((entry) => renderEntry(entry, now, colors)),
    ...notableAddOns.map((addOn) => renderAddOn(addOn, colors)),
    summaryOf(
      counts(refreshed.length - notable.length, addOns.length - notableAddOns.length), counts(moved(notable), moved(notableAddOns)), dryRun,
    ),
  ].join('\n\n') + '\n';
}

function summaryOf(current: string, moved: string, dryRun: boolean): string {
  return [
    ...current ? [`${current} up to date`] : [],
    moved ? `${moved} ${dryRun ? 'would move' : "moved in cdk.context.json: review with 'cdk diff'"}` : 'nothing moves',
  ].join(', ');
}

function renderEntry({ lookUp, move }: RefreshedLookUp, now: Date, colors: Colors): string {
  const { usedBy } = lookUp;
  const title = `${describeLookUp(lookUp).join(', ')}, ${describeEnvironment(lookUp.environment)}`;
  const flags = (move.flags ?? []).map((flag) => `${colors.red('flagged')}: ${flag}`);
  const notes = 'releaseNotesUrl' in move && move.releaseNotesUrl ? [move.releaseNotesUrl] : [];
  return [
    `${colors.bold(title)}`,
    ...[...flags, describeMove({ lookUp, move }, now, colors), ...usedBy.map(({ path }) => path), ...notes].map((line) => `  ${line}`),
  ].join('\n');
}

/** What is looked up, and for which Kubernetes minor. */
export function describeLookUp({ amiType = 'AMI type not known', parameterName, kubernetesVersion }: TrackedLookUp): string[] {
  return [
    amiType === CUSTOM_AMI_TYPE ? `golden image ${parameterName}` : amiType,
    ...kubernetesVersion === undefined ? [] : [`Kubernetes ${kubernetesVersion}`],
  ];
}

/** A move in one line. */
export function describeMove({ move, lookUp }: RefreshedLookUp, now: Date, colors: Colors): string {
  const from = move.from ?? 'not looked up yet';
  const to = 'to' in move ? `${move.to}${move.toName === undefined ? '' : ` (${move.toName})`}` : '';
  switch (move.outcome) {
    case 'current': return `${from} is up to date`;
    case 'moved': return move.from === undefined
      ? `${colors.green('takes')} ${to}, looked up for the first time, published ${describeAge(move.publishedAt, now)}${unsoakedOf(move)}`
      : `${colors.green('moves')} from ${from} to ${to}, published ${describeAge(move.publishedAt, now)}`;
    case 'soaking': return `${colors.yellow('waits')} at ${from}: ${to} was published ${describeAge(move.publishedAt, now)}, `
      + `soaks until ${move.until.slice(0, 10)}`;
    case 'withdrawn': return lookUp.amiType === CUSTOM_AMI_TYPE
      ? `${colors.red('withdrawn')}: its parameter went back from ${from} to ${to}, which is older; take it with --allow-older`
      : `${colors.red('withdrawn')}: ${from} is no longer recommended, ${to} is, which `
        + `${move.isOlder ? 'is older' : 'may be older'}; take it with --allow-older`;
    case 'unfit': return `${colors.red('stays')} at ${from}: ${move.why}`;
    case 'unreadable': return `${colors.red('stays')} at ${from}: ${move.why}`;
  }
}

/** Why a release is taken that has not soaked. */
function unsoakedOf({ until }: { readonly until?: string }): string {
  return until === undefined ? '' : `; it soaks until ${until.slice(0, 10)}, but there is no earlier one to stay at: `
    + 'to wait, pin one in the app';
}

/** `2 releases and 1 add-on`; empty for none of both. */
function counts(releases: number, addOns: number): string {
  const count = (number: number, noun: string) => number === 0 ? [] : [`${number} ${noun}${number === 1 ? '' : 's'}`];
  return [...count(releases, 'release'), ...count(addOns, 'add-on')].join(' and ');
}
