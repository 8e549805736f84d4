/** Milliseconds of a minute. */
export const MINUTE_MILLIS = 60_000;

/** Milliseconds of an hour. */
export const HOUR_MILLIS = 60 * MINUTE_MILLIS;

/** Milliseconds of a day. */
export const DAY_MILLIS = 24 * HOUR_MILLIS;
