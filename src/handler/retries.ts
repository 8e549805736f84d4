import { RequestScope } from './runtime';
import { AwsCallError } from '../live/aws-call-error';

/** New permissions are known everywhere after a minute at most; until then a denial may be none. */
const PERMISSIONS_MILLIS = 60_000;

const PAUSE_MILLIS = 5_000;

/** What is left for a last attempt, for the judgement and for whatever else is to be read. */
const RESERVE_MILLIS = 30_000;

/**
 * Decides whether a call that failed is tried again: while time is left, when it may work later. The first time
 * of each action is logged: a function that runs out of time has said what it waited for.
 *
 * The SDK's own retries end after seconds, when the others who call the same service still do so; CloudFormation, however, waits
 * for an answer, and in a rollback there is no second chance.
 */
export function retriesWithin({ now, sleep, remainingMillis, log }: RequestScope): (failed: AwsCallError) => Promise<boolean> {
  const permissionsKnownAt = now().getTime() + PERMISSIONS_MILLIS;
  const logged = new Set<string>();
  return async ({ action, isAccessDenied, isTemporary, message }) => {
    const mayWorkLater = isAccessDenied ? now().getTime() < permissionsKnownAt : isTemporary;
    if (!mayWorkLater || remainingMillis() < RESERVE_MILLIS) return false;
    if (!logged.has(action)) log({ message: `${message}; tried again while there is time` });
    logged.add(action);
    await sleep(PAUSE_MILLIS);
    return true;
  };
}
