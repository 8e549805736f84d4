import { Known, notKnown, Unknown } from '../engine/state/known';

/** Waits for something, but not longer than so many milliseconds: then the reason takes its place. */
export async function within<T>(millis: number, what: string, answer: Promise<Known<T>>): Promise<Known<T>> {
  let timer!: NodeJS.Timeout;
  const tooLate = new Promise<Known<T>>((resolve) => {
    timer = setTimeout(() => resolve(tookLonger(what, millis)), millis);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}

/** That something took longer than so many milliseconds. */
export function tookLonger(what: string, millis: number): Unknown {
  return notKnown(`${what} took longer than ${secondsOf(millis)} seconds`);
}

/** The milliseconds until a time, but not more than so many. */
export function millisUntil(until: Date | undefined, millis: number): number {
  return until ? Math.min(millis, Math.max(0, until.getTime() - Date.now())) : millis;
}

/** In seconds, as far as somebody wants to read them. */
function secondsOf(millis: number): number {
  return Math.floor(millis / 100) / 10;
}
