import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrow, box, Element, picture, text } from './svg';

const PAGE = 'docs/adopt.md';
const HAVE = { x: 250, width: 270, height: 80 };
const WRITE = { x: 556, width: 470 };
const ROW = 94;
const TOP = 20;

/** A row of the table that tells what to write for which cluster. */
export interface Choice {
  readonly have: string;
  readonly write: string;
  readonly example?: string;
}

/** The table of {@link PAGE}. */
export function choices(page = readFileSync(join(__dirname, '../..', PAGE), 'utf8')): Choice[] {
  const [, table] = /\| you have \| you write \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page) ?? [];
  if (table === undefined) throw new Error(`${PAGE} needs a table of what 'you have' and 'you write': the picture is drawn from it`);
  return table.trim().split('\n').map((row) => {
    const [, have, write] = row.split(' | ').length === 2 ? /^\| (.*) \| (.*) \|$/.exec(row)! : [];
    if (write === undefined) throw new Error(`${PAGE}: '${row}' needs two cells`);
    return {
      have: have.replaceAll('`', ''),
      write: write.split(': [')[0].replaceAll('`', ''),
      example: /\.\.\/examples\/([\w-]+)/.exec(write)?.[1],
    };
  });
}

/** Which cluster somebody has, and what is written for it. */
export function clusterChoice(rows = choices()): string {
  const height = rows.length * ROW + TOP * 2 - (ROW - HAVE.height);
  const middle = height / 2;
  const elements = rows.flatMap(({ have, write, example }, index): Element[] => {
    const y = TOP + index * ROW;
    const [row, bend] = [y + HAVE.height / 2, HAVE.x - 24];
    const lines = [...wrapped(write, 60), ...example ? [`examples/${example}`] : []];
    const top = row + 5 - (lines.length - 1) * 8.5;
    const name = wrapped(have, 32);
    return [
      arrow(`M200 ${middle}H${bend - 16}Q${bend} ${middle} ${bend} ${(middle + row) / 2}T${HAVE.x - 2} ${row}`),
      `<rect class="box" x="${HAVE.x}" y="${y}" width="${HAVE.width}" height="${HAVE.height}" rx="6"/>`,
      ...name.map((line, place) => text(HAVE.x + HAVE.width / 2, row + 5 - (name.length - 1) * 8.5 + place * 17, line, 'middle title')),
      arrow(`M${HAVE.x + HAVE.width} ${row}h${WRITE.x - HAVE.x - HAVE.width - 2}`),
      `<rect class="box move" x="${WRITE.x}" y="${y}" width="${WRITE.width}" height="${HAVE.height}" rx="6"/>`,
      ...lines.map((line, place) => text(WRITE.x + 14, top + place * 17, line, place < lines.length - 1 || !example ? 'code' : 'quiet')),
    ];
  });
  return picture({
    width: WRITE.x + WRITE.width + 20,
    height,
    label: `Which cluster do you have? ${rows.map(({ have, write }) => `${have}: ${write}`).join('; ')}`,
  }, [
    box({ x: 20, y: middle - 34, width: 180, height: 68, title: 'Which cluster', lines: ['do you have?'] }), ...elements,
  ]);
}

function wrapped(content: string, columns: number): string[] {
  const lines = [''];
  for (const word of content.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > columns) lines.push('');
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}
