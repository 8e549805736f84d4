import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PIECES } from '../../build-tools/pieces';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pieces-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Bundles an entry point that loads a text later, and returns the folder with the pieces. */
async function bundle(text: string): Promise<string> {
  writeFileSync(join(folder, 'entry.ts'), "export const later = async () => import('./later.js');\n");
  writeFileSync(join(folder, 'later.ts'), `export const text = '${text}';\n`);
  const outdir = join(folder, `bundle of ${text}`);
  await build({ entryPoints: { index: join(folder, 'entry.ts') }, outdir, bundle: true, platform: 'node', plugins: [PIECES] });
  return outdir;
}

test('what is imported later is a file of its own, and is loaded from there', async () => {
  const outdir = await bundle('one');
  expect(readdirSync(outdir)).toEqual(['index.js', expect.stringMatching(/^later-[A-Z\d]{8}\.js$/)]);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as Lambda loads it
  expect(await require(join(outdir, 'index.js')).later()).toMatchObject({ text: 'one' });
});

test('pieces of an earlier bundle are gone', async () => {
  writeFileSync(join(await bundle('one'), 'old-ABCDEFGH.js'), '');
  expect(readdirSync(await bundle('one'))).not.toContain('old-ABCDEFGH.js');
});
