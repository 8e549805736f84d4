import { Element, picture } from './svg';
import { escapeHtml } from '../../src/engine/state/untrusted-text';

const COLUMN = 7.23;
const LINE = 18;
const MARGIN = 16;

const STYLE = `
svg { --red: #cf222e; --green: #1a7f37; --yellow: #9a6700; --cyan: #1b7c83; --blue: #0969da; }
@media (prefers-color-scheme: dark) { svg { --red: #ff7b72; --green: #3fb950; --yellow: #d29922; --cyan: #56d4dd; --blue: #58a6ff; } }
.line { font: 12px ui-monospace, 'DejaVu Sans Mono', monospace; white-space: pre; } .bold { font-weight: 700; } .grey { fill: var(--quiet); }
.red { fill: var(--red); } .green { fill: var(--green); } .yellow { fill: var(--yellow); } .cyan { fill: var(--cyan); } .blue { fill: var(--blue); }`;

/** What the codes of a terminal turn on; all others turn off what they are about, or are not seen. */
const ON: Readonly<Record<string, string>> = { 1: 'bold', 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 36: 'cyan', 90: 'grey' };

/** Draws what a program has printed on a terminal, in its colours. */
export function terminal(output: string, label: string): string {
  const lines = output.replace(/\n+$/, '').split('\n');
  const columns = Math.max(...lines.map((line) => plain(line).length));
  const elements = lines.map(
    (line, index): Element => `<text class="line" xml:space="preserve" x="${MARGIN}" y="${MARGIN + 12 + index * LINE}">${spans(line)}</text>`,
  );
  return picture({
    width: Math.ceil(columns * COLUMN) + MARGIN * 2, height: lines.length * LINE + MARGIN * 2, label, style: STYLE,
  }, elements);
}

/** The text without colours. */
export function plain(output: string): string {
  return output.replace(/\x1b\[[\d;]*m/g, '');
}

function spans(line: string): string {
  let shown = new Set<string>();
  return line.split(/(\x1b\[[\d;]*m)/).map((part) => {
    const codes = /^\x1b\[([\d;]*)m$/.exec(part)?.[1].split(';');
    if (codes === undefined) {
      return part === '' ? '' : shown.size > 0 ? `<tspan class="${[...shown].join(' ')}">${escapeHtml(part)}</tspan>` : escapeHtml(part);
    }
    codes.forEach((code) => (shown = afterCode(shown, code)));
    return '';
  }).join('');
}

function afterCode(shown: ReadonlySet<string>, code: string): Set<string> {
  if (ON[code]) return new Set([...shown, ON[code]]);
  if (code === '22') return new Set([...shown].filter((style) => style !== 'bold'));
  return code === '39' ? new Set([...shown].filter((style) => style === 'bold')) : code === '0' || code === '' ? new Set() : new Set(shown);
}
