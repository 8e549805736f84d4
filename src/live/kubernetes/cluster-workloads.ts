import { setMaxListeners } from 'node:events';
import type { Agent } from 'node:http';
import type { Cluster, EKSClient } from '@aws-sdk/client-eks';
import { requireEndpointOf, requireNodesOf } from './another-cluster';
import { eksConnection } from './eks-connection';
import { KubernetesConnection } from './kubernetes-api';
import { KubernetesCallError } from './kubernetes-call-error';
import { readNodesOfGroups } from './nodes-of-groups';
import { readWorkloads } from './workloads';
import { Known, known, notKnown } from '../../engine/state/known';
import { NodeGroupState } from '../../engine/state/node-group-state';
import { WorkloadState } from '../../engine/state/workloads/workload-state';
import { AwsClients } from '../aws-clients';
import { millisUntil, within } from '../within';

/** How the Kubernetes API of a cluster is reached. */
export interface WorkloadAccess {
  /** @default - by a token of EKS, with the credentials at hand */
  readonly connect?: () => Promise<KubernetesConnection>;

  /**
   * Whose token is tried first, by the Region of the cluster: the caller's own, where AWS is read by a role that may know nothing of the
   * cluster.
   *
   * @default - only that of the credentials with which AWS is read
   */
  readonly credentials?: (region: string) => EKSClient['config']['credentials'];

  /**
   * Makes what sends the requests, where a connection has nothing of its own.
   *
   * @default - they are sent directly to the API server
   */
  readonly agent?: () => Promise<Agent | undefined>;

  /** @default 120000 */
  readonly patienceMillis?: number;
}

const PATIENCE_MILLIS = 120_000;

/**
 * Reads what runs in a cluster. Never throws, and never waits for ever: what cannot be reached is not known.
 *
 * @param until ends the waiting where that is sooner
 * @param groups the node groups of the cluster as EKS knows them, by which a connection to another cluster is found out
 */
export async function readClusterWorkloads(
  cluster: Cluster, aws: Pick<AwsClients, 'eks' | 'ec2'>, { patienceMillis = PATIENCE_MILLIS, ...access }: WorkloadAccess,
  until?: Date, groups?: Promise<readonly NodeGroupState[]>,
): Promise<Known<WorkloadState>> {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // every request under way listens
  const reading = read(cluster, aws, { ...access, groups }, ending.signal);
  // what still runs would keep the process from ending
  return within(millisUntil(until, patienceMillis), `reading what runs in ${cluster.name}`, reading).finally(() => ending.abort());
}

async function read(
  cluster: Cluster, { eks, ec2 }: Pick<AwsClients, 'eks' | 'ec2'>,
  { connect, credentials, agent, groups }: WorkloadAccess & { readonly groups?: Promise<readonly NodeGroupState[]> },
  signal: AbortSignal,
): Promise<Known<WorkloadState>> {
  if (!connect && cluster.endpoint === undefined) return notKnown('the cluster has no endpoint');
  const denials: Known<WorkloadState>[] = [];
  for (const connection of connect ? [connect] : await connectionsTo(cluster, eks, credentials)) {
    let connected: KubernetesConnection;
    try {
      connected = await connection();
    } catch (error) {
      denials.push(notKnown((error as Error).message));
      continue;
    }
    try {
      if (connect) requireEndpointOf(cluster, connected);
      const nodesFromElsewhere = async () => readNodesOfGroups(ec2, cluster.name!);
      const workloads = await readWorkloads(connected, { nodesFromElsewhere, signal, agent: await agent?.() });
      if (connect) requireNodesOf(cluster, await groups ?? [], workloads, connected);
      return known(workloads);
    } catch (error) {
      denials.push(notKnown((error as Error).message));
      if (!(error instanceof KubernetesCallError && error.isDenied)) return denials.at(-1)!;
    }
  }
  return denials[0]; // that of the caller, who knows whose it is
}

/** The connections to a cluster of those who may sign a token, each of which fails where there are no credentials. */
async function connectionsTo(
  cluster: Cluster, eks: EKSClient, credentials: WorkloadAccess['credentials'],
): Promise<(() => Promise<KubernetesConnection>)[]> {
  const signers = [...credentials ? [credentials(await eks.config.region())] : [], eks.config.credentials];
  return signers.map((signer) => async () => {
    await signer();
    return eksConnection(cluster, eks, signer);
  });
}
