import { KubernetesMinor } from '../../../src/engine/kubernetes/kubernetes-minor';
import { SUPPORT_CALENDAR, SUPPORT_CALENDAR_AS_OF, supportPeriodOf } from '../../../src/engine/kubernetes/support-calendar';

test('tells when a version loses standard and extended support', () => {
  expect(supportPeriodOf(KubernetesMinor.parse('1.36'))).toEqual({
    version: '1.36',
    released: '2026-06-02',
    endOfStandardSupport: '2027-08-02',
    endOfExtendedSupport: '2028-08-02',
  });
});

test.each(['1.28', '1.37', '2.0'])('knows nothing about %s, which the calendar does not list', (text) => {
  expect(supportPeriodOf(KubernetesMinor.parse(text))).toBeUndefined();
});

test('lists consecutive minors, each once, oldest first', () => {
  const [first, ...rest] = SUPPORT_CALENDAR.map((period) => KubernetesMinor.parse(period.version));
  rest.forEach((version, i) => expect(version.equals(first.plus(i + 1))).toBe(true));
});

test.each(SUPPORT_CALENDAR.map(
  (period) => [period.version, period] as const,
))('%s: dates exist, in order, extended support a year long', (_, period) => {
  const { released, endOfStandardSupport, endOfExtendedSupport } = period;
  for (const date of [released, endOfStandardSupport, endOfExtendedSupport]) {
    expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
  }
  expect(released < endOfStandardSupport).toBe(true);
  expect(released <= SUPPORT_CALENDAR_AS_OF).toBe(true);
  const [year, monthAndDay] = [Number(endOfStandardSupport.slice(0, 4)), endOfStandardSupport.slice(4)];
  expect(endOfExtendedSupport).toBe(`${year + 1}${monthAndDay}`);
});
