import { CustomResourceEvent, InvocationContext } from './custom-resource-event';
import { serve } from './custom-resource-handler';
import { LAMBDA_RUNTIME } from './runtime';

/** What Lambda calls for every request of CloudFormation. */
export const handler = async (event: CustomResourceEvent, context: InvocationContext) => serve(event, context, LAMBDA_RUNTIME);
