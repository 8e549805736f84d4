/** How long to wait for something, in milliseconds, and how. */
export interface Patience {
  readonly everyMillis: number;
  readonly atMostMillis: number;
  sleep(millis: number): Promise<void>;
}

/** Asks until the answer is as wanted, or patience ends; returns the last answer. */
export async function poll<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean, patience: Patience): Promise<T> {
  let answer = await ask();
  for (let waited = 0; !isWanted(answer) && waited < patience.atMostMillis; waited += patience.everyMillis) {
    await patience.sleep(patience.everyMillis);
    answer = await ask();
  }
  return answer;
}
