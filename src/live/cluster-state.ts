import { Cluster, paginateListFargateProfiles } from '@aws-sdk/client-eks';
import { readAddOns } from './add-ons';
import { allPages } from './all-pages';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readCertificateAuthorities } from './certificate-authorities';
import { readCluster } from './cluster';
import { healthIssuesOf } from './health-issues';
import { readInsights } from './insights';
import { readClusterWorkloads, WorkloadAccess } from './kubernetes/cluster-workloads';
import { readNodeGroups } from './node-groups';
import { readSignals, SignalSources } from './signals';
import { readSubnets } from './subnets';
import { ongoingUpdates, readUpdates, versionHistory } from './updates';
import { ClusterState, SupportType } from '../engine/state/cluster-state';
import { Known, known, notKnown } from '../engine/state/known';

/** How to read a cluster. */
export interface ReadClusterStateOptions {
  /** When it is read. */
  readonly now: Date;
  /**
   * Who is asked beside EKS whether something may move.
   *
   * @default - nobody
   */
  readonly signals?: SignalSources;
  /**
   * How to reach the Kubernetes API, to read what runs in the cluster.
   *
   * @default - that is not read
   */
  readonly workloads?: WorkloadAccess;
}

/**
 * Reads all that can be known of a cluster. Parts that AWS does not give are unknown, with the reason; changes nothing.
 *
 * @throws AwsCallError if the cluster itself cannot be described
 */
export async function readClusterState(
  aws: AwsClients, clusterName: string, { now, signals: sources = {}, workloads: access }: ReadClusterStateOptions,
): Promise<ClusterState> {
  const { eks, ec2 } = aws;
  const cluster = await readCluster(eks, clusterName);
  const [updates, nodeGroups, addOns, insights, subnets, fargateProfiles, signals, certificateAuthorities, workloads] = await Promise.all([
    attempt(async () => readUpdates(eks, clusterName)),
    attempt(async () => readNodeGroups(eks, clusterName)),
    attempt(async () => readAddOns(eks, clusterName)),
    attempt(async () => readInsights(eks, clusterName)),
    attempt(async () => readSubnets(ec2, cluster.resourcesVpcConfig?.subnetIds ?? [])),
    attempt(async () => allPages(paginateListFargateProfiles({ client: eks }, { clusterName }), ({ fargateProfileNames }) => fargateProfileNames)),
    readSignals(aws, sources),
    attempt(async () => readCertificateAuthorities(eks, clusterName)),
    access && readClusterWorkloads(cluster, aws, access),
  ]);
  return {
    name: clusterName,
    arn: cluster.arn!,
    observedAt: now.toISOString(),
    version: cluster.version!,
    platformVersion: cluster.platformVersion,
    status: cluster.status!,
    healthIssues: healthIssuesOf(cluster.health),
    supportType: supportTypeOf(cluster),
    autoMode: cluster.computeConfig?.enabled ?? false,
    updatesInProgress: updates.known ? known(ongoingUpdates(updates.value)) : updates,
    versionHistory: updates.known ? known(versionHistory(updates.value)) : updates,
    nodeGroups: nodeGroups.known ? known(nodeGroups.value.read) : nodeGroups,
    unreadNodeGroups: nodeGroups.known ? nodeGroups.value.unread : [],
    addOns: addOns.known ? known(addOns.value.read) : addOns,
    unreadAddOns: addOns.known ? addOns.value.unread : [],
    insights,
    subnets,
    fargateProfiles,
    signals,
    ...workloads && { workloads },
    certificateAuthorities,
  };
}

function supportTypeOf({ upgradePolicy }: Cluster): Known<SupportType> {
  return upgradePolicy?.supportType ? known(upgradePolicy.supportType) : notKnown('EKS does not tell it');
}
