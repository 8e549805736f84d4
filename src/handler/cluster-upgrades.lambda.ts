import { BakeEnded, ExecutionEnded, unansweredBake } from './bake-execution';
import { CustomResourceEvent, InvocationContext } from './custom-resource-event';
import { serve } from './custom-resource-handler';
import { LAMBDA_RUNTIME } from './runtime';

/**
 * What Lambda calls for every request of CloudFormation, for the state machine at the end of a bake, and for EventBridge when
 * that broke off.
 */
export const handler = async (event: CustomResourceEvent | BakeEnded | ExecutionEnded, context: InvocationContext) => {
  if ('RequestType' in event) return serve(event, context, LAMBDA_RUNTIME);
  const ended = 'detail' in event ? unansweredBake(event) : event.BakeEnded;
  if (!ended) return;
  const { endBake } = await import('./bake-end.js');
  return endBake(ended, context, LAMBDA_RUNTIME);
};
