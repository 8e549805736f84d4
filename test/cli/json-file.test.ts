import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseErrorOf } from './_command-line';
import { readCdkJson } from '../../src/cli/app/cdk-json';
import { readContext, updateContext } from '../../src/cli/app/context-file';
import { says } from '../../src/cli/messages';
import { sentence } from '../../src/engine/messages/sentence';

let folder: string;

beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'json-file-')); });

afterEach(async () => rm(folder, { recursive: true }));

const context = async (text: string) => {
  const path = join(folder, 'cdk.context.json');
  await writeFile(path, text);
  return path;
};

test('a byte order mark is no part of cdk.json or cdk.context.json', async () => {
  await writeFile(join(folder, 'cdk.json'), '\uFEFF{ "output": "out" }');
  expect(await readCdkJson(folder)).toMatchObject({ output: 'out' });
  expect(await readContext(await context('\uFEFF{ "a": "b" }\n'))).toEqual({ a: 'b' });
});

test.each(['', ' \n', '\uFEFF', 'null'])('a file that holds %j has nothing in it, and can be written', async (text) => {
  const path = await context(text);
  expect(await readContext(path)).toEqual({});
  await updateContext(path, new Map([['a', 'b']]));
  expect(await readContext(path)).toEqual({ a: 'b' });
});

test('a value that is null stays as it is', async () => {
  const path = await context('{ "nothing": null, "a": "b" }');
  await updateContext(path, new Map([['a', 'c']]));
  expect(await readContext(path)).toEqual({ nothing: null, a: 'c' });
});

test.each([['[]', 'a list'], ['"text"', '"text"'], ['7', '7']])('fails for %s', async (text, what) => {
  await expect(readContext(await context(text))).rejects.toThrow(
    sentence(says.contextUnreadable({ file: 'cdk.context.json', why: sentence(says.noObject({ found: what })) })),
  );
});

test('fails for half a file', async () => {
  const why = parseErrorOf('{ "a": ');
  await expect(readContext(await context('{ "a": '))).rejects.toThrow(sentence(says.contextUnreadable({ file: 'cdk.context.json', why })));
});
