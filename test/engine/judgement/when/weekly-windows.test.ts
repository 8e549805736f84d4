import * as fc from 'fast-check';
import { describeInstant } from '../../../../src/engine/judgement/when/local-time';
import { nextOpening, objectionToWindow, openingAt, says } from '../../../../src/engine/judgement/when/weekly-windows';
import type { Said } from '../../../../src/engine/messages/message';
import { WeeklyWindow } from '../../../../src/engine/state/schedule';

const SUNDAYS: WeeklyWindow = { days: ['SUN'], start: '02:00', minutes: 180, timeZone: 'UTC', exclude: [] };

const at = (text: string) => Date.parse(text);
const open = (windows: readonly WeeklyWindow[], text: string) => inWords(openingAt(windows, at(text)));
const next = (windows: readonly WeeklyWindow[], text: string) => inWords(nextOpening(windows, at(text)));

function inWords(opening: ReturnType<typeof openingAt>): string | undefined {
  return opening && [opening.start, opening.end].map((instant) => new Date(instant).toISOString().slice(0, 16)).join(' to ');
}

describe('a window', () => {
  test('is open from its first instant on, and closed at its last', () => {
    expect(open([SUNDAYS], '2026-11-29T01:59:59.999Z')).toBeUndefined();
    expect(open([SUNDAYS], '2026-11-29T02:00Z')).toBe('2026-11-29T02:00 to 2026-11-29T05:00');
    expect(open([SUNDAYS], '2026-11-29T04:59:59.999Z')).toBe('2026-11-29T02:00 to 2026-11-29T05:00');
    expect(open([SUNDAYS], '2026-11-29T05:00Z')).toBeUndefined();
  });

  test('opens next in the week after, while it is open', () => {
    expect(next([SUNDAYS], '2026-11-28T14:00Z')).toBe('2026-11-29T02:00 to 2026-11-29T05:00');
    expect(next([SUNDAYS], '2026-11-29T02:00Z')).toBe('2026-12-06T02:00 to 2026-12-06T05:00');
  });

  test('goes on over midnight, into days that it does not name', () => {
    const friday = { ...SUNDAYS, days: ['FRI'], start: '22:00', minutes: 8 * 60 };
    expect(open([friday], '2026-11-28T05:59Z')).toBe('2026-11-27T22:00 to 2026-11-28T06:00');
    expect(open([friday], '2026-11-28T06:00Z')).toBeUndefined();
  });

  test('goes by the clocks of its time zone', () => {
    const tokyo = { ...SUNDAYS, timeZone: 'Asia/Tokyo' };
    expect(open([tokyo], '2026-11-28T17:00Z')).toBe('2026-11-28T17:00 to 2026-11-28T20:00');
  });

  test('of a whole week is always open', () => {
    expect(open([{ ...SUNDAYS, minutes: 7 * 24 * 60 }], '2026-11-26T12:00Z')).toBeDefined();
    expect(open([
      { ...SUNDAYS, days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], start: '00:00', minutes: 1440 },
    ], '2026-11-26T12:00Z')).toBeDefined();
  });
});

describe('daylight saving', () => {
  const berlin = { ...SUNDAYS, timeZone: 'Europe/Berlin' };

  test('moves the window with the clocks, and the time that passes stays', () => {
    expect(next([berlin], '2026-10-20T00:00Z')).toBe('2026-10-25T00:00 to 2026-10-25T03:00'); // 02:00 the first time, in summer time
    expect(next([berlin], '2026-10-26T00:00Z')).toBe('2026-11-01T01:00 to 2026-11-01T04:00');
  });

  test('a time that clocks skip is as much later, one that they show twice is the first', () => {
    expect(next([{ ...berlin, start: '02:30' }], '2027-03-27T00:00Z')).toBe('2027-03-28T01:30 to 2027-03-28T04:30'); // 03:30 summer time
    expect(next([{ ...berlin, start: '02:30' }], '2026-10-24T00:00Z')).toBe('2026-10-25T00:30 to 2026-10-25T03:30');
  });

  test('where clocks are changed by half an hour, or at midnight', () => {
    // 02:00 becomes 02:30 at +11
    expect(next([{ ...SUNDAYS, timeZone: 'Australia/Lord_Howe' }], '2026-10-03T00:00Z')).toBe('2026-10-03T15:30 to 2026-10-03T18:30');
    expect(next([{ ...SUNDAYS, start: '00:00', timeZone: 'America/Santiago' }], '2026-09-05T00:00Z')).toBe(
      '2026-09-06T04:00 to 2026-09-06T07:00',
    );
  });
});

describe('excluded days', () => {
  const friday = { ...SUNDAYS, days: ['FRI'], start: '22:00', minutes: 8 * 60 };

  test('open nothing, and end what is open', () => {
    expect(open([{ ...friday, exclude: ['2026-11-27'] }], '2026-11-28T02:00Z')).toBeUndefined();
    expect(open([{ ...friday, exclude: ['2026-11-28'] }], '2026-11-27T23:00Z')).toBe('2026-11-27T22:00 to 2026-11-28T00:00');
  });

  test('come as ranges, both ends of which are closed', () => {
    const frozen = { ...SUNDAYS, exclude: ['2026-11-29/2027-01-03'] };
    expect(next([frozen], '2026-11-28T00:00Z')).toBe('2027-01-10T02:00 to 2027-01-10T05:00');
  });

  test('may close a window for good', () => {
    expect(next([{ ...SUNDAYS, exclude: ['2026-01-01/9999-12-31'] }], '2026-11-28T00:00Z')).toBeUndefined();
  });

  test('are days of the window\'s time zone', () => {
    const tokyo = { ...SUNDAYS, timeZone: 'Asia/Tokyo', exclude: ['2026-11-29'] };
    expect(open([tokyo], '2026-11-28T18:00Z')).toBeUndefined();
  });
});

