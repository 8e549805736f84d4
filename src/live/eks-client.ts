import { EKSClient } from '@aws-sdk/client-eks';
import { AwsConnection } from './aws-connection';

/** Connects to EKS alone. */
export function eksOf({ connectTo }: AwsConnection): EKSClient {
  return connectTo(EKSClient, 'eks');
}
