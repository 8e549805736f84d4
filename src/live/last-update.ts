import { EKSClient } from '@aws-sdk/client-eks';
import { readUpdates } from './updates';
import { NodeGroupUpdateRecord } from '../engine/state/node-room';

/**
 * The last update of a node group, which EKS lists in no order that it promises; undefined when it had none.
 *
 * @throws AwsCallError
 */
export async function readLastUpdate(eks: EKSClient, clusterName: string, nodeGroup: string): Promise<NodeGroupUpdateRecord | undefined> {
  const updates = await readUpdates(eks, clusterName, nodeGroup);
  const [last] = updates.sort((a, b) => b.createdAt!.getTime() - a.createdAt!.getTime());
  return last && {
    type: last.type!,
    status: last.status!,
    startedAt: last.createdAt!.toISOString(),
    errors: (last.errors ?? []).map(({ errorCode, errorMessage, resourceIds }) => ({
      code: errorCode ?? 'Unknown', message: errorMessage ?? '', resourceIds: resourceIds ?? [],
    })),
  };
}
