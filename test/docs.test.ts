import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');

const sources = readdirSync(join(__dirname, '../src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(`src/${path}`))
  .join('\n');

/** IDs of annotations, as they are written in the sources. */
const ids = [...sources.matchAll(/(?:warn|inform|reportError)\(\w+, '(\w+)'|\bid: '([a-z]\w+)',\n\s+message/g)].map(([, call, concern]) => call ?? concern);

test('annotations have IDs', () => {
  expect(ids).toContain('releaseLookupFailed');
  expect(ids).toContain('amiTypeChosen');
});

test.each([...new Set(ids)])('docs/messages.md explains %s', (id) => {
  expect(read('docs/messages.md')).toMatch(new RegExp(`^\\| \`${id}\` \\|`, 'm'));
});

test('docs/messages.md explains nothing that no longer exists', () => {
  const documented = [...read('docs/messages.md').matchAll(/^\| `([a-z]\w+)` \|/gm)].map(([, id]) => id);
  expect(documented.filter((id) => !sources.includes(`'${id}'`))).toEqual([]);
});

test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/messages.md'])('the links of %s lead to files that exist', (page) => {
  const folder = join(__dirname, '..', page, '..');
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link);
  expect(links.filter((link) => !readdirSync(join(folder, link, '..'), { encoding: 'utf8' }).includes(link.split('/').pop()!))).toEqual([]);
});
