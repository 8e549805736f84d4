import { DescribeUpdateCommand, EKSClient, paginateListUpdates, Update } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { Patience, poll } from './poll';
import { OngoingUpdate, VersionChange } from '../engine/state/cluster-state';

/**
 * All updates that EKS remembers of a control plane, or of one of its node groups.
 *
 * @throws AwsCallError
 */
export async function readUpdates(eks: EKSClient, clusterName: string, nodegroupName?: string): Promise<Update[]> {
  const ids = await allPages(paginateListUpdates({ client: eks }, { name: clusterName, nodegroupName }), ({ updateIds }) => updateIds);
  return askForEach(ids, async (id) => readUpdate(eks, clusterName, id, nodegroupName));
}

/**
 * Waits until the updates of a control plane that are under way have ended, successfully or not.
 *
 * @throws AwsCallError
 */
export async function awaitOngoingUpdates(eks: EKSClient, clusterName: string, patience: Patience): Promise<void> {
  let ongoing = ongoingUpdates(await readUpdates(eks, clusterName));
  await poll(async () => {
    ongoing = ongoingUpdates(await askForEach(ongoing, async ({ id }) => readUpdate(eks, clusterName, id)));
    return ongoing;
  }, ({ length }) => length === 0, patience);
}

/** Those that have not ended. */
export function ongoingUpdates(updates: readonly Update[]): OngoingUpdate[] {
  return updates
    .filter(({ status }) => !['Successful', 'Failed', 'Cancelled'].includes(status!))
    .map(({ id, type }) => ({ id: id!, type: type! }));
}

/** The version changes among them that succeeded. */
export function versionHistory(updates: readonly Update[]): VersionChange[] {
  return updates
    .filter(({ type, status }) => ['VersionUpdate', 'VersionRollback'].includes(type!) && status === 'Successful')
    .map(({ type, params, createdAt }) => ({
      kind: type === 'VersionRollback' ? 'rollback' : 'upgrade',
      to: params?.find((param) => param.type === 'Version')?.value ?? 'unknown',
      startedAt: createdAt!.toISOString(),
    }));
}

async function readUpdate(eks: EKSClient, clusterName: string, updateId: string, nodegroupName?: string): Promise<Update> {
  return (await eks.send(new DescribeUpdateCommand({ name: clusterName, updateId, nodegroupName }))).update!;
}
