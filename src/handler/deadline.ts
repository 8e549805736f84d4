import { says } from './messages';
import { refusal } from '../engine/messages/refusal';

/**
 * Does something that must have ended within a time. At the end the signal is aborted, for what then still waits.
 *
 * @throws what the work throws, or that time ran out
 */
export async function withinTime<T>(millis: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(refusal(says.outOfTime({ seconds: Math.ceil(millis / 1000) }))), millis);
  });
  try {
    return await Promise.race([work(controller.signal), outOfTime]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
