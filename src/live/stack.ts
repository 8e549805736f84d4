import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { AwsCallError, unlessMissing } from './aws-call-error';
import { isThere } from './cloudformation/resource-status';

/** The Region of a stack, from its ARN. */
export function regionOf(stackId: string): string {
  return stackId.split(':')[3];
}

/** The physical id of a resource; undefined when the stack does not have it (yet, or any more). */
export async function physicalIdOf(cloudFormation: CloudFormationClient, stackId: string, logicalId: string): Promise<string | undefined> {
  return unlessMissing(async () => {
    const { StackResourceDetail: resource } = await cloudFormation.send(new DescribeStackResourceCommand({
      StackName: stackId,
      LogicalResourceId: logicalId,
    }));
    return resource && isThere(resource) ? resource.PhysicalResourceId || undefined : undefined;
  }, isMissingResource);
}

/** CloudFormation has no code of its own for this. */
function isMissingResource(error: unknown): boolean {
  return error instanceof AwsCallError && error.code === 'ValidationError' && /^Resource .* does not exist/.test(error.cause.message);
}
