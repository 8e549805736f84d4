import { Cluster, paginateListFargateProfiles } from '@aws-sdk/client-eks';
import { readAddOns } from './add-ons';
import { allPages } from './all-pages';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readCluster } from './cluster';
import { healthIssuesOf } from './health-issues';
import { readInsights } from './insights';
import { readNodeGroups } from './node-groups';
import { readOfferedVersions } from './offered-versions';
import { readSubnets } from './subnets';
import { ongoingUpdates, readUpdates, versionHistory } from './updates';
import { ClusterState, SupportType } from '../upgrade/cluster-state';
import { Known, known, notKnown } from '../upgrade/known';

/** What to read of a cluster. */
export interface ReadClusterStateOptions {
  /** The Kubernetes versions for which to ask what EKS offers of add-ons and AMIs: those that the cluster is to get. */
  readonly kubernetesVersions: readonly string[];

  /** When it is read. */
  readonly now: Date;
}

/**
 * Reads all that can be known of a cluster. Parts that AWS does not give are unknown, with the reason; changes nothing.
 *
 * @throws AwsCallError if the cluster itself cannot be described
 */
export async function readClusterState(aws: AwsClients, clusterName: string, options: ReadClusterStateOptions): Promise<ClusterState> {
  const { kubernetesVersions, now } = options;
  const { eks, ec2 } = aws;
  const cluster = await readCluster(eks, clusterName);
  const [updates, nodeGroups, addOns, insights, subnets, fargateProfiles, offeredVersions] = await Promise.all([
    attempt(async () => readUpdates(eks, clusterName)),
    attempt(async () => readNodeGroups(aws, clusterName, kubernetesVersions)),
    attempt(async () => readAddOns(eks, clusterName, kubernetesVersions)),
    attempt(async () => readInsights(eks, clusterName)),
    attempt(async () => readSubnets(ec2, cluster.resourcesVpcConfig?.subnetIds ?? [])),
    attempt(async () => allPages(paginateListFargateProfiles({ client: eks }, { clusterName }), ({ fargateProfileNames }) => fargateProfileNames)),
    attempt(async () => readOfferedVersions(eks)),
  ]);
  return {
    name: clusterName,
    observedAt: now.toISOString(),
    version: cluster.version!,
    status: cluster.status!,
    healthIssues: healthIssuesOf(cluster.health),
    supportType: supportTypeOf(cluster),
    autoMode: cluster.computeConfig?.enabled ?? false,
    updatesInProgress: updates.known ? known(ongoingUpdates(updates.value)) : updates,
    versionHistory: updates.known ? known(versionHistory(updates.value)) : updates,
    nodeGroups,
    addOns,
    insights,
    subnets,
    fargateProfiles,
    offeredVersions,
  };
}

function supportTypeOf({ upgradePolicy }: Cluster): Known<SupportType> {
  return upgradePolicy?.supportType ? known(upgradePolicy.supportType) : notKnown('EKS does not tell it');
}
