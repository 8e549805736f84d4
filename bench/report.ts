/**
 * The results as Markdown, for people and for `RESULTS.md` alike.
 */
import type { Aim, Section, Table } from './section';

export interface Circumstances {
  readonly machine: string;
  readonly noise: string;
}

export function report(sections: readonly Section[], { machine, noise }: Circumstances): string {
  return [
    '# Measured',
    'Written by `npx projen bench`; medians with their extremes in parentheses.',
    `${machine}.`,
    `Noise: ${noise} (processes that wanted to run in the minute before). The extremes tell how far single rounds are off.`,
    '## Aims',
    tableOf({
      caption: '',
      header: ['figure', 'measured', 'aim', ''],
      rows: sections.flatMap(({ aims }) => aims.map(rowOf)),
    }),
    ...sections.flatMap(({ title, text, tables }) => [`## ${title}`, ...text, ...tables.map(tableOf)]),
  ].join('\n\n') + '\n';
}

function rowOf({ figure, measured, aim, met }: Aim): string[] {
  return [figure, measured, aim, met ? 'met' : '**missed**'];
}

function tableOf({ caption, header, rows }: Table): string {
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return caption ? `### ${caption}\n\n${lines}` : lines;
}
