import { Addon, DescribeAddonCommand, EKSClient } from '@aws-sdk/client-eks';
import { unlessMissing } from './aws-call-error';

/**
 * An add-on as EKS describes it; undefined when the cluster, or such a cluster, does not have it.
 *
 * @throws AwsCallError
 */
export async function readAddOn(eks: EKSClient, clusterName: string, addonName: string): Promise<Addon | undefined> {
  return unlessMissing(async () => (await eks.send(new DescribeAddonCommand({ clusterName, addonName }))).addon);
}
