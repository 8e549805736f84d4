import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { zipOf } from '../../build-tools/zip';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = 1;');
  writeFileSync(join(folder, 'empty.js'), '');
});

afterEach(() => rmSync(folder, { recursive: true }));

test('an archive holds the files of a folder', () => {
  const files = Object.entries(unzipSync(zipOf(folder))).map(([name, content]) => [name, strFromU8(content)]);
  expect(files).toEqual([['empty.js', ''], ['index.js', 'exports.handler = 1;']]);
});

test('is the same whenever the files were written', () => {
  const before = zipOf(folder);
  utimesSync(join(folder, 'index.js'), 1_000_000_000, 1_000_000_000);
  expect(zipOf(folder)).toEqual(before);
});

test('is another one when a file is', () => {
  const before = zipOf(folder);
  writeFileSync(join(folder, 'empty.js'), '//');
  expect(zipOf(folder)).not.toEqual(before);
});
