import { resolveAddOnVersions } from './add-on-versions-handler';
import { CustomResourceEvent, InvocationContext, ResourceData } from './custom-resource-event';
import { Outcome, respond, RESPONSE_MILLIS } from './custom-resource-response';
import { withinTime } from './deadline';
import { guardUpgrade } from './guard-handler';
import { ADD_ON_VERSIONS_TYPE, AddOnVersionsProperties, UPGRADE_GUARD_TYPE, UpgradeGuardProperties } from './resource-properties';
import { RequestScope, Runtime } from './runtime';
import { AwsClients } from '../live/aws-clients';

/** New permissions are known everywhere after a minute at most; until then a denial may be none. */
const PERMISSIONS_MILLIS = 60_000;
const PERMISSIONS_POLL_MILLIS = 5_000;

/**
 * Serves a request of CloudFormation, and always answers it.
 *
 * @throws only if the answer cannot be delivered
 */
export async function serve(event: CustomResourceEvent, context: InvocationContext, runtime: Runtime): Promise<void> {
  const { ResponseURL, ...request } = event;
  runtime.log({ message: 'request', ...request });
  const outcome = await outcomeOf(event, context, runtime);
  runtime.log({ message: 'answer', ...outcome });
  await respond(event, context, outcome, runtime);
}

async function outcomeOf(event: CustomResourceEvent, context: InvocationContext, runtime: Runtime): Promise<Outcome> {
  if (event.RequestType === 'Delete') {
    return { Status: 'SUCCESS', Data: {} }; // nothing was created
  }
  try {
    const remainingMillis = () => context.getRemainingTimeInMillis() - RESPONSE_MILLIS;
    const Data = await withinTime(remainingMillis(), async (signal) => {
      const scope: RequestScope = { ...runtime, sleep: async (millis) => runtime.sleep(millis, signal), remainingMillis };
      const denied = new Set<string>();
      const data = await dispatch(event, connect(scope, denied), scope);
      requireNothingDenied(denied);
      return data;
    });
    return { Status: 'SUCCESS', Data };
  } catch (error) {
    const { message, stack } = error as Error;
    runtime.log({ message: 'failure', reason: message, stack });
    return isWarnOnly(event) ? { Status: 'SUCCESS', Data: {} } : { Status: 'FAILED', Reason: message };
  }
}

/** A guard that only warns lets through what it refuses, and what it could not look at. */
function isWarnOnly({ ResourceType, ResourceProperties }: CustomResourceEvent): boolean {
  return ResourceType === UPGRADE_GUARD_TYPE && (ResourceProperties as UpgradeGuardProperties).Mode === 'warn';
}

/** Connects to AWS; actions that stay denied are put into `denied`. */
function connect({ connect: connectTo, now, sleep }: RequestScope, denied: Set<string>): AwsClients {
  const patienceEnds = now().getTime() + PERMISSIONS_MILLIS;
  return connectTo({
    waitForPermission: async ({ action }) => {
      if (now().getTime() >= patienceEnds) {
        denied.add(action);
        return false;
      }
      await sleep(PERMISSIONS_POLL_MILLIS);
      return true;
    },
  });
}

/** What was judged without something that could not be read was not judged. */
function requireNothingDenied(denied: ReadonlySet<string>): void {
  if (denied.size > 0) {
    throw new Error(`not allowed to call ${[...denied].join(', ')}: allow it to the role of this function`);
  }
}

async function dispatch(event: CustomResourceEvent, aws: AwsClients, scope: RequestScope): Promise<ResourceData> {
  switch (event.ResourceType) {
    case UPGRADE_GUARD_TYPE:
      return guardUpgrade(event as CustomResourceEvent<UpgradeGuardProperties>, aws, scope);
    case ADD_ON_VERSIONS_TYPE:
      return resolveAddOnVersions(event as CustomResourceEvent<AddOnVersionsProperties>, aws);
    default:
      throw new Error(`'${event.ResourceType}' is no custom resource of this function: use ${UPGRADE_GUARD_TYPE} or ${ADD_ON_VERSIONS_TYPE}`);
  }
}
