import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFiles } from '../../../src/cli/app/replace-files';
import { says } from '../../../src/cli/messages';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'replace-files-')); });

afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => join(folder, name);
const file = (name: string, text = 'new') => ({
  path: inFolder(name), text, notWritten: (why: string) => says.pathNotWritten({ file: name, why }),
});
const textOf = (name: string) => readFileSync(inFolder(name), 'utf8');

test('replaces all', async () => {
  writeFileSync(inFolder('a'), 'old');
  await replaceFiles([file('a'), file('b')]);
  expect([textOf('a'), textOf('b')]).toEqual(['new', 'new']);
});

test('or none: those before the one that cannot be written are as they were, or absent', async () => {
  writeFileSync(inFolder('a'), 'old');
  await expect(replaceFiles([file('a'), file('b'), file('no-folder/c')])).rejects.toThrow(/^no-folder\/c could not be written: ENOENT/);
  expect(readdirSync(folder)).toEqual(['a']);
  expect(textOf('a')).toBe('old');
});

test('a file that may not be written is not replaced, nor those before it', async () => {
  writeFileSync(inFolder('a'), 'old');
  const promises = jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');
  const { access } = promises;
  // who runs the tests may be allowed everything
  const denied = jest.spyOn(promises, 'access').mockImplementation(async (path, mode) => {
    if (path === inFolder('b')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    return access(path, mode);
  });
  const write = jest.spyOn(promises, 'rename');
  await expect(replaceFiles([file('a'), file('b')])).rejects.toThrow('b could not be written: EACCES');
  expect(write).not.toHaveBeenCalled();
  denied.mockRestore();
  write.mockRestore();
  expect(textOf('a')).toBe('old');
});

test.each([['old'], [undefined]])('a symbolic link stays one: what it leads to holds %p', async (text) => {
  if (text !== undefined) writeFileSync(inFolder('target'), text);
  symlinkSync('target', inFolder('middle'));
  symlinkSync('middle', inFolder('link'));
  await replaceFiles([file('link')]);
  expect(lstatSync(inFolder('link')).isSymbolicLink()).toBe(true);
  expect(textOf('target')).toBe('new');

  await expect(replaceFiles([file('link', 'newer'), file('no-folder/c')])).rejects.toThrow();
  expect(textOf('target')).toBe('new');
});
