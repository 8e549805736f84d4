import { BakeEnded } from './bake-execution';
import { Runtime } from './runtime';
import { heldBack, heldInWords, POD_EVICTION_FAILURE } from '../engine/judgement/workloads/held-back';
import { describeHealthIssue } from '../engine/state/health-issue';
import { NodeGroupUpdateRecord } from '../engine/state/node-room';
import { attempt } from '../live/attempt';
import { AwsClients, clientsOf } from '../live/aws-clients';
import { readCluster } from '../live/cluster';
import { readClusterWorkloads } from '../live/kubernetes/cluster-workloads';
import { readLastUpdate } from '../live/last-update';
import { within } from '../live/within';

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
  const told = await within(PATIENCE_MILLIS, `looking for what held ${NodegroupName}`, attempt(async () => (
    tell(clientsOf(connect({})), { cluster: ClusterName, nodeGroup: NodegroupName, problems: Problems, looksInside: Workloads === 'true' })
  )));
  if (!told.known) log({ message: `what held the nodes is not known: ${told.why}` });
  return told.known ? told.value : [];
}

interface Question {
  readonly cluster: string;
  readonly nodeGroup: string;
  readonly problems: readonly string[];
  readonly looksInside: boolean;
}

async function tell({ eks, ec2 }: AwsClients, { cluster, nodeGroup, problems, looksInside }: Question): Promise<string[]> {
  const update = await readLastUpdate(eks, cluster, nodeGroup);
  const errors = update?.status === 'Failed' ? update.errors.filter(({ code }) => code === POD_EVICTION_FAILURE) : [];
  if (errors.length === 0 && !isWaiting(update) && !problems.some((problem) => problem.startsWith(POD_EVICTION_FAILURE))) return [];

  const inWordsOfEks = errors.map(
    (error) => `its last update failed with ${describeHealthIssue(error)}`
      + (error.resourceIds.length > 0 ? ` (${error.resourceIds.join(', ')})` : ''),
  );
  if (!looksInside) return inWordsOfEks;
  const workloads = await readClusterWorkloads(await readCluster(eks, cluster), { eks, ec2 }, { patienceMillis: PATIENCE_MILLIS });
  if (!workloads.known) return [...inWordsOfEks, `what holds the pods is not known: ${workloads.why}`];
  const held = heldBack(nodeGroup, { resourceIds: errors.flatMap(({ resourceIds }) => resourceIds) }, workloads.value).map(heldInWords);
  return [...inWordsOfEks, ...held.slice(0, PODS_NAMED), ...held.length > PODS_NAMED ? [`and ${held.length - PODS_NAMED} more pods`] : []];
}

function isWaiting(update: NodeGroupUpdateRecord | undefined): boolean {
  return update?.status === 'InProgress';
}
