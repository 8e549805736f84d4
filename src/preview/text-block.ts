/** What fits a terminal and a pull request. */
const WIDTH = 100;

/** Columns of the labels at the left. */
const LABEL = 15;

/** Names that are longer stand in a line of their own. */
const LONGEST_NAME = 28;

/** Some lines of text about something with a name, or about nothing in particular. */
export interface BlockRow {
  readonly name?: string;
  readonly lines: readonly string[];
}

/** Renders rows behind a label, their texts in one column and at most 100 columns wide; nothing without rows. */
export function renderSection(label: string, rows: readonly BlockRow[]): string[] {
  const names = rows.map(({ name = '' }) => name.length).filter((length) => length <= LONGEST_NAME);
  const column = LABEL + (rows.some(({ name }) => name) ? Math.max(2, ...names) + 2 : 0);
  return rows.flatMap((row) => renderRow(row, column)).map((line, index) => index === 0 ? label + line.slice(label.length) : line);
}

function renderRow({ name = '', lines }: BlockRow, column: number): string[] {
  const texts = lines.flatMap((line) => wrap(line, column));
  const margin = ' '.repeat(LABEL) + name;
  return name.length > LONGEST_NAME ? [margin, ...texts] : [margin + texts[0].slice(margin.length), ...texts.slice(1)];
}

/** Breaks a text at its spaces into indented lines of at most 100 columns; longer words stay whole. */
export function wrap(text: string, indent: number): string[] {
  const margin = ' '.repeat(indent);
  const lines: string[] = [];
  let line = margin;
  for (const word of text.split(' ')) {
    if (line !== margin && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = margin;
    }
    line += line === margin ? word : ` ${word}`;
  }
  return [...lines, line];
}
