import { resolveAddOnVersions } from './add-on-versions-handler';
import { CustomResourceEvent, InvocationContext, ResourceData } from './custom-resource-event';
import { Outcome, respond, RESPONSE_MILLIS } from './custom-resource-response';
import { withinTime } from './deadline';
import { ADD_ON_VERSIONS_TYPE, AddOnVersionsProperties } from './resource-properties';
import { Runtime } from './runtime';
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
    const Data = await withinTime(context.getRemainingTimeInMillis() - RESPONSE_MILLIS, async (signal) => {
      const abortable: Runtime = { ...runtime, sleep: async (millis) => runtime.sleep(millis, signal) };
      return dispatch(event, connect(abortable));
    });
    return { Status: 'SUCCESS', Data };
  } catch (error) {
    const { message, stack } = error as Error;
    runtime.log({ message: 'failure', reason: message, stack });
    return { Status: 'FAILED', Reason: message };
  }
}

function connect({ connect: connectTo, now, sleep }: Runtime): AwsClients {
  const patienceEnds = now().getTime() + PERMISSIONS_MILLIS;
  return connectTo({
    waitForPermission: async () => {
      if (now().getTime() >= patienceEnds) return false;
      await sleep(PERMISSIONS_POLL_MILLIS);
      return true;
    },
  });
}

async function dispatch(event: CustomResourceEvent, aws: AwsClients): Promise<ResourceData> {
  switch (event.ResourceType) {
    case ADD_ON_VERSIONS_TYPE:
      return resolveAddOnVersions(event as CustomResourceEvent<AddOnVersionsProperties>, aws);
    default:
      throw new Error(`'${event.ResourceType}' is no custom resource of this function: use ${ADD_ON_VERSIONS_TYPE}`);
  }
}
