import { EC2Client, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { NodeState } from '../../engine/state/workloads/workload-state';
import { allPages } from '../all-pages';

const CLUSTER_TAG = 'eks:cluster-name';
const GROUP_TAG = 'eks:nodegroup-name';

/**
 * The nodes of a cluster's managed node groups, as EC2 knows them: EKS tags the instances, and calls a node by the private DNS
 * name of its instance.
 *
 * @throws AwsCallError
 */
export async function readNodesOfGroups(ec2: EC2Client, clusterName: string): Promise<NodeState[]> {
  const pages = paginateDescribeInstances({ client: ec2, pageSize: 500 }, {
    Filters: [{ Name: `tag:${CLUSTER_TAG}`, Values: [clusterName] }, { Name: 'instance-state-name', Values: ['pending', 'running'] }],
  });
  const reservations = await allPages(pages, ({ Reservations }) => Reservations);
  return reservations.flatMap(({ Instances = [] }) => Instances).map(({ PrivateDnsName = '', Placement, Tags = [] }) => ({
    name: PrivateDnsName,
    nodeGroup: Tags.find(({ Key }) => Key === GROUP_TAG)?.Value,
    zone: Placement?.AvailabilityZone,
  }));
}
