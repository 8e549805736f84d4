import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import type { EKSClient } from '@aws-sdk/client-eks';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AwsConnection, awsConnection, AwsConnectionOptions } from './aws-connection';
import { cloudFormationOf } from './cloudformation/cloudformation-client';
import { eksOf } from './eks-client';

/** The services that a cluster is read from; further ones are connected to where they are needed, and loaded only then. */
export interface AwsClients extends AwsConnection {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly ssm: SSMClient;
}

/** Connects to the services; nothing is sent yet. */
export function awsClients(options?: AwsConnectionOptions): AwsClients {
  return clientsOf(awsConnection(options));
}

/** The services, of a connection that may have been used before. */
export function clientsOf(connection: AwsConnection): AwsClients {
  const { connectTo } = connection;
  return {
    cloudFormation: cloudFormationOf(connection),
    cloudWatch: connectTo(CloudWatchClient, 'cloudwatch'),
    ec2: connectTo(EC2Client, 'ec2'),
    eks: eksOf(connection),
    ssm: connectTo(SSMClient, 'ssm'),
    connectTo,
  };
}
