import { daysUntil, describeEnd, EXTENDED_SUPPORT_COST, EXTENDED_SUPPORT_USD } from '../../../src/engine/kubernetes/support-terms';

test.each([
  ['2026-12-01T00:00:00Z', 1, 'ends on 2026-12-02, in 1 day'],
  ['2026-11-30T23:59:59Z', 2, 'ends on 2026-12-02, in 2 days'],
  ['2026-12-01T23:59:59Z', 1, 'ends on 2026-12-02, in 1 day'],
  ['2026-12-02T00:00:00Z', 0, 'ended on 2026-12-02'],
  ['2026-12-09T00:00:00Z', -7, 'ended on 2026-12-02'],
])('%s: %p days until 2026-12-02', (now, days, words) => {
  expect(daysUntil('2026-12-02', new Date(now))).toBe(days);
  expect(describeEnd('2026-12-02', days)).toBe(words);
});

test('the price of an hour makes that of a year', () => {
  const { perHour, perYear } = EXTENDED_SUPPORT_USD;

  expect(365 * 24 * perHour).toBe(perYear);
  expect(EXTENDED_SUPPORT_COST).toBe(`${perYear.toLocaleString('en-US')} USD a year more`);
});
