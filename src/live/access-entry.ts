import { DescribeAccessEntryCommand, EKSClient } from '@aws-sdk/client-eks';
import { unlessMissing } from './aws-call-error';
import { AccessEntryState } from '../engine/state/node-room';

/**
 * The access entry of a role; undefined when the cluster has none for it.
 *
 * @throws AwsCallError
 */
export async function readAccessEntry(eks: EKSClient, clusterName: string, principalArn: string): Promise<AccessEntryState | undefined> {
  return unlessMissing(async () => {
    const { accessEntry } = await eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
    return { type: accessEntry?.type ?? 'STANDARD' };
  });
}
