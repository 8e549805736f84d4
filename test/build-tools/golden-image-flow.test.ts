import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flow } from '../../build-tools/golden-image-flow/flow';
import { drawFlow } from '../../build-tools/golden-image-flow/svg';

test('the picture of docs/golden-images.md is what the command draws', () => {
  expect(readFileSync(join(__dirname, '../../docs/golden-images.svg'), 'utf8')).toBe(drawFlow(flow()));
});

test('it shows the checks and the order of the engine', () => {
  const [, , { stations }] = flow();
  expect(stations.map(({ title }) => title)).toEqual(['guard', 'control plane', 'add-ons', 'launch template', 'node group']);
  expect(stations[0].lines).toEqual(['image-available', 'image-version', 'launch-template-image']);
});

test('what is in it cannot break it', () => {
  expect(drawFlow([{ name: 'a < b', stations: [{ title: 'x & y', lines: [] }] }])).toContain('a &#60; b: x &#38; y');
});
