import { readAddOn } from './add-on';
import { AwsClients } from './aws-clients';
import { readDeployedStack } from './deployed-stack';
import { LiveAddOnPlace } from '../engine/eks/add-on-look-up';

/**
 * The version of an add-on that a cluster has; undefined while there is no such cluster, and when it does not have the add-on.
 *
 * @throws AwsCallError
 */
export async function readInstalledAddOnVersion(aws: AwsClients, addOn: string, place: LiveAddOnPlace): Promise<string | undefined> {
  const clusterName = await clusterNameOf(aws, place);
  return clusterName === undefined ? undefined : (await readAddOn(aws.eks, clusterName, addOn))?.addonVersion;
}

/** The name of a cluster; undefined while a stack does not have it. */
export async function clusterNameOf(
  { cloudFormation }: AwsClients, { clusterName, stackName, logicalId }: LiveAddOnPlace,
): Promise<string | undefined> {
  if (clusterName !== undefined || stackName === undefined || logicalId === undefined) return clusterName;
  return (await readDeployedStack(cloudFormation, stackName)).physicalIds[logicalId];
}
