import { Known, notKnown } from '../engine/state/known';

/** Waits for something, but not longer than so many milliseconds: then the reason takes its place. */
export async function within<T>(millis: number, what: string, answer: Promise<Known<T>>): Promise<Known<T>> {
  let timer!: NodeJS.Timeout;
  const tooLate = new Promise<Known<T>>((resolve) => {
    timer = setTimeout(() => resolve(notKnown(`${what} took longer than ${millis / 1000} seconds`)), millis);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
