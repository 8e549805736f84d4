import { TokenBuckets } from './token-buckets';

test('a burst, then so many a second, each key for itself', () => {
  let now = 0;
  const buckets = new TokenBuckets(3, 2, () => now);
  const take = (key: string, times: number) => Array.from({ length: times }, () => buckets.take(key));

  expect(take('us-west-2', 4)).toEqual([true, true, true, false]);
  expect(take('eu-west-1', 1)).toEqual([true]);
  now = 1000;
  expect(take('us-west-2', 3)).toEqual([true, true, false]);
  now = 1_000_000;
  expect(take('us-west-2', 4)).toEqual([true, true, true, false]);
});
