import { daysLater, describeDay, instantOf, isTimeZone, LocalDay, localTimeAt, WEEKDAYS, weekdayOf } from './local-time';
import { DAY_MILLIS, MINUTE_MILLIS } from '../../kubernetes/millis';
import { messages, Said } from '../../messages/message';
import { WeeklyWindow } from '../../state/schedule';

/** A time during which something may move, in milliseconds since 1970: from `start` on, no longer at `end`. */
export interface Opening {
  readonly start: number;
  readonly end: number;
}

/** The longest that a window may stay open: it comes every week. */
export const LONGEST_WINDOW_MINUTES = 7 * 24 * 60;

/** How far ahead an opening is looked for: more than a year, so that a window closed for all of one is found again. */
const HORIZON_DAYS = 800;

/** The opening of any of some windows at an instant; undefined while all are closed. Windows that touch are one opening. */
export function openingAt(windows: readonly WeeklyWindow[], instant: number): Opening | undefined {
  return grownFrom(windows, instant, instant);
}

/** The next opening that begins after an instant; undefined when none does in the next two years. */
export function nextOpening(windows: readonly WeeklyWindow[], instant: number): Opening | undefined {
  const starts = windows.flatMap((window) => firstStartAfter(window, openingAt(windows, instant)?.end ?? instant) ?? []);
  return starts.length === 0 ? undefined : grownFrom(windows, Math.min(...starts), Math.min(...starts));
}

/** What may be wrong with a window. */
export const says = messages({
  noDay: { text: 'days is empty', remedy: "name at least one day, such as 'SUN'" },
  unknownDay: { text: "days contains '{day}'", remedy: 'write {days}' },
  start: { text: "start is '{start}'", remedy: "write hours and minutes from 00:00 to 23:59, such as '02:00'" },
  duration: { text: 'duration is {minutes} minutes', remedy: 'give whole minutes, at least one and at most 7 days' },
  timeZone: {
    text: "timeZone is '{timeZone}', which is no time zone", remedy: "write its name in the IANA database, such as 'Europe/Berlin'",
  },
  exclude: {
    text: "exclude contains '{dates}'",
    remedy: "write a date, '2026-12-24', or the first and the last of several, '2026-12-20/2027-01-06'",
  },
});

/** What is wrong with a window; undefined where nothing is. */
export function objectionToWindow({ days, start, minutes, timeZone, exclude }: WeeklyWindow): Said | undefined {
  const unknownDay = days.find((day) => !WEEKDAYS.includes(day));
  const wrongDate = exclude.find((dates) => !isDates(dates));
  if (days.length === 0) return says.noDay({});
  if (unknownDay !== undefined) return says.unknownDay({ day: unknownDay, days: [...WEEKDAYS.slice(1), 'SUN'] });
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(start)) return says.start({ start });
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_WINDOW_MINUTES) return says.duration({ minutes });
  if (!isTimeZone(timeZone)) return says.timeZone({ timeZone });
  return wrongDate === undefined ? undefined : says.exclude({ dates: wrongDate });
}

/** The opening that holds an instant, with what touches it at both ends. */
function grownFrom(windows: readonly WeeklyWindow[], from: number, to: number): Opening | undefined {
  const touching = windows.flatMap((window) => openingsNear(window, from, to)).filter(({ start, end }) => from === to
    ? start <= from && from < end
    : start <= to && from <= end);
  if (touching.length === 0) return from === to ? undefined : { start: from, end: to };
  const [start, end] = [Math.min(from, ...touching.map((one) => one.start)), Math.max(to, ...touching.map((one) => one.end))];
  // a window that is always open grows for ever: a month tells as much
  return start === from && end === to || end - start > LONGEST_OPENING ? { start, end } : grownFrom(windows, start, end);
}

const LONGEST_OPENING = 31 * DAY_MILLIS;

/** The openings of one window that begin in the week before `from` or until `to`. */
function openingsNear(window: WeeklyWindow, from: number, to: number): Opening[] {
  const last = localTimeAt(to, window.timeZone);
  const openings: Opening[] = [];
  for (let day: LocalDay = daysLater(
    localTimeAt(from, window.timeZone), -8,
  ); describeDay(day) <= describeDay(last); day = daysLater(day, 1)) {
    const opening = openingOn(day, window);
    if (opening) openings.push(opening);
  }
  return openings;
}

function firstStartAfter(window: WeeklyWindow, instant: number): number | undefined {
  const today = localTimeAt(instant, window.timeZone);
  for (let days = 0; days <= HORIZON_DAYS; days++) {
    const opening = openingOn(daysLater(today, days), window);
    if (opening && opening.start > instant) return opening.start;
  }
  return undefined;
}

/** The opening that begins on a day. It does not begin on a day that is excluded, and ends where one begins. */
function openingOn(day: LocalDay, { days, start, minutes, timeZone, exclude }: WeeklyWindow): Opening | undefined {
  if (!days.includes(weekdayOf(day)) || isExcluded(day, exclude)) return undefined;
  const [hour, minute] = start.split(':').map(Number);
  const begin = instantOf({ ...day, hour, minute }, timeZone);
  const end = begin + minutes * MINUTE_MILLIS;
  for (let next = daysLater(day, 1); ; next = daysLater(next, 1)) {
    const midnight = instantOf({ ...next, hour: 0, minute: 0 }, timeZone);
    if (midnight >= end) return { start: begin, end };
    if (isExcluded(next, exclude)) return { start: begin, end: midnight };
  }
}

function isExcluded(day: LocalDay, exclude: readonly string[]): boolean {
  const text = describeDay(day);
  return exclude.some((dates) => {
    const [first, last = first] = dates.split('/');
    return first <= text && text <= last;
  });
}

function isDates(dates: string): boolean {
  const [first, last = first, ...others] = dates.split('/');
  return others.length === 0 && isDate(first) && isDate(last) && first <= last;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}
