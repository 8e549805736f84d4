import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { PodState } from '../../engine/state/workloads/pod-state';
import { NodeState } from '../../engine/state/workloads/workload-state';
import { allPages } from '../all-pages';

const CLUSTER_TAG = 'eks:cluster-name';
const GROUP_TAG = 'eks:nodegroup-name';

/** A node as EC2 knows it. */
export interface InstanceNode extends NodeState {
  /** By which nodes are called whose configuration has the feature gate `InstanceIdNodeName`, instead of by the private DNS name. */
  readonly instanceId: string;
  /** Whether it is being launched, so that nothing runs on it yet. */
  readonly isPending?: boolean;
}

/**
 * The nodes of a cluster's managed node groups, as EC2 knows them: EKS tags the instances, and calls a node by the private DNS
 * name of its instance, as a rule.
 *
 * @throws AwsCallError
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/ `InstanceIdNodeName`
 */
export async function readNodesOfGroups(ec2: EC2Client, clusterName: string): Promise<InstanceNode[]> {
  const pages = paginateDescribeInstances({ client: ec2, pageSize: 500 }, {
    Filters: [{ Name: `tag:${CLUSTER_TAG}`, Values: [clusterName] }, { Name: 'instance-state-name', Values: ['pending', 'running'] }],
  });
  const reservations = await allPages(pages, ({ Reservations }) => Reservations);
  const instances = reservations.flatMap(({ Instances = [] }) => Instances);
  return instances.map(({ InstanceId = '', PrivateDnsName = '', State, Placement, Tags = [] }) => ({
    name: PrivateDnsName,
    instanceId: InstanceId,
    ...State?.Name === 'pending' && { isPending: true },
    nodeGroup: Tags.find(({ Key }) => Key === GROUP_TAG)?.Value,
    zone: Placement?.AvailabilityZone,
  }));
}

/**
 * Calls each node as the pods on it do.
 *
 * @throws if no node is called as any of the nodes on which DaemonSets run, which is on each
 */
export function namedByPods(nodes: readonly InstanceNode[], pods: readonly PodState[]): NodeState[] {
  const names = new Set(pods.map(({ node }) => node));
  const named = nodes.map(({ instanceId, isPending: _, ...node }): NodeState => (
    names.has(instanceId) ? { ...node, name: instanceId } : node));
  const ofDaemonSets = pods.find(({ node, owner }) => node !== undefined && owner?.kind === 'DaemonSet')?.node;
  if (nodes.some(({ isPending }) => !isPending) && ofDaemonSets !== undefined && !named.some(({ name }) => names.has(name))) {
    throw new Error(`pods run on nodes such as ${ofDaemonSets}, and on none that EC2 knows of the cluster, such as ${named[0].name}: allow to list nodes`);
  }
  return named;
}
