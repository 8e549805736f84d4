import { BakeEnded } from './bake-execution';
import { CustomResourceEvent, InvocationContext } from './custom-resource-event';
import { endBake, serve } from './custom-resource-handler';
import { LAMBDA_RUNTIME } from './runtime';

/** What Lambda calls for every request of CloudFormation, and for the state machine at the end of a bake. */
export const handler = async (event: CustomResourceEvent | BakeEnded, context: InvocationContext) =>
  'BakeEnded' in event ? endBake(event, context, LAMBDA_RUNTIME) : serve(event, context, LAMBDA_RUNTIME);
