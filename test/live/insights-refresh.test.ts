import { isSince } from '../../src/live/insights-refresh';

const SINCE = new Date('2026-11-28T12:00:00.900Z');

test.each([
  ['2026-11-28T12:00:00.000Z', true], // EKS may tell whole seconds
  ['2026-11-28T12:00:00.899Z', true],
  ['2026-11-28T12:00:01.000Z', true],
  ['2026-11-28T11:59:59.999Z', false],
])('%s counts as since the second of 12:00:00.900: %s', (time, counts) => {
  expect(isSince(new Date(time), SINCE)).toBe(counts);
});

test('what has no time is not since anything', () => {
  expect(isSince(undefined, SINCE)).toBe(false);
});
