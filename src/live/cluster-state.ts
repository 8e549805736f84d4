import { Cluster, EKSClient, paginateListFargateProfiles } from '@aws-sdk/client-eks';
import { readAddOns } from './add-ons';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AwsCallError } from './aws-call-error';
import { AwsClients } from './aws-clients';
import { readCertificateAuthorities } from './certificate-authorities';
import { readCluster } from './cluster';
import { DescribedParts } from './describe-each';
import { healthIssuesOf } from './health-issues';
import { readInsights } from './insights';
import { readClusterWorkloads, WorkloadAccess } from './kubernetes/cluster-workloads';
import { readLastUpdate } from './last-update';
import { readLaunchTemplateData } from './launch-template-data';
import { readNodeGroups } from './node-groups';
import { readNodeRoom } from './node-room';
import { readSignals, SignalSources } from './signals';
import { readSubnets } from './subnets';
import { ongoingUpdates, readUpdates, versionHistory } from './updates';
import { ClusterCreation, ClusterState, SupportType } from '../engine/state/cluster-state';
import { Known, known, notKnown } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';

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

  /**
   * Of which node groups the room for new nodes is read as well.
   *
   * @default - of none
   */
  readonly roomFor?: (group: NodeGroupState) => boolean;

  /**
   * Of which node groups it is read what their launch templates hold.
   *
   * @default - of none
   */
  readonly launchTemplatesOf?: (group: NodeGroupState) => boolean;
}

/**
 * Reads all that can be known of a cluster. Parts that AWS does not give are unknown, with the reason; changes nothing.
 *
 * @throws AwsCallError if the cluster itself cannot be described
 */
export async function readClusterState(
  aws: AwsClients, clusterName: string, { now, signals: sources = {}, workloads: access, ...parts }: ReadClusterStateOptions,
): Promise<ClusterState> {
  const { eks, ec2 } = aws;
  const cluster = await readCluster(eks, clusterName);
  requireVersion(cluster);
  const [
    updates, {
      nodeGroups, nodeRoom, lastUpdates, launchTemplates,
    }, addOns, insights, subnets, fargateProfiles, signals, certificateAuthorities,
    workloads,
  ] = await Promise.all([
    attempt(async () => readUpdates(eks, clusterName)),
    readGroups(aws, cluster, { ...parts, withLastUpdates: access !== undefined }),
    attempt(async () => readAddOns(eks, clusterName)),
    attempt(async () => readInsights(eks, clusterName)),
    attempt(async () => readSubnets(ec2, cluster.resourcesVpcConfig?.subnetIds ?? [])),
    attempt(async () => allPages(
      paginateListFargateProfiles({ client: eks }, { clusterName }), ({ fargateProfileNames }) => fargateProfileNames,
    )),
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
    creation: creationOf(cluster),
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
    ...lastUpdates && { lastUpdates },
    certificateAuthorities,
    ...launchTemplates && { launchTemplates },
    nodeRoom,
  };
}

/** What is read of the node groups. */
interface ReadGroups extends Pick<ClusterState, 'nodeRoom' | 'lastUpdates' | 'launchTemplates'> {
  readonly nodeGroups: Known<DescribedParts<NodeGroupState>>;
}

/** The room is asked for as soon as the groups are known, while the rest of the cluster is still read. */
async function readGroups(
  aws: AwsClients, cluster: Cluster,
  {
    roomFor, launchTemplatesOf, withLastUpdates,
  }: Pick<ReadClusterStateOptions, 'roomFor' | 'launchTemplatesOf'> & { readonly withLastUpdates: boolean },
): Promise<ReadGroups> {
  const nodeGroups = await attempt(async () => readNodeGroups(aws.eks, cluster.name!));
  if (!nodeGroups.known) return { nodeGroups };
  const { read } = nodeGroups.value;
  const [nodeRoom, launchTemplates, lastUpdates] = await Promise.all([
    roomFor && readNodeRoom(aws, cluster, read.filter(roomFor)),
    launchTemplatesOf && readLaunchTemplateData(aws, read.filter(launchTemplatesOf)),
    withLastUpdates && !roomFor ? readLastUpdates(aws.eks, cluster.name!, read) : undefined,
  ]);
  return { nodeGroups, nodeRoom, launchTemplates, lastUpdates };
}

async function readLastUpdates(
  eks: EKSClient, clusterName: string, groups: readonly NodeGroupState[],
): Promise<ClusterState['lastUpdates']> {
  const updates = await askForEach(groups, async ({ name }) => attempt(async () => readLastUpdate(eks, clusterName, name)));
  return Object.fromEntries(groups.map(({ name }, index) => [name, updates[index]]));
}

/**
 * A cluster that is registered, and not run by EKS, has no version; nor has one that waits for its registration.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-connector.html
 */
function requireVersion({ name, version, status, connectorConfig }: Cluster): void {
  if (version !== undefined) return;
  throw new AwsCallError('eks:DescribeCluster', new Error(`EKS tells no version of ${name} (${status})`
    + (connectorConfig ? ': it is registered with EKS and runs elsewhere' : '')));
}

function creationOf({ roleArn, kubernetesNetworkConfig: network, encryptionConfig = [] }: Cluster): ClusterCreation {
  return {
    roleArn,
    ipFamily: network?.ipFamily,
    serviceIpv4Cidr: network?.serviceIpv4Cidr,
    encryptionKeyArn: encryptionConfig[0]?.provider?.keyArn,
  };
}

function supportTypeOf({ upgradePolicy }: Cluster): Known<SupportType> {
  return upgradePolicy?.supportType ? known(upgradePolicy.supportType) : notKnown('EKS does not tell it');
}
