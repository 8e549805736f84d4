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
import { readLaunchTemplateData } from './launch-templates';
import { readNodeGroups } from './node-groups';
import { readNodeRoom } from './node-room';
import { readSignals, SignalSources } from './signals';
import { readSubnets } from './subnets';
import { ongoingUpdates, readUpdates, versionHistory } from './updates';
import { millisUntil, within } from './within';
import { AddOnState } from '../engine/state/add-on-state';
import { ClusterCreation, ClusterState, SupportType } from '../engine/state/cluster-state';
import { Known, known, notKnown } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';

/** How long to wait. */
export interface ReadingTime {
  /**
   * What is not read by then is unknown; without a cluster there is nothing, so that its description is waited for.
   *
   * @default - each call has its own patience
   */
  readonly until?: Date;
}

/** How to read a cluster with its parts. */
export interface ReadClusterOptions extends ReadingTime {
  /** When it is read. */
  readonly now: Date;

  /**
   * Of which node groups it is read what their launch templates hold.
   *
   * @default - of none
   */
  readonly launchTemplatesOf?: (group: NodeGroupState) => boolean;

  /**
   * Names of parts that it most likely has, which need not wait until they are listed.
   *
   * @default - none
   */
  readonly likely?: LikelyParts;
}

/** The names of parts that a cluster most likely has. */
export interface LikelyParts {
  readonly nodeGroups: readonly string[];
  readonly addOns: readonly string[];
}

/** What is read beside a cluster and its parts. */
export interface ReadBesideOptions extends ReadingTime {
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
}

/** How to read a cluster with all that can be known of it. */
export interface ReadClusterStateOptions extends ReadClusterOptions, ReadBesideOptions {
  /**
   * Told of all that has a version as soon as that is read.
   *
   * @default - nobody is
   */
  readonly onVersions?: (versions: ClusterVersions) => void;
}

/** What has a version, of a cluster and its parts. */
export type ClusterVersions = Pick<ClusterState, 'version' | 'nodeGroups' | 'unreadNodeGroups' | 'addOns' | 'unreadAddOns'>;

/** A cluster that has been read, with its parts. */
export interface ReadCluster {
  readonly described: Cluster;
  readonly state: ClusterState;
}

/**
 * Reads all that can be known of a cluster. Parts that AWS does not give are unknown, with the reason; changes nothing.
 *
 * @throws AwsCallError if the cluster itself cannot be described
 */
export async function readClusterState(aws: AwsClients, clusterName: string, options: ReadClusterStateOptions): Promise<ClusterState> {
  const asked = askForVersions(aws.eks, clusterName, options);
  const [state, beside] = await Promise.all([
    readParts(aws, clusterName, asked, options),
    readBeside(aws, clusterName, asked.described, asked.groups, options),
    versionsOf(asked).then(options.onVersions),
  ]);
  return { ...state, ...beside };
}

/**
 * Reads a cluster with its parts. Those that AWS does not give are unknown, with the reason; changes nothing.
 *
 * @throws AwsCallError if the cluster itself cannot be described
 */
export async function readClusterWithParts(aws: AwsClients, clusterName: string, options: ReadClusterOptions): Promise<ReadCluster> {
  const asked = askForVersions(aws.eks, clusterName, options);
  const state = await readParts(aws, clusterName, asked, options);
  return { described: await asked.described, state };
}

/** Reads what else can be known of a cluster that has been read. What AWS does not give is unknown, with the reason; changes nothing. */
export async function readBesideCluster(
  aws: AwsClients, { described, state }: ReadCluster, options: ReadBesideOptions,
): Promise<ClusterState> {
  const { name, nodeGroups: groups } = state;
  const read = groups.known ? known({ read: groups.value, unread: state.unreadNodeGroups }) : groups;
  return { ...state, ...await readBeside(aws, name, Promise.resolve(described), Promise.resolve(read), options) };
}

/** Node groups as they are read. */
type ReadGroups = Promise<Known<DescribedParts<NodeGroupState>>>;

/** What has a version, as it is read. */
interface AskedVersions {
  readonly described: Promise<Cluster>;
  readonly groups: ReadGroups;
  readonly addOns: Promise<Known<DescribedParts<AddOnState>>>;
}

function askForVersions(eks: EKSClient, clusterName: string, { likely, until }: ReadClusterOptions): AskedVersions {
  return {
    described: describeCluster(eks, clusterName),
    groups: attemptUntil(until, 'the node groups', async () => readNodeGroups(eks, clusterName, likely?.nodeGroups)),
    addOns: attemptUntil(until, 'the add-ons', async () => readAddOns(eks, clusterName, likely?.addOns)),
  };
}

async function versionsOf({ described, groups, addOns: listing }: AskedVersions): Promise<ClusterVersions> {
  const [{ version }, nodeGroups, addOns] = await Promise.all([described, groups, listing]);
  return {
    version: version!,
    nodeGroups: nodeGroups.known ? known(nodeGroups.value.read) : nodeGroups,
    unreadNodeGroups: nodeGroups.known ? nodeGroups.value.unread : [],
    addOns: addOns.known ? known(addOns.value.read) : addOns,
    unreadAddOns: addOns.known ? addOns.value.unread : [],
  };
}

