import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quickstartDiff } from '../../build-tools/pictures/quickstart-diff';
import { plain } from '../../build-tools/pictures/terminal';

jest.setTimeout(300_000);

/** What depends on the day, and what is shortened in the README. */
const timeless = (text: string) => text.replace(/in \d+ days/g, 'in n days').replace(
  /(\d\.\d+)\/[\da-f]{24}/g, '$1/…',
).replace(/ +$/gm, '');

test('the diff in the README is what `cdk diff` of the quickstart prints, but for what its lines of dots leave out', async () => {
  const [, block] = /<!-- diff: .*? -->\n\n```\n([^]*?)```/.exec(readFileSync(join(__dirname, '../../README.md'), 'utf8'))!;
  const printed = timeless(plain(await quickstartDiff()));

  let end = 0;
  for (const part of timeless(block).split(/^…\n/m).filter((text) => text.trim() !== '')) {
    const start = printed.indexOf(part.trimEnd(), end);
    expect({ part, isInOrder: start >= end }).toEqual({ part, isInOrder: true });
    end = start + part.trimEnd().length;
  }
  expect(block.match(/^…$/gm)).toHaveLength(2);
});
