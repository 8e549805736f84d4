import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const read = (path: string) => readFileSync(join(__dirname, '..', path), 'utf8');

const tracked = execFileSync(
  'git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: join(__dirname, '..'), encoding: 'utf8' },
)
  .trimEnd().split('\n');

/** Everything that a link can lead to: files, and folders. */
const FILES = new Set(tracked.flatMap((file) => file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))));

const PAGES = tracked.filter((file) => file.endsWith('.md') && file !== 'API.md');

const sources = readdirSync(join(__dirname, '../src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(`src/${path}`))
  .join('\n');

/** IDs of annotations, as they are written in the sources. */
const ids = [
  ...sources.matchAll(/(?:warn|inform|reportError)\(\w+, '(\w+)'|\bid: '([a-z]\w+)',\n\s+message/g),
].map(([, call, concern]) => call ?? concern);

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

/** What the rows of docs/messages.md that have no ID begin with. */
const beginnings = [...read('docs/messages.md').matchAll(/^\| message begins with [^]*?\n\n/gm)]
  .flatMap(([table]) => table.trimEnd().split('\n').slice(2))
  .flatMap((row) => [...row.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, beginning]) => beginning));

/** Whether the sources have the words, in one piece or put together from two. */
const isSaid = (words: string) => sources.includes(words)
  || words.split(' ').some(
    (_, index, all) => [all.slice(0, index), all.slice(index)].every((part) => part.length > 0 && sources.includes(part.join(' '))),
  );

test.each(beginnings)('the message `%s` can still be said', (beginning) => {
  const words = beginning.split('…').map((part) => part.trim()).filter((part) => /\w{3}/.test(part));
  expect(words.filter((part) => !isSaid(part))).toEqual([]);
});

/** Messages that constructs throw, with `…` for what is put in. Those that begin with the name of any prop are documented by such names. */
const thrown = ['engine/ami', 'engine/kubernetes', 'tracking', 'node-group', 'cluster', 'waves']
  .flatMap((folder) => readdirSync(
    join(__dirname, '../src', folder), { recursive: true, encoding: 'utf8' },
  ).filter((file) => file.endsWith('.ts')).map((file) => read(`src/${folder}/${file}`)))
  .flatMap(
    (source) => [...source.matchAll(/throw new Error\(\s*([`'"])([^]*?)\1\s*[)+,]/g)].map(([,, text]) => text.replace(/\$\{[^}]*\}/g, '…')),
  )
  .filter((text) => !text.startsWith('… is '));

test.each([...new Set(thrown)])('docs/messages.md explains `%s`', (text) => {
  const isOf = (beginning: string) => beginning.split('…').filter((part) => /\w{3}/.test(part)).every((part) => text.includes(part.trim()));
  expect(beginnings.filter(isOf)).not.toEqual([]);
});

/** As GitHub makes them from the headings of a page. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(
    ([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'),
  );
}

/** The links of a page that lead nowhere in this repository. */
function brokenLinks(page: string): string[] {
  const prose = read(page).replace(/^( *)```[^]*?^\1```$/gm, '');
  const links = [...prose.matchAll(/\]\((?!https?:)([^)]*)\)/g)].map(([, link]) => link);
  return links.filter((link) => {
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    return !FILES.has(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
}

test.each(PAGES)('the links of %s lead to files and headings that exist', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('each page of docs is reached from the README', () => {
  const links = [...read('README.md').matchAll(/\]\((docs\/[^)#]+\.md)/g)].map(([, link]) => link);
  expect(PAGES.filter((page) => /^docs\/[^/]+$/.test(page)).filter((page) => !links.includes(page))).toEqual([]);
});

test('the README is a door: at most 700 words beside code, and 200 lines', () => {
  const prose = read('README.md').replace(/```[^]*?```/g, '');
  expect(prose.split(/\s+/).filter((word) => /\w/.test(word)).length).toBeLessThanOrEqual(700);
  expect(read('README.md').split('\n').length - 1).toBeLessThanOrEqual(200);
});

test('the README names the lowest versions that the package allows', () => {
  const { peerDependencies } = JSON.parse(read('package.json'));
  const [cdk, constructs] = [peerDependencies['aws-cdk-lib'], peerDependencies.constructs].map((range: string) => range.replace('^', ''));
  expect(read('README.md')).toMatch(new RegExp(`needs \`aws-cdk-lib\` ${cdk} or newer, .+ \`constructs\` ${constructs}\\.`));
});
