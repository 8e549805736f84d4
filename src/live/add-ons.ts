import { EKSClient, paginateListAddons } from '@aws-sdk/client-eks';
import { readAddOn } from './add-on';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { healthIssuesOf } from './health-issues';
import { AddOnState } from '../upgrade/add-on-state';

/**
 * The add-ons of a cluster.
 *
 * @throws AwsCallError
 */
export async function readAddOns(eks: EKSClient, clusterName: string): Promise<AddOnState[]> {
  const names = await allPages(paginateListAddons({ client: eks }, { clusterName }), ({ addons }) => addons);
  const found = await askForEach(names, async (name): Promise<AddOnState[]> => {
    const addOn = await readAddOn(eks, clusterName, name);
    return addOn ? [{
      name,
      version: addOn.addonVersion!,
      status: addOn.status!,
      healthIssues: healthIssuesOf(addOn.health),
    }] : []; // deleted since it was listed
  });
  return found.flat();
}
