import { CloudFormationClient, GetTemplateCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import { allPages } from './all-pages';
import { AwsCallError } from './aws-call-error';
import { DeployedStack, NESTED_STACK_TYPE, Template, templateResources } from '../engine/state/deployed-stack';

/** A stack that does not exist yet. */
export const NO_STACK: DeployedStack = { resources: {}, physicalIds: {} };

/**
 * A stack as CloudFormation has it, as far as upgrades are concerned; empty when it does not exist yet.
 *
 * @param stackName its name, or its ARN
 * @throws AwsCallError
 */
export async function readDeployedStack(cloudFormation: CloudFormationClient, stackName: string): Promise<DeployedStack> {
  try {
    const [template, listed] = await Promise.all([
      cloudFormation.send(new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' })),
      allPages(paginateListStackResources({ client: cloudFormation }, { StackName: stackName }), (page) => page.StackResourceSummaries),
    ]);
    const resources = templateResources(parseTemplate(template.TemplateBody));
    return {
      resources,
      physicalIds: Object.fromEntries(listed
        .filter(({ LogicalResourceId, PhysicalResourceId, ResourceStatus, ResourceType }) =>
          PhysicalResourceId && ResourceStatus !== 'DELETE_COMPLETE' && (resources[LogicalResourceId!] || ResourceType === NESTED_STACK_TYPE))
        .map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId!, PhysicalResourceId!])),
    };
  } catch (error) {
    if (isMissingStack(error)) return NO_STACK;
    throw error;
  }
}

/** The CDK's CLI sends JSON when a template is large, and YAML 1.1 otherwise; CloudFormation returns what it was sent. */
function parseTemplate(body = '{}'): Template {
  return body.trimStart().startsWith('{') ? JSON.parse(body) : parse(body, { version: '1.1', logLevel: 'silent' });
}

/** CloudFormation has no code of its own for this. */
function isMissingStack(error: unknown): boolean {
  return error instanceof AwsCallError && error.code === 'ValidationError' && /^Stack .* does not exist/.test(error.cause.message);
}
