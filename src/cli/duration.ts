import { InvalidArgumentError } from 'commander';
import { says } from './messages';
import { sentence } from '../engine/messages/sentence';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Reads a duration such as `7d`; in milliseconds. */
export function parseDuration(text: string): number {
  const [, number, unit] = /^(\d+)([hdw])$/.exec(text) ?? [];
  if (!unit) throw new InvalidArgumentError(sentence(says.noDuration({})));
  return Number(number) * UNITS[unit];
}

/** `today`, `1 day`, `12 days`: how long ago something was, in whole days. */
export function describeAge(since: string, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(since)) / UNITS.d);
  if (days < 1) return 'today';
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
