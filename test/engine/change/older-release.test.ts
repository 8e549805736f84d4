import { isOlderRelease } from '../../../src/engine/change/older-release';

test.each<[string | undefined, string | undefined, boolean]>([
  ['1.36.2-20260714', '1.36.2-20260801', true],
  ['1.36.2-20260801', '1.36.2-20260714', false],
  ['1.36.2-20260714', '1.36.2-20260714', false],
  [undefined, '1.36.2-20260714', false],
  ['1.36.2-20260714', undefined, false],
])('release %s is older than %s: %s', (release, other, isOlder) => {
  expect(isOlderRelease('AL2023_x86_64_STANDARD', release, other)).toBe(isOlder);
});