/** What needs no description of the cluster is asked for together with it. */
async function readParts(
  aws: AwsClients, clusterName: string, asked: AskedVersions, { now, until, launchTemplatesOf }: ReadClusterOptions,
): Promise<ClusterState> {
  const { eks, ec2 } = aws;
  const [
    cluster, versions, updates, insights, subnets, fargateProfiles, certificateAuthorities, launchTemplates,
  ] = await Promise.all([
    asked.described,
    versionsOf(asked),
    attemptUntil(until, 'its updates', async () => readUpdates(eks, clusterName)),
    attemptUntil(until, 'its insights', async () => readInsights(eks, clusterName)),
    asked.described.then(async ({ resourcesVpcConfig: network }) => (
      attemptUntil(until, 'its subnets', async () => readSubnets(ec2, network?.subnetIds ?? [])))),
    attemptUntil(until, 'its Fargate profiles', async () => readFargateProfiles(eks, clusterName)),
    attemptUntil(until, 'its certificate authorities', async () => readCertificateAuthorities(eks, clusterName)),
    launchTemplatesOf && asked.groups.then(async (listed) => listed.known
      ? readLaunchTemplateData(aws.ec2, listed.value.read.filter(launchTemplatesOf))
      : undefined),
  ]);
  return {
    name: clusterName,
    arn: cluster.arn!,
    observedAt: now.toISOString(),
    ...versions,
    platformVersion: cluster.platformVersion,
    creation: creationOf(cluster),
    status: cluster.status!,
    healthIssues: healthIssuesOf(cluster.health),
    supportType: supportTypeOf(cluster),
    autoMode: cluster.computeConfig?.enabled ?? false,
    updatesInProgress: updates.known ? known(ongoingUpdates(updates.value)) : updates,
    versionHistory: updates.known ? known(versionHistory(updates.value)) : updates,
    insights,
    subnets,
    fargateProfiles,
    certificateAuthorities,
    ...launchTemplates && { launchTemplates },
  };
}

async function readFargateProfiles(eks: EKSClient, clusterName: string): Promise<string[]> {
  return allPages(paginateListFargateProfiles({ client: eks }, { clusterName }), ({ fargateProfileNames }) => fargateProfileNames);
}

/** What is read beside a cluster and its parts. */
type Beside = Pick<ClusterState, 'signals' | 'workloads' | 'lastUpdates' | 'nodeRoom'>;

async function readBeside(
  aws: AwsClients, clusterName: string, describing: Promise<Cluster>, groups: ReadGroups,
  { signals: sources = {}, workloads: access, roomFor, until }: ReadBesideOptions,
): Promise<Beside> {
  const [signals, workloads, nodeRoom, lastUpdates] = await Promise.all([
    describing.then(async () => readSignals(aws, sources, until)),
    access && describing.then(async (cluster) => readClusterWorkloads(cluster, aws, access, until, groupsAsRead(groups))),
    roomFor && readRoom(aws, describing, groups, { roomFor, until }),
    access && !roomFor ? readLastUpdates(aws.eks, clusterName, groups) : undefined,
  ]);
  return { signals, ...workloads && { workloads }, ...lastUpdates && { lastUpdates }, nodeRoom };
}

async function groupsAsRead(groups: ReadGroups): Promise<readonly NodeGroupState[]> {
  const listed = await groups;
  return listed.known ? listed.value.read : [];
}

async function readRoom(
  aws: AwsClients, describing: Promise<Cluster>, groups: ReadGroups,
  { roomFor, until }: ReadingTime & Required<Pick<ReadBesideOptions, 'roomFor'>>,
): Promise<ClusterState['nodeRoom']> {
  const [cluster, listed] = await Promise.all([describing, groups]);
  return listed.known ? readNodeRoom(aws, cluster, listed.value.read.filter(roomFor), until) : undefined;
}

async function readLastUpdates(eks: EKSClient, clusterName: string, listing: ReadGroups): Promise<ClusterState['lastUpdates']> {
  const listed = await listing;
  if (!listed.known) return undefined;
  const groups = listed.value.read;
  const updates = await askForEach(groups, async ({ name }) => attempt(async () => readLastUpdate(eks, clusterName, name)));
  return Object.fromEntries(groups.map(({ name }, index) => [name, updates[index]]));
}

/** Reads something that can be done without: when AWS does not give it in time, the reason takes its place. */
async function attemptUntil<T>(until: Date | undefined, what: string, read: () => Promise<T>): Promise<Known<T>> {
  const reading = attempt(read);
  return until ? within(millisUntil(until, Infinity), `reading ${what}`, reading) : reading;
}

/** @throws AwsCallError */
async function describeCluster(eks: EKSClient, clusterName: string): Promise<Cluster> {
  const cluster = await readCluster(eks, clusterName);
  requireVersion(cluster);
  return cluster;
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
