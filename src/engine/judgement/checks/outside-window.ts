import { Advances, advancesOf, namesOfAdvances } from '../../change/advances';
import { Change } from '../../change/change';
import { describeRange } from '../../eks/roll-duration';
import { messages } from '../../messages/message';
import { CalendarSignal } from '../../state/schedule';
import { aboutCluster, Check, Observation, unread, unreadable } from '../check';
import { describeInstant } from '../when/local-time';
import { longestMinutes } from '../when/longest-deployment';
import { observeUnseenRolls, UNSEEN_ROLL } from '../when/unseen-rolls';
import { nextOpening, openingAt } from '../when/weekly-windows';

const says = messages({
  calendarUnread: unread('the change calendar'),
  launchTemplateUnread: UNSEEN_ROLL,
  closed: {
    text: '{moving} may only be updated in a maintenance window, and none is open on {now}: the next one opens on {next}',
    remedy: "deploy then; in an emergency, add 'outside-window' to ignore",
  },
  neverOpen: {
    text: '{moving} may only be updated in a maintenance window, and none is open on {now}: none opens in the next two years',
    remedy: 'correct days, start or exclude of the windows',
  },
  calendarClosed: {
    text: 'the change calendar {calendar} is closed{until? until #}, and this deployment would update {moving}',
    remedy: "deploy {isToOpen: then|when it is open}; in an emergency, add 'outside-window' to ignore",
  },
  endsTooLate: {
    text: 'the deployment takes {longest} at most, until {end}, and the window closes on {closes}: what has begun continues after that',
    remedy: 'raise maxUnavailable of node groups, update less in one deployment, or keep the window open for longer',
  },
  fits: { text: 'the deployment takes {longest} at most, until {end}, and the window closes on {closes}', remedy: 'nothing: it fits' },
});

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
  messages: says,

  * examine(change) {
    const { schedule: { windows }, state: { signals } } = change;
    if (!windows && !signals?.calendar) return;
    const advances = advancesOf(change);
    if (namesOfAdvances(advances).length === 0) {
      if (isClosed(change)) yield* observeUnseenRolls(change, says.launchTemplateUnread);
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
  const values = { moving: namesOfAdvances(advances), now: describeInstant(now, timeZone) };
  yield {
    about: aboutCluster(change),
    severity: isDeployment ? 'error' : 'info',
    ...next ? says.closed({ ...values, next: describeInstant(next.start, timeZone) }) : says.neverOpen(values),
  };
}

function* examineCalendar(change: Change, advances: Advances): Iterable<Observation> {
  const { schedule: { isDeployment }, state: { signals }, isAhead } = change;
  const { calendar } = signals ?? {};
  if (!calendar || isAhead) return;
  if (!calendar.known) {
    yield unreadable(change, says.calendarUnread({ why: calendar.why }));
    return;
  }
  const { name, isOpen, nextTransition } = calendar.value;
  if (isOpen) return;
  const until = nextTransition === undefined ? undefined : describeInstant(Date.parse(nextTransition), zoneOf(change));
  yield {
    about: aboutCluster(change),
    severity: isDeployment ? 'error' : 'info',
    ...says.calendarClosed({ calendar: name, until, moving: namesOfAdvances(advances), isToOpen: until !== undefined }),
  };
}

/** Whether what begins now, or in the next window, has ended before it closes. */
function* examineEnd(change: Change, advances: Advances): Iterable<Observation> {
  const { state: { observedAt } } = change;
  const now = Date.parse(observedAt);
  const opening = openingOf(change, now);
  const minutes = longestMinutes(advances, change);
  if (!opening || minutes === 0) return;
  const end = opening.start + minutes * 60_000;
  const values = {
    longest: describeRange(minutes, minutes),
    end: describeInstant(end, zoneOf(change)),
    closes: describeInstant(opening.end, zoneOf(change)),
  };
  yield end > opening.end
    ? { about: aboutCluster(change), severity: 'warning', ...says.endsTooLate(values) }
    : { about: aboutCluster(change), severity: 'info', ...says.fits(values) };
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
