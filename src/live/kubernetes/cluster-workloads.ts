import type { Cluster } from '@aws-sdk/client-eks';
import { eksConnection } from './eks-connection';
import { KubernetesConnection } from './kubernetes-api';
import { readNodesOfGroups } from './nodes-of-groups';
import { readWorkloads } from './workloads';
import { Known, known, notKnown } from '../../engine/state/known';
import { WorkloadState } from '../../engine/state/workloads/workload-state';
import { AwsClients } from '../aws-clients';
import { within } from '../within';

/** How the Kubernetes API of a cluster is reached. */
export interface WorkloadAccess {
  /** @default - by a token of EKS, with the credentials at hand */
  readonly connect?: () => Promise<KubernetesConnection>;

  /** @default 120000 */
  readonly patienceMillis?: number;
}

const PATIENCE_MILLIS = 120_000;

/** Reads what runs in a cluster. Never throws, and never waits for ever: what cannot be reached is not known. */
export async function readClusterWorkloads(
  cluster: Cluster, aws: Pick<AwsClients, 'eks' | 'ec2'>, { patienceMillis = PATIENCE_MILLIS, connect }: WorkloadAccess,
): Promise<Known<WorkloadState>> {
  return within(patienceMillis, `reading what runs in ${cluster.name}`, read(cluster, aws, connect));
}

async function read(
  cluster: Cluster, { eks, ec2 }: Pick<AwsClients, 'eks' | 'ec2'>, connect: WorkloadAccess['connect'],
): Promise<Known<WorkloadState>> {
  try {
    if (!connect && cluster.endpoint === undefined) return notKnown('the cluster has no endpoint');
    const connection = connect ? await connect() : eksConnection(cluster, eks);
    return known(await readWorkloads(connection, { nodesFromElsewhere: async () => readNodesOfGroups(ec2, cluster.name!) }));
  } catch (error) {
    return notKnown((error as Error).message);
  }
}
