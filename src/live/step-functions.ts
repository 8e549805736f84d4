import { SFNClient, StartExecutionCommand, type StartExecutionInput } from '@aws-sdk/client-sfn';
import { AwsCallError } from './aws-call-error';
import { AwsConnection } from './aws-connection';

/**
 * Starts an execution of a state machine. One of the same name that was started before, whether it has ended or not, counts as this one.
 *
 * @throws AwsCallError
 */
export async function startExecution(
  { connectTo }: AwsConnection, execution: Required<Pick<StartExecutionInput, 'stateMachineArn' | 'name' | 'input'>>,
): Promise<void> {
  try {
    await connectTo(SFNClient, 'states').send(new StartExecutionCommand(execution));
  } catch (error) {
    if (!(error instanceof AwsCallError && error.code === 'ExecutionAlreadyExists')) throw error;
  }
}
