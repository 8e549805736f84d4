import { resolveAddOnVersions } from './add-on-versions-handler';
import { ANSWERED_LATER, bake } from './bake-handler';
import { CustomResourceEvent, InvocationContext, ResourceData } from './custom-resource-event';
import { Outcome, requireResponseUrl, respond, RESPONSE_MILLIS } from './custom-resource-response';
import { withinTime } from './deadline';
import { guardUpgrade } from './guard-handler';
import { loggedRequest } from './logged-request';
import { says } from './messages';
import { AlreadyLoggedError, refusalIn } from './refusal';
import { retriesWithin } from './retries';
import { RequestScope, Runtime } from './runtime';
import { UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from '../engine/change/resource-properties';
import { refusal } from '../engine/messages/refusal';
import { ADD_ON_VERSIONS_TYPE, BAKE_TYPE } from '../engine/state/deployed-stack';
import { AwsConnection } from '../live/aws-connection';

/**
 * Serves a request of CloudFormation, and always answers it, unless that is left to a state machine.
 *
 * @throws only if the answer must not or cannot be delivered
 */
export async function serve(event: CustomResourceEvent, context: InvocationContext, runtime: Runtime): Promise<void> {
  requireResponseUrl(event);
  runtime.log({ message: `${event.RequestType} of ${event.LogicalResourceId} (${event.ResourceType})`, request: loggedRequest(event) });
  const outcome = await outcomeOf(event, context, runtime);
  if (outcome !== ANSWERED_LATER) await respond(event, context, outcome, runtime);
}

async function outcomeOf(
  event: CustomResourceEvent, context: InvocationContext, runtime: Runtime,
): Promise<Outcome | typeof ANSWERED_LATER> {
  if (event.RequestType === 'Delete') {
    return { Status: 'SUCCESS', Data: {} }; // nothing was created
  }
  try {
    const remainingMillis = () => context.getRemainingTimeInMillis() - RESPONSE_MILLIS;
    const Data = await withinTime(remainingMillis(), async (signal) => {
      const scope: RequestScope = { ...runtime, sleep: async (millis) => runtime.sleep(millis, signal), remainingMillis };
      return dispatch(event, scope.connect({ tryAgain: retriesWithin(scope) }), scope);
    });
    return Data === ANSWERED_LATER ? Data : { Status: 'SUCCESS', Data };
  } catch (error) {
    const { message, stack } = error as Error;
    if (!(error instanceof AlreadyLoggedError)) runtime.log({ message, stack, ...refusalIn(error) });
    return isWarnOnly(event) ? { Status: 'SUCCESS', Data: {} } : { Status: 'FAILED', Reason: message };
  }
}

/** A guard that only warns lets through what it refuses, and what it could not look at. */
function isWarnOnly({ ResourceType, ResourceProperties }: CustomResourceEvent): boolean {
  return ResourceType === UPGRADE_GUARD_TYPE && (ResourceProperties as UpgradeGuardProperties).Mode === 'warn';
}

type Handle = (event: CustomResourceEvent<any>, aws: AwsConnection, scope: RequestScope) => Promise<ResourceData | typeof ANSWERED_LATER>;

/** What serves each custom resource. Each loads the rest of its code when CloudFormation has been asked: a request waits for no other's. */
const HANDLES: Readonly<Record<string, Handle>> = {
  [UPGRADE_GUARD_TYPE]: guardUpgrade,
  [ADD_ON_VERSIONS_TYPE]: resolveAddOnVersions,
  [BAKE_TYPE]: bake,
};

async function dispatch(
  event: CustomResourceEvent, aws: AwsConnection, scope: RequestScope,
): Promise<ResourceData | typeof ANSWERED_LATER> {
  const { ResourceType: type } = event;
  if (!Object.hasOwn(HANDLES, type)) throw refusal(says.unknownResource({ type, types: Object.keys(HANDLES) }));
  return HANDLES[type](event, aws, scope);
}
