/**
 * Golden files: what a face says, word for word, once. `npx projen test:golden` writes them anew; read what changes before you commit it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Compares a text with the golden file of a face, or writes it. */
export function expectGolden(face: string, text: string): void {
  const file = join(__dirname, `${face}.txt`);
  if (process.env.RENEW_GOLDEN_FILES === 'true') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** Texts below each other, each with a title. */
export function chapters(texts: ReadonlyArray<readonly [title: string, text: string]>): string {
  return texts.map(([title, text]) => `=== ${title}\n${text.trimEnd()}\n`).join('\n');
}
