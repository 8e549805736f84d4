/**
 * Stands in for AWS Step Functions as far as executions are started; they run on MiniStack (`test/deploy`).
 */
import { ACCOUNT, REGION, AwsError, type AwsService, type Input } from './aws-service';
import { JSON_1_1 } from './wire-protocol';

export class StepFunctions implements AwsService {
  readonly name = 'sfn';
  readonly protocol = JSON_1_1;
  readonly errorCodes = {
    accessDenied: { code: 'AccessDeniedException', status: 400 },
    throttled: { code: 'ThrottlingException', status: 400 },
    serverError: { code: 'InternalServerError', status: 500 },
  };

  /** By name, oldest first: the input of each. */
  readonly executions = new Map<string, unknown>();

  readonly actions = {
    StartExecution: ({ stateMachineArn, name, input }: Input) => {
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      if (this.executions.has(name)) {
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
      }
      this.executions.set(name, JSON.parse(input));
      return { executionArn, startDate: new Date() };
    },
  };

  resourceOf({ stateMachineArn }: Input): string {
    return stateMachineArn ?? `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:*`;
  }
}
