import { CustomResourceEvent, InvocationContext, ResourceData } from './custom-resource-event';
import { says } from './messages';
import { Runtime } from './runtime';
import { refusal } from '../engine/messages/refusal';
import { sentence } from '../engine/messages/sentence';
import { isResponseUrl } from '../live/response-hosts';
import { regionOf } from '../live/stack';

/** What became of a request. */
export type Outcome =
  | { readonly Status: 'SUCCESS'; readonly Data: ResourceData }
  | { readonly Status: 'FAILED'; readonly Reason: string };

/** How long {@link respond} may take in the worst case. */
export const RESPONSE_MILLIS = 20_000;

/** CloudFormation takes no longer answers. */
const MAX_BODY_BYTES = 4096;

const ATTEMPTS = 3;
const ATTEMPT_MILLIS = 5_000;
const PAUSE_MILLIS = 2_000;

/**
 * Refuses a request whose answer would go to somebody else than CloudFormation: an answer tells of the cluster.
 *
 * @throws if that is so; the message does not tell the URL
 */
export function requireResponseUrl({ ResponseURL, StackId }: CustomResourceEvent): void {
  const region = regionOf(StackId);
  if (!isResponseUrl(ResponseURL, region, process.env)) {
    throw refusal(says.foreignAnswer({ host: new URL(ResponseURL).host, region }));
  }
}

/**
 * Answers CloudFormation, and logs the answer.
 *
 * @throws if the answer cannot be delivered; Lambda then sends the request again
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function respond(
  event: CustomResourceEvent, context: InvocationContext, outcome: Outcome, { sleep, log }: Pick<Runtime, 'sleep' | 'log'>,
): Promise<void> {
  log({ message: `answer: ${outcome.Status}`, answer: outcome });
  const body = bodyOf(event, outcome, ` (log stream ${context.logStreamName} of ${context.logGroupName})`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(event.ResponseURL, body);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MILLIS);
    }
  }
}

/** The answer as it is sent. A reason ends with where to read on, and is cut before that when it is too long. */
function bodyOf(event: CustomResourceEvent, outcome: Outcome, pointer: string): string {
  const render = (shown: Outcome) => JSON.stringify({
    ...shown,
    PhysicalResourceId: physicalIdOf(event),
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
  const fits = (body: string) => Buffer.byteLength(body) <= MAX_BODY_BYTES;
  const success = outcome.Status === 'SUCCESS' ? render(outcome) : undefined;
  if (success !== undefined && fits(success)) return success;

  const reason = outcome.Status === 'FAILED'
    ? outcome.Reason
    : sentence(says.tooManyAttributes({ bytes: MAX_BODY_BYTES }));
  const failed = (told: string) => render({ Status: 'FAILED', Reason: told + pointer });
  if (fits(failed(reason))) return failed(reason);
  const cut = (length: number) => failed(`${reason.slice(0, length)}…`);
  return cut(longest(reason.length, (length) => fits(cut(length))));
}

/** The longest of which something holds; what holds of a length holds of all that are shorter. */
function longest(most: number, holds: (length: number) => boolean): number {
  let [held, failed] = [0, most];
  while (failed - held > 1) {
    const middle = Math.floor((held + failed) / 2);
    [held, failed] = holds(middle) ? [middle, failed] : [held, middle];
  }
  return held;
}

/** The same for every request of a resource, so that CloudFormation never takes an update for a replacement. */
function physicalIdOf({ PhysicalResourceId, LogicalResourceId }: CustomResourceEvent): string {
  return PhysicalResourceId ?? LogicalResourceId;
}

/** Without a content type: the URL is signed for a request that has none. What is answered may hold a part of the URL, and stays unread. */
async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(body), signal: AbortSignal.timeout(ATTEMPT_MILLIS) });
  if (!response.ok) {
    throw refusal(says.answerRefused({ status: response.status }));
  }
}
