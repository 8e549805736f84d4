/**
 * Updates in the EKS stand-in: they take time, end as `Successful` or `Failed`, and can be asked about.
 */
import { randomUUID } from 'node:crypto';
import type {
  CancelUpdateResponse, DescribeUpdateResponse, ListUpdatesResponse, Update, UpdateParamType, UpdateType,
} from '@aws-sdk/client-eks';
import { AwsError, type Input } from './aws-service';
import { found, type ClusterRecord, type EksRegion, type UpdateRecord } from './eks-region';
import type { UpdateError } from './eks-rules';
import { pageOf } from './pages';

/** An update that EKS has accepted. */
export interface AcceptedUpdate extends Omit<UpdateRecord, 'update'> {
  readonly type: UpdateType;
  readonly params: Partial<Record<UpdateParamType, string>>;
  readonly durationMillis: number;

  /** Why it fails after all, judged when it ends. */
  readonly failure?: () => UpdateError | undefined;

  /** What is different when it has ended, successfully or not. */
  readonly ended: (successful: boolean, at: Date) => void;
}

/** Starts an update; it ends when the clock says so. */
export function startUpdate(region: EksRegion, cluster: ClusterRecord, accepted: AcceptedUpdate): Update {
  const { type, params, durationMillis, failure, ended, ...subject } = accepted;
  const update: Update = {
    id: randomUUID(),
    status: 'InProgress',
    type,
    params: Object.entries(params).map(([name, value]) => ({ type: name as UpdateParamType, value })),
    createdAt: region.clock.now(),
    errors: [],
  };
  cluster.updates.push({ update, ...subject });
  const forced = region.nextUpdateFailure;
  delete region.nextUpdateFailure;

  region.clock.after(durationMillis, (at) => {
    if (update.status === 'Cancelled') return;
    const error = forced ?? failure?.();
    update.status = error ? 'Failed' : 'Successful';
    update.errors = error ? [{ ...error, resourceIds: [] }] : [];
    ended(!error, at);
  });
  return { ...update };
}

export function updateActions(region: EksRegion) {
  return {
    CancelUpdate: ({ name, updateId }: Input): CancelUpdateResponse => ({ update: cancel(region, name, updateId) }),

    ListUpdates: (input: Input): ListUpdatesResponse => {
      const ids = updatesOf(region, input).map(({ update }) => update.id!);
      const { items, nextToken } = pageOf(ids, input, region.largestPage, 'InvalidParameterException');
      return { updateIds: [...items], nextToken };
    },

    DescribeUpdate: (input: Input): DescribeUpdateResponse => {
      const record = updatesOf(region, input).find(({ update }) => update.id === input.updateId);
      return { update: found(record, `No update found for ID: ${input.updateId}`, { clusterName: input.name }).update };
    },
  };
}

/** The updates of a node group or an add-on when one is named, else of the control plane. */
function updatesOf(region: EksRegion, { name, nodegroupName, addonName }: Input): UpdateRecord[] {
  return region.cluster(name).updates.filter((record) => record.nodegroupName === nodegroupName && record.addonName === addonName);
}

/**
 * Cancels the rollback of a version, on clusters with Auto Mode only, while their nodes go back.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CancelUpdate.html
 */
function cancel(region: EksRegion, name: string, updateId: string): Update {
  const cluster = region.cluster(name);
  const { update } = found(
    cluster.updates.find((record) => record.update.id === updateId), `No update found for ID: ${updateId}`, { clusterName: name },
  );
  if (update.type !== 'VersionRollback' || !cluster.autoMode || update.status !== 'InProgress') {
    throw new AwsError(
      'InvalidRequestException', `Update ${updateId} (${update.type}, ${update.status}) cannot be cancelled`, 400, { clusterName: name },
    );
  }
  update.status = 'Cancelled';
  cluster.status = 'ACTIVE';
  delete cluster.updateInProgress;
  return { ...update };
}
