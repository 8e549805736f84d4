import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { hasCode, unlessMissing } from './aws-call-error';

/** An SSM parameter. */
export interface ParameterValue {
  readonly value: string;
  /** When it got the value: for the parameters of AMIs, when AWS moved its recommendation. ISO 8601. */
  readonly modifiedAt: string;
}

/**
 * Reads an SSM parameter; undefined when there is none.
 *
 * @throws AwsCallError
 */
export async function readParameter(ssm: SSMClient, name: string): Promise<ParameterValue | undefined> {
  return unlessMissing(async () => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return { value: Parameter!.Value!, modifiedAt: Parameter!.LastModifiedDate!.toISOString() };
  }, hasCode('ParameterNotFound'));
}
