import { AwsCallError } from '../live/aws-call-error';

/** How often a call is taken up again after the SDK has given it up. */
const ROUNDS = 10;

const PAUSE_MILLIS = 1_000;

/**
 * Decides whether a call that failed is tried again: when the service throttled it.
 *
 * The SDK shares a small number of retries among all calls of a service. A large fleet uses them up at once, and its next call
 * that is throttled would be given up on the spot.
 */
export function retriesOfThrottledCalls(sleep: (millis: number) => Promise<unknown>): (
  failed: AwsCallError, times: number,
) => Promise<boolean> {
  return async ({ isThrottled }, times) => {
    if (!isThrottled || times > ROUNDS) return false;
    await sleep(PAUSE_MILLIS * times * (0.5 + Math.random() / 2));
    return true;
  };
}
