import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choices, clusterChoice } from '../../build-tools/pictures/cluster-choice';
import { directly, levelsOf } from '../../build-tools/pictures/folder-map';
import { PICTURES } from '../../build-tools/pictures/pictures';
import { STATE_NAMES, TRANSITIONS, waysOn } from '../../build-tools/pictures/stack-states';
import { plain, terminal } from '../../build-tools/pictures/terminal';
import { FOLDERS } from '../../projenrc/folders';

const ROOT = join(__dirname, '../..');
jest.setTimeout(300_000); // some pictures take the CDK CLI

const PICTURE = join(ROOT, 'docs/pictures');

/** What depends on the day. */
const timeless = (svg: string) => svg.replace(/in \d+ days/g, 'in n days');

test.each(Object.entries(PICTURES))('docs/pictures/%s.svg is what `npx projen docs:pictures` draws', async (name, draw) => {
  expect(timeless(readFileSync(join(PICTURE, `${name}.svg`), 'utf8'))).toBe(timeless(await draw()));
});

test('each picture is shown somewhere, with a text in its place', () => {
  const pages = [
    'README.md', 'ARCHITECTURE.md', ...readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
  ];
  const shown = pages.flatMap((page) => [
    ...readFileSync(join(ROOT, page), 'utf8').matchAll(/!\[([^\]]{20,})\]\((?:docs\/)?pictures\/([\w-]+)\.svg\)/g),
  ].map(([,, name]) => name));
  expect([...new Set(shown)].sort()).toEqual(Object.keys(PICTURES).sort());
});

describe('the map of folders', () => {
  test('has each folder once, above all that it imports', () => {
    const levels = levelsOf();
    const level = (folder: string) => levels.findIndex((folders) => folders.includes(folder));
    expect(levels.flat().sort()).toEqual(Object.keys(FOLDERS).sort());
    Object.keys(FOLDERS).forEach((folder) => directly(folder).forEach((below) => expect(level(below)).toBeLessThan(level(folder))));
  });

  test('shows only arrows that no others tell', () => {
    expect(directly('engine/judgement')).toEqual(['engine/change']);
    expect(directly('cluster')).toEqual(expect.arrayContaining(['node-group', 'guard']));
  });
});

describe('the states of a stack', () => {
  const rows = waysOn();

  test('are those of the page, and of an upgrade without failures', () => {
    const onPage = new Set(rows.flatMap(({ states }) => states));
    expect([...onPage, 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'].filter((state) => state.startsWith('UPDATE')).sort()).toEqual(
      expect.arrayContaining([...STATE_NAMES].sort()),
    );
    expect([...onPage].filter((state) => state.startsWith('UPDATE_')).filter((state) => !STATE_NAMES.includes(state))).toEqual([]);
  });

  test.each(
    TRANSITIONS.filter(({ by }) => by.startsWith('cdk ')).map(({ from, by }) => [from, by]),
  )('in %s the page says `%s`', (from, by) => {
    expect(rows.filter(({ states }) => states.includes(from)).map(({ remedy }) => remedy).join()).toContain(`\`${by}`);
  });
});

describe('which cluster', () => {
  test('names examples that exist', () => {
    expect(choices().map(({ example }) => example)).toEqual([
      'quickstart', 'adopt-existing-cluster', 'existing-aws-eks', undefined, 'blueprints', 'existing-imported',
    ]);
  });

  test('fails without the table', () => {
    expect(() => choices('no table')).toThrow('docs/adopt.md needs a table');
  });

  test('what is in it cannot break it', () => {
    expect(clusterChoice([{ have: 'a < b & c', write: 'x > "y"' }])).toContain('a &#60; b &#38; c');
  });
});

describe('a terminal', () => {
  const OUTPUT = '\u001b[1mStack\u001b[22m \u001b[31m- <old>\u001b[39m\n\u001b[0m\u001b[32m+ new\u001b[39m\u001b[0m end\n\n';

  test('keeps colours, and what they are about', () => {
    const svg = terminal(OUTPUT, 'a diff');
    expect(svg).toContain('<tspan class="bold">Stack</tspan> <tspan class="red">- &#60;old&#62;</tspan></text>');
    expect(svg).toContain('<tspan class="green">+ new</tspan> end</text>');
  });

  test('is plain without them', () => {
    expect(plain(OUTPUT)).toBe('Stack - <old>\n+ new end\n\n');
  });
});
