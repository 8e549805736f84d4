/**
 * The table of how long the phases of an app take.
 */
import type { PhaseTimes } from '../apps/measured-app';
import { timesOf, type Sample, type Samples } from '../measure';
import { formatSpread, milliseconds, ratio, type Table } from '../section';
import { ratioOf, spreadOf } from '../statistics';

const PHASES: Record<Exclude<keyof PhaseTimes, 'part'>, string> = {
  loadCdk: 'load aws-cdk-lib',
  loadLibrary: 'load the library',
  construct: 'construct',
  synthesise: 'synthesise',
  total: 'total',
};

/** A row for each app, with its total compared to the L2's, or to that of another one. */
export function phaseTable<App extends string>(
  caption: string, samples: Samples<App>, titles: Record<App, string>, base: App, baseName = 'L2',
): Table {
  const phases = Object.keys(PHASES) as Array<keyof typeof PHASES>;
  return {
    caption,
    header: ['', ...Object.values(PHASES), `total / ${baseName}`],
    rows: (Object.keys(samples) as App[]).map((app) => [
      titles[app],
      ...phases.map((phase) => formatSpread(spreadOf(timesOf(samples[app], phase)), milliseconds)),
      formatSpread(ratioOf(timesOf(samples[app], 'total'), timesOf(samples[base], 'total')), ratio),
    ]),
  };
}

/** How an app's total compares to another's, round by round. */
export function totalRatio(ours: readonly Sample[], theirs: readonly Sample[]) {
  return ratioOf(timesOf(ours, 'total'), timesOf(theirs, 'total'));
}
