import { Advances, advancesOf, describeAdvances } from '../../change/advances';
import { Change } from '../../change/change';
import { describeRange } from '../../eks/roll-duration';
import { CalendarSignal } from '../../state/schedule';
import { aboutCluster, Check, Observation, unreadable } from '../check';
import { describeInstant } from '../when/local-time';
import { longestMinutes } from '../when/longest-deployment';
import { observeUnseenRolls } from '../when/unseen-rolls';
import { nextOpening, openingAt } from '../when/weekly-windows';

/**
 * Versions, releases and add-ons move in a maintenance window only, while the change calendar is open, and have ended before it closes.
 *
 * What goes back to something older need not wait, nor does anything else that a deployment changes. Before a deployment, when it is only
 * reviewed, a closed window is information. The longest time that a deployment may take is EKS's own, and only a warning.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html
 * @see https://github.com/aws/containers-roadmap/issues/1464
 */
export const outsideWindow: Check = {
  id: 'outside-window',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-change-calendar.html',

  * examine(change) {
    const { schedule: { windows }, state: { signals } } = change;
    if (!windows && !signals?.calendar) return;
    const advances = advancesOf(change);
    if (describeAdvances(advances) === '') {
      if (isClosed(change)) yield* observeUnseenRolls(change);
      return;
    }
    const observations = [...examineWindows(change, advances), ...examineCalendar(change, advances)];
    yield* observations;
    const isRefused = observations.some(({ severity = 'error' }) => severity === 'error');
    if (!isRefused) yield* examineEnd(change, advances);
  },
};

function isClosed({ schedule: { windows }, state: { signals, observedAt } }: Change): boolean {
  const { calendar } = signals ?? {};
  const isOutside = windows !== undefined && !openingAt(windows, Date.parse(observedAt));
  return isOutside || (calendar !== undefined && !(calendar.known && calendar.value.isOpen));
}

function* examineWindows(change: Change, advances: Advances): Iterable<Observation> {
  const { schedule: { windows, isDeployment }, state: { observedAt }, isAhead } = change;
  const now = Date.parse(observedAt);
  if (!windows || isAhead || openingAt(windows, now)) return;
  const { timeZone } = windows[0];
  const next = nextOpening(windows, now);
  const when = next ? `the next one opens on ${describeInstant(next.start, timeZone)}` : 'none opens in the next two years';
  yield {
    about: aboutCluster(change),
    severity: isDeployment ? 'error' : 'info',
    message: `${describeAdvances(advances)} may move in a maintenance window only, and on ${describeInstant(now, timeZone)} none is open: ${when}`,
    remedy: next ? 'deploy then; in an emergency, add \'outside-window\' to ignore' : 'correct days, start or exclude of the windows',
  };
}

function* examineCalendar(change: Change, advances: Advances): Iterable<Observation> {
  const { schedule: { isDeployment }, state: { signals }, isAhead } = change;
  const { calendar } = signals ?? {};
  if (!calendar || isAhead) return;
  if (!calendar.known) {
    yield unreadable(change, 'the change calendar', calendar.why);
    return;
  }
  const { name, isOpen, nextTransition } = calendar.value;
  if (isOpen) return;
  const until = nextTransition === undefined ? '' : ` until ${describeInstant(Date.parse(nextTransition), zoneOf(change))}`;
  yield {
    about: aboutCluster(change),
    severity: isDeployment ? 'error' : 'info',
    message: `the change calendar ${name} is closed${until}, and ${describeAdvances(advances)} would move`,
    remedy: `deploy ${until ? 'then' : 'when it is open'}; in an emergency, add 'outside-window' to ignore`,
  };
}

/** Whether what begins now, or in the next window, has ended before it closes. */
function* examineEnd(change: Change, advances: Advances): Iterable<Observation> {
  const { schedule, state: { observedAt } } = change;
  const now = Date.parse(observedAt);
  const opening = openingOf(change, now);
  const minutes = longestMinutes(advances, schedule);
  if (!opening || minutes === 0) return;
  const [end, closes] = [opening.start + minutes * 60_000, describeInstant(opening.end, zoneOf(change))];
  const takes = `takes ${describeRange(minutes, minutes)} at most`;
  yield end > opening.end ? {
    about: aboutCluster(change),
    severity: 'warning',
    message: `the deployment ${takes}, until ${describeInstant(end, zoneOf(change))}, and the window closes on ${closes}: what has begun goes on after that`,
    remedy: 'give node groups a higher maxUnavailable, move less in one deployment, or keep the window open for longer',
  } : {
    about: aboutCluster(change),
    severity: 'info',
    message: `the deployment ${takes}, until ${describeInstant(end, zoneOf(change))}, and the window closes on ${closes}`,
    remedy: 'nothing: it fits',
  };
}

/** The time from now on, or from the next opening on, until windows or calendar close; undefined where nothing closes. */
function openingOf({
  schedule: { windows }, state: { signals }, isAhead,
}: Change, now: number): { start: number; end: number } | undefined {
  const calendarEnd = signals?.calendar?.known && !isAhead ? endOf(signals.calendar.value) : Infinity;
  if (!windows) return calendarEnd < Infinity ? { start: now, end: calendarEnd } : undefined;
  const current = isAhead ? undefined : openingAt(windows, now);
  const opening = current ? { start: now, end: current.end } : nextOpening(windows, now);
  return opening && { start: opening.start, end: opening.start < calendarEnd ? Math.min(opening.end, calendarEnd) : opening.end };
}

function endOf({ isOpen, nextTransition }: CalendarSignal): number {
  return isOpen && nextTransition !== undefined ? Date.parse(nextTransition) : Infinity;
}

function zoneOf({ schedule: { windows } }: Change): string {
  return windows?.[0].timeZone ?? 'UTC';
}
