import { SingleBar } from 'cli-progress';
import pc from 'picocolors';
import { Io, Output } from './io';
import { Severity } from '../engine/judgement/finding';

/** Colours of text. */
export type Colors = ReturnType<typeof pc.createColors>;

/** How findings are coloured. */
export const SEVERITY_COLORS: Readonly<Record<Severity, 'red' | 'yellow' | 'dim'>> = { error: 'red', warning: 'yellow', info: 'dim' };

/**
 * The colours of an output: none where nobody watches, or where `NO_COLOR` is set; `FORCE_COLOR` decides for those who watch, too.
 *
 * @see https://nodejs.org/api/cli.html#force_color1-2-3
 */
export function colorsOf({ env: { FORCE_COLOR: forced, NO_COLOR, TERM } }: Io, output: Output): Colors {
  const wanted = forced ? !['0', 'false'].includes(forced) : output.isTTY === true && TERM !== 'dumb';
  return pc.createColors(wanted && !NO_COLOR);
}

/** What begins a line in the place of a progress bar, which then goes on below. */
const CLEAR_LINE = '\r\u001b[K';

/** Says something while the work goes on. */
export function sayMeanwhile({ stderr }: Io, text: string): void {
  stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}${text}\n`);
}

/** Tells somebody who watches how far the work is; called with how much is done. */
export type Progress = (done: number) => void;

/** Does work under a progress bar; without one where nobody watches. */
export async function withProgress<T>(io: Io, what: string, total: number, work: (progress: Progress) => Promise<T>): Promise<T> {
  if (!io.stderr.isTTY || total === 0) return work(() => undefined);
  const bar = new SingleBar({
    format: `${what} {bar} {value}/{total}`,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    // what changes the terminal would outlast a run that is interrupted
    hideCursor: false,
    linewrap: true,
    clearOnComplete: true,
    stream: io.stderr,
  });
  bar.start(total, 0);
  try {
    return await work((done) => bar.update(done));
  } finally {
    bar.stop();
  }
}
