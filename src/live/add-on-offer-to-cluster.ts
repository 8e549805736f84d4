import { readAddOnOffer } from './add-on-offer';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readCluster } from './cluster';
import { clusterNameOf } from './installed-add-on-version';
import { LiveAddOnPlace } from '../engine/eks/add-on-look-up';
import { onPlatform } from '../engine/eks/platform-version';
import { AddOnOffer } from '../engine/state/region-catalog';

/**
 * The versions of an add-on that EKS offers to a cluster for a Kubernetes version: for the one that it has, its platform version counts.
 *
 * The cluster is read only where the offer depends on it. One that does not exist yet, or that may not be read, excludes nothing:
 * the guard looks again.
 *
 * @throws AwsCallError if the offer cannot be read
 */
export async function readAddOnOfferTo(
  aws: AwsClients, addOn: string, kubernetesVersion: string, place: LiveAddOnPlace,
): Promise<AddOnOffer> {
  const offer = await readAddOnOffer(aws.eks, addOn, kubernetesVersion);
  if (!Object.values(offer.traits ?? {}).some(({ platformVersions }) => platformVersions)) return offer;
  const cluster = await attempt(async () => {
    const name = await clusterNameOf(aws, place);
    return name === undefined ? undefined : readCluster(aws.eks, name);
  });
  return cluster.known && cluster.value?.version === kubernetesVersion ? onPlatform(offer, cluster.value.platformVersion) : offer;
}
