import { retriesOfThrottledCalls } from '../../src/cli/throttling';
import { AwsCallError } from '../../src/live/aws-call-error';

const failed = (name: string) => new AwsCallError('eks:DescribeNodegroup', Object.assign(new Error('Rate exceeded'), { name }));

test('a throttled call is taken up again and again, later each time, but not for ever', async () => {
  const pauses: number[] = [];
  const tryAgain = retriesOfThrottledCalls(async (millis) => pauses.push(millis));
  const rounds = await Promise.all(Array.from({ length: 11 }, async (_, index) => tryAgain(failed('ThrottlingException'), index + 1)));

  expect(rounds).toEqual([...Array(10).fill(true), false]);
  pauses.forEach((millis, index) => {
    expect(millis).toBeGreaterThanOrEqual(500 * (index + 1));
    expect(millis).toBeLessThanOrEqual(1000 * (index + 1));
  });
});

test.each(['AccessDeniedException', 'ServerException', 'ResourceNotFoundException'])('%s: failed is failed', async (name) => {
  expect(await retriesOfThrottledCalls(async () => { throw new Error('waited'); })(failed(name), 1)).toBe(false);
});
