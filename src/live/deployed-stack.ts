import { CloudFormationClient, paginateListStackResources, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { allPages } from './all-pages';
import { attempt } from './attempt';
import { AwsCallError, unlessMissing } from './aws-call-error';
import { isThere } from './cloudformation/resource-status';
import { readStackState } from './cloudformation/stack-state';
import { readTemplate } from './cloudformation/template';
import {
  DeployedStack, NESTED_STACK_TYPE, NO_STACK, TemplateResources, templateResources, UPGRADE_TYPES, withStackTags,
} from '../engine/state/deployed-stack';
import { mapValues } from '../engine/state/map-values';

/**
 * A stack as CloudFormation has it, as far as upgrades are concerned; empty when it does not exist yet.
 *
 * @param stackName its name, or its ARN
 * @throws AwsCallError
 */
export async function readDeployedStack(cloudFormation: CloudFormationClient, stackName: string): Promise<DeployedStack> {
  const read = async (): Promise<DeployedStack> => {
    const [template, stack, listed] = await Promise.all([
      readTemplate(cloudFormation, stackName),
      attempt(async () => readStackState(cloudFormation, stackName)),
      listResources(cloudFormation, stackName),
    ]);
    const resources = markingLeftOut(templateResources(template), listed);
    return {
      resources: stack.known ? withStackTags(resources, stack.value.tags) : resources,
      physicalIds: Object.fromEntries(listed
        .filter(isThere)
        .filter(({ LogicalResourceId, PhysicalResourceId, ResourceType }) =>
          PhysicalResourceId && (resources[LogicalResourceId!] || ResourceType === NESTED_STACK_TYPE)) // one that a macro made
        .map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId!, PhysicalResourceId!])),
      failed: listed.flatMap(({ LogicalResourceId, ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED' ? LogicalResourceId! : []),
      ...stack.known ? { status: stack.value.status } : { unreadState: stack.why },
    };
  };
  return await unlessMissing(read, isMissingStack) ?? NO_STACK;
}

/** Marks what is under a condition and what CloudFormation does not list, as it does what it could not create. */
function markingLeftOut(resources: TemplateResources, listed: readonly StackResourceSummary[]): TemplateResources {
  const there = new Set(listed.filter(isThere).map(({ LogicalResourceId }) => LogicalResourceId));
  return mapValues(resources, (resource, id) =>
    resource.condition === undefined || there.has(id) ? resource : { ...resource, isLeftOut: true });
}

/**
 * The same of a stack that need not take part in upgrades: where the list of its resources, which is one call, tells of none that does, it
 * counts as empty.
 *
 * @throws AwsCallError
 */
export async function readStackThatMayHoldParts(cloudFormation: CloudFormationClient, stackName: string): Promise<DeployedStack> {
  const listed = await unlessMissing(async () => listResources(cloudFormation, stackName), isMissingStack) ?? [];
  const isOfInterest = listed.some(({ ResourceType }) => UPGRADE_TYPES.includes(ResourceType!));
  return isOfInterest ? readDeployedStack(cloudFormation, stackName) : NO_STACK;
}

async function listResources(cloudFormation: CloudFormationClient, stackName: string): Promise<StackResourceSummary[]> {
  const pages = paginateListStackResources({ client: cloudFormation }, { StackName: stackName });
  return allPages(pages, (page) => page.StackResourceSummaries);
}

/** CloudFormation has no code of its own for this. */
function isMissingStack(error: unknown): boolean {
  return error instanceof AwsCallError && error.code === 'ValidationError' && /^Stack .* does not exist/.test(error.cause.message);
}
