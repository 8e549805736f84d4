import { SFNClient, StartExecutionCommand, type StartExecutionInput } from '@aws-sdk/client-sfn';
import { AwsCallError } from './aws-call-error';
import { AwsClientsOptions, clientConfig, nameCalls } from './aws-clients';

/** Connects to Step Functions, which only the handler needs. Whatever its calls throw is an {@link AwsCallError}. */
export function stepFunctionsClient({ tryAgain, signal: _, ...options }: AwsClientsOptions): SFNClient {
  const client = new SFNClient(clientConfig(options));
  nameCalls(client, 'states', tryAgain);
  return client;
}

/**
 * Starts an execution of a state machine. One of the same name that was started before, whether it has ended or not, counts as this one.
 *
 * @throws AwsCallError
 */
export async function startExecution(
  stepFunctions: SFNClient, execution: Required<Pick<StartExecutionInput, 'stateMachineArn' | 'name' | 'input'>>,
): Promise<void> {
  try {
    await stepFunctions.send(new StartExecutionCommand(execution));
  } catch (error) {
    if (!(error instanceof AwsCallError && error.code === 'ExecutionAlreadyExists')) throw error;
  }
}
