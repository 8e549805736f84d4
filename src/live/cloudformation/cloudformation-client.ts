import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { AwsConnection } from '../aws-connection';

/** Connects to CloudFormation alone: what asks it first of all waits for no other service to be loaded. */
export function cloudFormationOf({ connectTo }: AwsConnection): CloudFormationClient {
  return connectTo(CloudFormationClient, 'cloudformation');
}
