import { BakeEnded } from './bake-execution';
import { Runtime } from './runtime';
import { heldBack, heldInWords, POD_EVICTION_FAILURE } from '../engine/judgement/workloads/held-back';
import { describeHealthIssue } from '../engine/state/health-issue';
import { Known } from '../engine/state/known';
import { NodeGroupUpdateRecord } from '../engine/state/node-room';
import { WorkloadState } from '../engine/state/workloads/workload-state';
import { attempt } from '../live/attempt';
import { AwsClients, clientsOf } from '../live/aws-clients';
import { readCluster } from '../live/cluster';
import { readClusterWorkloads } from '../live/kubernetes/cluster-workloads';
import { readLastUpdate } from '../live/last-update';
import { millisUntil, within } from '../live/within';

/** The state machine waits a minute for the answer: half of it is for this. */
const PATIENCE_MILLIS = 25_000;

/** Beyond this number, pods are counted: CloudFormation takes 4 KB of reason. */
const PODS_NAMED = 8;

/**
 * Tells which pods and budgets have held the nodes of a node group whose bake has failed: in EKS's words, and, where the guard
 * looks into the cluster, by a rehearsal. Nothing where its last update has neither failed over pods nor still waits for them.
 *
 * Never throws: a bake has failed, whether or not this can be told.
 */
export async function evictionsHeld(
  { Request, Problems }: BakeEnded['BakeEnded'], { connect, log }: Pick<Runtime, 'connect' | 'log'>,
): Promise<readonly string[]> {
  const { Subject: { ClusterName, NodegroupName }, Workloads } = Request.ResourceProperties;
  if (Problems.length === 0 || NodegroupName === undefined) return [];
  const until = new Date(Date.now() + PATIENCE_MILLIS);
  const aws = clientsOf(connect({}));
  const update = await within(
    PATIENCE_MILLIS, `reading the last update of ${NodegroupName}`, attempt(async () => readLastUpdate(aws.eks, ClusterName, NodegroupName)),
  );
  if (!update.known) {
    log({ message: `what held the nodes is not known: ${update.why}` });
    return [];
  }
  const errors = update.value?.status === 'Failed' ? update.value.errors.filter(({ code }) => code === POD_EVICTION_FAILURE) : [];
  if (errors.length === 0 && !isWaiting(update.value) && !Problems.some((problem) => problem.startsWith(POD_EVICTION_FAILURE))) return [];

  const inWordsOfEks = errors.map(
    (error) => `its last update failed with ${describeHealthIssue(error)}`
      + (error.resourceIds.length > 0 ? ` (${error.resourceIds.join(', ')})` : ''),
  );
  if (Workloads !== 'true') return inWordsOfEks;
  const workloads = await readInside(aws, ClusterName, until);
  if (!workloads.known) return [...inWordsOfEks, `what holds the pods is not known: ${workloads.why}`];
  const held = heldBack(NodegroupName, { resourceIds: errors.flatMap(({ resourceIds }) => resourceIds) }, workloads.value).map(heldInWords);
  return [...inWordsOfEks, ...held.slice(0, PODS_NAMED), ...held.length > PODS_NAMED ? [`and ${held.length - PODS_NAMED} more pods`] : []];
}

async function readInside({ eks, ec2 }: AwsClients, name: string, until: Date): Promise<Known<WorkloadState>> {
  const cluster = await within(millisUntil(until, PATIENCE_MILLIS), `reading cluster ${name}`, attempt(async () => readCluster(eks, name)));
  return cluster.known ? readClusterWorkloads(cluster.value, { eks, ec2 }, {}, until) : cluster;
}

function isWaiting(update: NodeGroupUpdateRecord | undefined): boolean {
  return update?.status === 'InProgress';
}
