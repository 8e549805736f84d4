import { CloudFormationClient, DescribeStacksCommand, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { StackState } from '../../engine/state/stack-state';

/**
 * What CloudFormation says of a stack. Needs `cloudformation:DescribeStacks`.
 *
 * @param stackId its ARN, or its name
 * @throws AwsCallError
 */
export async function readStackState(cloudFormation: CloudFormationClient, stackId: string): Promise<StackState> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }));
  const { StackStatus: status = 'UNKNOWN', DeploymentConfig, ChangeSetId: changeSetId, Parameters, Tags, RootId: rootId } = stack ?? {};
  return {
    status,
    isRollingBack: status.includes('ROLLBACK'),
    isExpress: DeploymentConfig?.Mode === 'EXPRESS',
    ...changeSetId !== undefined && { changeSetId },
    parameters: parametersOf(Parameters),
    tags: tagsOf(Tags),
    ...rootId !== undefined && { rootId },
  };
}

/** By key. */
function parametersOf(parameters: readonly Parameter[] = []): Record<string, string> {
  return Object.fromEntries(
    parameters.map(({ ParameterKey, ParameterValue, ResolvedValue }) => [ParameterKey!, ResolvedValue ?? ParameterValue ?? '']),
  );
}

/** By key. */
function tagsOf(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value ?? '']));
}
