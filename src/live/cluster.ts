import { Cluster, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';

/**
 * A cluster as EKS describes it.
 *
 * @throws AwsCallError
 */
export async function readCluster(eks: EKSClient, clusterName: string): Promise<Cluster> {
  return (await eks.send(new DescribeClusterCommand({ name: clusterName }))).cluster!;
}
