import { BakeInput, BakeRequest } from './bake-execution';
import { CustomResourceEvent } from './custom-resource-event';
import { says } from './messages';
import { RequestScope } from './runtime';
import { goesBack, hasMoved } from '../engine/change/bake-subject';
import { bakeAnswerSeconds, BakeProperties, LONGEST_BAKE_SECONDS } from '../engine/change/resource-properties';
import { refusal } from '../engine/messages/refusal';
import { attempt } from '../live/attempt';
import { AwsConnection } from '../live/aws-connection';
import { cloudFormationOf } from '../live/cloudformation/cloudformation-client';
import { readStackState } from '../live/cloudformation/stack-state';
import { within } from '../live/within';

/**
 * Longer than new permissions take to be known, and so short that the bake lasts its time within the reserve for beginning and
 * answering, with minutes for the answer; what cannot be read until then lets it pass in the end.
 */
const STATE_MILLIS = 90_000;

/** What the answer takes, tried again a few times. */
const ANSWER_SECONDS = 60;

/** What is left to somebody else to answer. */
export const ANSWERED_LATER = Symbol('answered later');

/**
 * Lets a bake begin: an execution of its state machine, which answers CloudFormation at its end.
 *
 * Passes at once where nothing was there before, unless it is to bake what is new, where what is to bake has not moved or goes back, since
 * a rollback must not wait for the alarm that is its reason, and in a rollback of the stack. Where it is not known whether the stack is rolling back, it lasts its time and then passes, whatever it has seen.
 *
 * @throws if it would last too long, and AwsCallError if the execution cannot be started
 */
export async function bake(
  event: CustomResourceEvent<BakeProperties>, aws: AwsConnection, { log, now: time }: RequestScope,
): Promise<Record<string, never> | typeof ANSWERED_LATER> {
  const receivedAt = time().getTime();
  const passes = (why: string) => {
    log({ message: `passes at once: ${why}` });
    return {};
  };
  const { ResourceProperties: now, OldResourceProperties: before } = event;
  if (!before && now.OnCreation !== 'true') return passes('nothing has moved, it is new');
  if (before && !hasMoved(now, before)) return passes('what is to bake has not moved');
  if (before && goesBack(now, before)) return passes('what is to bake goes back to an older version or release');
  const stack = await within(
    STATE_MILLIS, 'reading the state of the stack', attempt(async () => readStackState(cloudFormationOf(aws), event.StackId)),
  );
  if (stack.known && stack.value.isRollingBack) return passes('the stack is rolling back');
  if (!stack.known) log({ message: `passes at its end, whatever it sees: whether the stack is rolling back is not known: ${stack.why}` });

  requireDuration(now.DurationSeconds);
  const { OldResourceProperties: _, ...told } = event;
  const request: BakeRequest = stack.known ? told : { ...told, WhetherRollingBack: stack.why };
  const { startExecution } = await import('../live/step-functions.js');
  await startExecution(aws, {
    stateMachineArn: now.StateMachineArn,
    name: event.RequestId, // a request that Lambda delivers twice is baked once
    input: JSON.stringify({ Request: request, EndsBy: receivedAt + endsBySeconds(now.DurationSeconds) * 1000 } satisfies BakeInput),
  });
  log({ message: `bakes for ${now.DurationSeconds} seconds; the state machine answers`, execution: event.RequestId });
  return ANSWERED_LATER;
}

/** A bake that begins late ends before it has lasted its time, rather than after CloudFormation has given up. */
function endsBySeconds(duration: string): number {
  return bakeAnswerSeconds(Number(duration)) - ANSWER_SECONDS;
}

/** A duration that is a parameter of the template is known here only. */
function requireDuration(seconds: string): void {
  if (!/^[1-9]\d*$/.test(seconds) || Number(seconds) > LONGEST_BAKE_SECONDS) {
    throw refusal(says.bakeDuration({ seconds, most: LONGEST_BAKE_SECONDS }));
  }
}
