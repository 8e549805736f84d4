/** A length of time in words: `90 seconds`, `30 minutes`. */
export function secondsInWords(seconds: number): string {
  const [count, unit] = seconds < 120 ? [Math.round(seconds), 'second'] : [Math.round(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
