import { Addon, DescribeAddonCommand, EKSClient } from '@aws-sdk/client-eks';
import { isNotFound } from './aws-call-error';

/**
 * An add-on as EKS describes it; undefined when the cluster, or such a cluster, does not have it.
 *
 * @throws AwsCallError
 */
export async function readAddOn(eks: EKSClient, clusterName: string, addonName: string): Promise<Addon | undefined> {
  try {
    return (await eks.send(new DescribeAddonCommand({ clusterName, addonName }))).addon;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
