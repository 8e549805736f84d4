import { DAY_MILLIS, MINUTE_MILLIS } from '../../kubernetes/millis';

/** A day on a calendar, without a time zone. */
export interface LocalDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** A day and a time on a clock, without a time zone. */
export interface LocalTime extends LocalDay {
  readonly hour: number;
  readonly minute: number;
}

/** What a clock in a time zone shows. */
export function localTimeAt(instant: number, timeZone: string): LocalTime {
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return { year: parts.year, month: parts.month, day: parts.day, hour: parts.hour, minute: parts.minute };
}

/**
 * When a clock in a time zone shows a time, in milliseconds since 1970.
 *
 * A time that clocks skip is taken as much later as they skip: 02:30 becomes 03:30. Of a time that they show twice, the first counts.
 *
 * @see https://tc39.es/proposal-temporal/docs/timezone.html#ambiguity-due-to-dst-or-other-time-zone-offset-changes
 */
export function instantOf(time: LocalTime, timeZone: string): number {
  const wanted = asIfUtc(time);
  // an offset changes at most once in two days
  const [before, after] = [wanted - DAY_MILLIS, wanted + DAY_MILLIS].map((near) => offsetAt(near, timeZone));
  const candidates = [wanted - before, wanted - after].filter((instant) => asIfUtc(localTimeAt(instant, timeZone)) === wanted);
  return candidates.length > 0 ? Math.min(...candidates) : wanted - before;
}

/** The day so many days later. */
export function daysLater(day: LocalDay, days: number): LocalDay {
  const moved = new Date(asIfUtc({ ...day, hour: 0, minute: 0 }) + days * DAY_MILLIS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** `SUN` to `SAT`. */
export function weekdayOf(day: LocalDay): string {
  return WEEKDAYS[new Date(asIfUtc({ ...day, hour: 0, minute: 0 })).getUTCDay()];
}

/** The days of a week, as cron expressions spell them. */
export const WEEKDAYS: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** `2026-11-29`. */
export function describeDay({ year, month, day }: LocalDay): string {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `Sunday, 2026-11-29, 02:00 Europe/Berlin`. */
export function describeInstant(instant: number, timeZone: string): string {
  const time = localTimeAt(instant, timeZone);
  const name = WEEKDAY_NAMES[WEEKDAYS.indexOf(weekdayOf(time))];
  return `${name}, ${describeDay(time)}, ${twoDigits(time.hour)}:${twoDigits(time.minute)} ${timeZone}`;
}

const WEEKDAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Whether there is such a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function offsetAt(instant: number, timeZone: string): number {
  const wholeMinutes = Math.floor(instant / MINUTE_MILLIS) * MINUTE_MILLIS;
  return asIfUtc(localTimeAt(wholeMinutes, timeZone)) - wholeMinutes;
}

function asIfUtc({ year, month, day, hour, minute }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** To make one takes longer than to use it a hundred times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  FORMATS.set(timeZone, format);
  return format;
}
