import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IDS_OF_ANNOTATIONS, MESSAGES_OF_CONSTRUCTS } from '../build-tools/checks-in-docs/messages-of-constructs';
import { says as windows } from '../src/engine/judgement/when/weekly-windows';
import { Message } from '../src/engine/messages/message';
import { sentence } from '../src/engine/messages/sentence';

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

/** IDs of annotations; those of the preview say findings. */
const ids = [...IDS_OF_ANNOTATIONS, ...[...sources.matchAll(/reason: '(preview\w*)'/g)].map(([, id]) => id)];

test('annotations have IDs', () => {
  expect(ids).toContain('releaseLookupFailed');
  expect(ids).toContain('previewRefused');
});

test.each([...new Set(ids)])('docs/messages.md explains %s', (id) => {
  expect(read('docs/messages.md')).toMatch(new RegExp(`^\\| \`${id}\` \\|`, 'm'));
});

test('docs/messages.md explains nothing that no longer exists', () => {
  const documented = [...read('docs/messages.md').matchAll(/^\| `([a-z]+[A-Z]\w*|preview)` \|/gm)].map(([, id]) => id);
  expect(documented.filter((id) => !ids.includes(id))).toEqual([]);
});

/** What the rows of docs/messages.md that have no ID begin with. */
const beginnings = [...read('docs/messages.md').matchAll(/^\| message begins with [^]*?\n\n/gm)]
  .flatMap(([table]) => table.trimEnd().split('\n').slice(2))
  .flatMap((row) => [...row.split(' | ')[0].matchAll(/`([^`]+)`/g)].map(([, beginning]) => beginning));

/** What a message can look like, with `…` for values: of a choice there are two. */
function shapesOf({ text, remedy }: Message): string[] {
  const said = sentence({ message: text, remedy });
  return [0, 1].map((form) => said
    .replace(/\{[A-Za-z]+: ?([^{}|]*)\|([^{}]*)\}/g, (_, one: string, several: string) => [one, several][form].trimStart())
    .replace(/\{[A-Za-z]+(?:\?([^{}]*))?[^{}]*\}/g, (_, optional = '…') => optional));
}

const sayings = [...new Set(MESSAGES_OF_CONSTRUCTS.flatMap(({ message }) => shapesOf(message)))];

/** Whether something has the words: a message, or the sources in one piece or put together from two. */
const isSaid = (words: string) => [...sayings, sources].some((saying) => saying.includes(words))
  || words.split(' ').some(
    (_, index, all) => [all.slice(0, index), all.slice(index)].every((part) => part.length > 0 && sources.includes(part.join(' '))),
  );

test.each(beginnings)('the message `%s` can still be said', (beginning) => {
  const words = beginning.split('…').map((part) => part.trim()).filter((part) => /\w{3}/.test(part));
  expect(words.filter((part) => !isSaid(part))).toEqual([]);
});

/** Messages that constructs throw, with `…` for values. Those that begin with the name of any prop are documented by such names. */
const thrown = MESSAGES_OF_CONSTRUCTS.filter(({ kind }) => kind === 'says').flatMap(({ message }) => shapesOf(message))
  .filter((text) => !text.startsWith('… is '));

/** What is wrong with a window stands in `the maintenance window cannot be: …`. */
const inAnother = Object.values(windows).flatMap(shapesOf);

test.each([...new Set(thrown)].filter((text) => !inAnother.includes(text)))('docs/messages.md explains `%s`', (text) => {
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
