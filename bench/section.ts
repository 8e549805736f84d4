/**
 * What a suite has to say, apart from how it is printed.
 */
import type { Spread } from './statistics';

/** One part of the results. */
export interface Section {
  readonly title: string;
  /** What was measured and what the apps have in common; a paragraph each. */
  readonly text: readonly string[];
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
}

export interface Table {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** A figure and what it should be. */
export interface Aim {
  readonly figure: string;
  readonly measured: string;
  readonly aim: string;
  readonly met: boolean;
}

/** The median shall not exceed the limit. */
export function atMost(figure: string, measured: Spread, limit: number, format: (value: number) => string): Aim {
  return { figure, measured: formatSpread(measured, format), aim: `at most ${format(limit)}`, met: measured.median <= limit };
}

/** Neither more nor fewer. */
export function exactly(figure: string, measured: number, wanted: number): Aim {
  return { figure, measured: String(measured), aim: `exactly ${wanted}`, met: measured === wanted };
}

/** `median (min–max)` */
export function formatSpread({ median, min, max }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(min)}–${format(max)})`;
}

export const ratio = (value: number) => value.toFixed(3);
export const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
export const seconds = (value: number) => value.toFixed(1);
export const kilobytes = (value: number) => value.toFixed(1);
export const megabytes = (value: number) => value.toFixed(0);
export const milliseconds = (value: number) => value.toFixed(value < 10 ? 1 : 0);
