import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CHECKS } from '../../../../src/engine/judgement/checks';

const FOLDER = join(__dirname, '../../../../src/engine/judgement/checks');
/** So is a step of a plan called, too. */
const KIND_OF_STEP = 'node-group-replacement';
const ids = CHECKS.map(({ id }) => id);

test('every file is a check in the list, called like its id', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts') && file !== 'index.ts').map((file) => file.replace(/\.ts$/, ''));
  expect([...ids].sort()).toEqual(files.sort());
});

test('ids are kebab-case and unique', () => {
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('no other code names a check by its id', () => {
  const src = join(FOLDER, '../../..');
  const elsewhere = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).flatMap((file) => {
    const code = readFileSync(join(src, file), 'utf8').replace(/^ *\*.*$/gm, '');
    return ids.filter((id) => id.includes('-') && id !== KIND_OF_STEP && !file.endsWith(`checks/${id}.ts`) && code.includes(`'${id}'`))
      .map((id) => `${file}: ${id}`);
  });
  expect(elsewhere).toEqual(['guard/messages.ts: upgrade-insights']); // a text that says what to accept
});

test.each(ids)('%s states its rule in one sentence, and its source', (id) => {
  const docstring = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+: Check = /.exec(
    readFileSync(join(FOLDER, `${id}.ts`), 'utf8'),
  )?.[1] ?? '';
  const [rule] = docstring.split('\n').map((line) => line.replace(/^ \* ?/, '')).join('\n').trim().split('\n\n');
  expect(rule).toMatch(/^[A-Z][^\n]*\.$/);
  expect(docstring).toContain('@see https://');
});
