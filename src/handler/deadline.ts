/**
 * Does something that must have ended within a time. At the end the signal is aborted, for what then still waits.
 *
 * @throws what the work throws, or that time ran out
 */
export async function withinTime<T>(millis: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(
      new Error(`ran out of time after ${Math.ceil(millis / 1000)} seconds: see in the log how far it came, and try again`),
    ), millis);
  });
  try {
    return await Promise.race([work(controller.signal), outOfTime]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
