import { EKSClient, paginateListAddons } from '@aws-sdk/client-eks';
import { readAddOn } from './add-on';
import { readAddOnOffer } from './add-on-offer';
import { allPages } from './all-pages';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { healthIssuesOf } from './health-issues';
import { AddOnState } from '../upgrade/add-on-state';

/**
 * The add-ons of a cluster, with what EKS offers of them for some Kubernetes versions.
 *
 * @throws AwsCallError
 */
export async function readAddOns(eks: EKSClient, clusterName: string, kubernetesVersions: readonly string[]): Promise<AddOnState[]> {
  const names = await allPages(paginateListAddons({ client: eks }, { clusterName }), ({ addons }) => addons);
  const found = await askForEach(names, async (name): Promise<AddOnState[]> => {
    const addOn = await readAddOn(eks, clusterName, name);
    return addOn ? [{
      name,
      version: addOn.addonVersion!,
      status: addOn.status!,
      healthIssues: healthIssuesOf(addOn.health),
      offers: await attempt(async () => Promise.all(kubernetesVersions.map(async (version) => readAddOnOffer(eks, name, version)))),
    }] : []; // deleted since it was listed
  });
  return found.flat();
}
