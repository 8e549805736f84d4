import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { shellWord } from '../../../src/engine/messages/shell-word';

test.each([
  ['Prod/Cluster/NodegroupWorkers', 'Prod/Cluster/NodegroupWorkers'],
  ['My Stack/Cluster', '"My Stack/Cluster"'],
  ["Anna's/Cluster", '"Anna\'s/Cluster"'],
  ['Prod/$Cluster', "'Prod/$Cluster'"],
  ["Anna's/$Cluster", "'Anna'\\''s/$Cluster'"],
  ['', '""'],
])('%j is the word %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

test('a shell reads it as it was', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0')), { minLength: 20, maxLength: 20 });
  fc.assert(fc.property(texts, (words) => {
    const read = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`]).toString();
    expect(read.split('\0').slice(0, -1)).toEqual(words);
  }), { numRuns: 20 });
});