describe('several windows', () => {
  const saturdays = { ...SUNDAYS, days: ['SAT'], start: '22:00', minutes: 240 };

  test('that touch are one opening', () => {
    expect(open([SUNDAYS, saturdays], '2026-11-28T23:00Z')).toBe('2026-11-28T22:00 to 2026-11-29T05:00');
    expect(open([SUNDAYS, saturdays], '2026-11-29T04:00Z')).toBe('2026-11-28T22:00 to 2026-11-29T05:00');
    expect(next([SUNDAYS, saturdays], '2026-11-28T00:00Z')).toBe('2026-11-28T22:00 to 2026-11-29T05:00');
    expect(next([SUNDAYS, saturdays], '2026-11-28T23:00Z')).toBe('2026-12-05T22:00 to 2026-12-06T05:00');
  });

  test('one opens where another one is closed', () => {
    expect(next([SUNDAYS, { ...SUNDAYS, days: ['WED'] }], '2026-11-29T12:00Z')).toBe('2026-12-02T02:00 to 2026-12-02T05:00');
  });
});

test.each<[object, Said]>([
  [{ days: [] }, says.noDay({})],
  [{ days: ['SUNDAY'] }, says.unknownDay({ day: 'SUNDAY', days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] })],
  [{ start: '2:00' }, says.start({ start: '2:00' })],
  [{ start: '24:00' }, says.start({ start: '24:00' })],
  [{ minutes: 0.5 }, says.duration({ minutes: 0.5 })],
  [{ minutes: 0 }, says.duration({ minutes: 0 })],
  [{ minutes: 7 * 1440 + 1 }, says.duration({ minutes: 10081 })],
  [{ timeZone: 'Europe/Nowhere' }, says.timeZone({ timeZone: 'Europe/Nowhere' })],
  [{ exclude: ['24.12.2026'] }, says.exclude({ dates: '24.12.2026' })],
  [{ exclude: ['2026-12'] }, says.exclude({ dates: '2026-12' })],
  [{ exclude: ['2026-02-30'] }, says.exclude({ dates: '2026-02-30' })],
  [{ exclude: ['2026-12-24/2026-12-20'] }, says.exclude({ dates: '2026-12-24/2026-12-20' })],
  [{ exclude: ['2026-12-20/2026-12-24/2026-12-26'] }, says.exclude({ dates: '2026-12-20/2026-12-24/2026-12-26' })],
])('says what is wrong with %j', (wrong, objection) => {
  expect(objectionToWindow({ ...SUNDAYS, ...wrong })).toEqual(objection);
});

test('has nothing against a right one', () => {
  expect(objectionToWindow({
    ...SUNDAYS, minutes: 7 * 1440, start: '23:59', exclude: ['2028-02-29', '2026-12-20/2026-12-20'],
  })).toBeUndefined();
});

test('an instant is told by the clock and the name of the zone', () => {
  expect(describeInstant(at('2026-11-29T01:05Z'), 'Europe/Berlin')).toBe('Sunday, 2026-11-29, 02:05 Europe/Berlin');
});

const WINDOW: fc.Arbitrary<WeeklyWindow> = fc.record({
  days: fc.uniqueArray(fc.constantFrom('MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'), { minLength: 1, maxLength: 3 }),
  start: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(
    (parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'),
  ),
  minutes: fc.integer({ min: 1, max: 36 * 60 }),
  timeZone: fc.constantFrom(
    'UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Apia',
  ),
  exclude: fc.constantFrom<string[]>([], ['2026-11-28'], ['2026-11-25/2026-12-02']),
});
const INSTANT = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-12-31T00:00Z') });

test('an opening holds what it is the opening of, is closed at its ends, and the next one begins later', () => {
  fc.assert(fc.property(fc.array(WINDOW, { minLength: 1, maxLength: 3 }), INSTANT, (windows, instant) => {
    const [now, later] = [openingAt(windows, instant), nextOpening(windows, instant)];
    if (now) {
      expect(now.start <= instant && instant < now.end).toBe(true);
      expect(openingAt(windows, now.end)).toBeUndefined();
      expect(openingAt(windows, now.end - 1)).toEqual(now);
      expect(openingAt(windows, now.start - 1)).toBeUndefined();
    }
    expect(later!.start).toBeGreaterThan(instant);
    expect(openingAt(windows, later!.start)).toEqual(later);
    expect(openingAt(windows, later!.start - 1)).toBeUndefined();
    const between = (now?.end ?? instant) + Math.floor((later!.start - (now?.end ?? instant)) / 2);
    if (between < later!.start) expect(openingAt(windows, between)).toBeUndefined();
  }), { numRuns: 40 });
});
