import { Duration, TimeZone, Token, Tokenization } from 'aws-cdk-lib';
import { says } from './messages';
import { KINDS } from '../diagnostics/kinds';
import { requireKind, requireList } from '../diagnostics/require-kind';
import { GuardedWindow } from '../engine/change/resource-properties';
import { objectionToWindow } from '../engine/judgement/when/weekly-windows';
import { refusal } from '../engine/messages/refusal';
import { WeeklyWindow } from '../engine/state/schedule';

/** A time that comes every week. */
export interface WeeklyMaintenanceWindowOptions {
  /** The days on which the window opens, in local time: `MON`, `TUE`, `WED`, `THU`, `FRI`, `SAT`, `SUN`. */
  readonly days: string[];

  /**
   * When it opens, in local time, from `00:00` to `23:59`. A time that clocks skip in spring is as much later, one that they
   * show twice in autumn is the first.
   */
  readonly start: string;

  /**
   * How long it stays open, beyond midnight where need be; whole minutes, at most 7 days. It is the time that passes, also where
   * clocks change meanwhile.
   */
  readonly duration: Duration;

  /**
   * The time zone of days, start and excluded days.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * Local days on which it is closed: `2026-12-24`, or the first and the last of several, `2026-12-20/2027-01-06`. It does not
   * open on them, and ends where one begins.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/**
 * When versions, releases and add-ons may move.
 *
 * @example
 * UpgradeGuard.enforce({
 *   window: MaintenanceWindow.weekly({
 *     days: ['SAT', 'SUN'],
 *     start: '02:00',
 *     duration: Duration.hours(3),
 *     timeZone: TimeZone.EUROPE_BERLIN,
 *     exclude: ['2026-12-20/2027-01-06'],
 *   }),
 * });
 */
export class MaintenanceWindow {
  /**
   * A window that opens on some days of every week.
   *
   * @throws if a day, time, duration, time zone or date is malformed
   */
  public static weekly(options: WeeklyMaintenanceWindowOptions): MaintenanceWindow {
    requireKind('options', options, KINDS.weeklyWindow);
    const { days, start, duration, timeZone = TimeZone.ETC_UTC, exclude = [] } = options;
    requireList('days', days, { write: "'SAT', 'SUN'" });
    requireKind('duration', duration, KINDS.duration);
    requireKind('timeZone', timeZone, KINDS.timeZone);
    requireList('exclude', exclude, { write: "'2026-12-24'" });
    const window: WeeklyWindow = {
      days,
      start,
      exclude,
      timeZone: timeZone.timezoneName,
      minutes: duration.isUnresolved() ? duration.toMinutes() : duration.toMinutes({ integral: false }),
    };
    const objection = objectionToWindow(withoutTokens(window));
    if (objection !== undefined) throw refusal(says.windowCannotBe({ problem: objection.message, wanted: objection.remedy }));
    return new MaintenanceWindow([window]);
  }

  /** Several windows: something may move in any of them. Where they touch, they are one. */
  public static any(...windows: MaintenanceWindow[]): MaintenanceWindow {
    if (windows.length === 0) {
      throw refusal(says.noWindow({}));
    }
    windows.forEach((window) => requireKind('a window of MaintenanceWindow.any()', window, KINDS.window));
    return new MaintenanceWindow(windows.flatMap((window) => window._weekly));
  }

  private constructor(
    /**
     * The windows as data.
     *
     * @internal
     */
    public readonly _weekly: WeeklyWindow[],
  ) {}

  /**
   * The windows as the guard is told of them.
   *
   * @internal
   */
  public _render(): GuardedWindow[] {
    return this._weekly.map(({ days, start, minutes, timeZone, exclude }) => ({
      Days: days, Start: start, Minutes: Tokenization.stringifyNumber(minutes), TimeZone: timeZone, Except: exclude,
    }));
  }
}

/** What is known only at deployment, single values and lists, is judged there. */
function withoutTokens({ days, start, minutes, timeZone, exclude }: WeeklyWindow): WeeklyWindow {
  // a list that is a token holds a text of its own that is no token as others are
  const known = (texts: readonly string[]) => Token.isUnresolved(texts) ? [] : texts.filter((text) => !Token.isUnresolved(text));
  const knownDays = known(days);
  return {
    days: knownDays.length < days.length ? ['SUN', ...knownDays] : days,
    start: Token.isUnresolved(start) ? '00:00' : start,
    minutes: Token.isUnresolved(minutes) ? 1 : minutes,
    timeZone: Token.isUnresolved(timeZone) ? 'UTC' : timeZone,
    exclude: known(exclude),
  };
}
