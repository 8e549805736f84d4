import { Addon, EKSClient, paginateListAddons } from '@aws-sdk/client-eks';
import { readAddOn } from './add-on';
import { allPages } from './all-pages';
import { DescribedParts, describeEach } from './describe-each';
import { healthIssuesOf } from './health-issues';
import { AddOnState } from '../engine/state/add-on-state';

/**
 * The add-ons of a cluster.
 *
 * @param likely names of some that it most likely has
 * @throws AwsCallError if they cannot be listed
 */
export async function readAddOns(eks: EKSClient, clusterName: string, likely?: readonly string[]): Promise<DescribedParts<AddOnState>> {
  const list = async () => allPages(paginateListAddons({ client: eks }, { clusterName }), ({ addons }) => addons);
  return describeEach(list, async (name) => {
    const addOn = await readAddOn(eks, clusterName, name);
    return addOn && stateOf(addOn);
  }, likely);
}

function stateOf(addOn: Addon): AddOnState {
  return {
    name: addOn.addonName!,
    version: addOn.addonVersion!,
    status: addOn.status!,
    healthIssues: healthIssuesOf(addOn.health),
    configurationValues: addOn.configurationValues,
    namespace: addOn.namespaceConfig?.namespace,
  };
}
