import { readAddOnOffer } from './add-on-offer';
import { readAmiOffers } from './ami-offers';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readOfferedVersions } from './offered-versions';
import { CatalogNeeds } from '../upgrade/catalog-needs';
import { RegionCatalog } from '../upgrade/region-catalog';

/**
 * Reads what EKS offers in a Region, as far as it is needed. Parts that AWS does not give are unknown, with the reason.
 */
export async function readRegionCatalog(aws: AwsClients, { kubernetesVersions, addOns, amiTypes }: CatalogNeeds): Promise<RegionCatalog> {
  const { eks, ssm } = aws;
  const [offeredVersions, addOnOffers, amiOffers] = await Promise.all([
    attempt(async () => readOfferedVersions(eks)),
    askForEach(addOns, async (name) => [
      name, await attempt(async () => Promise.all(kubernetesVersions.map(async (version) => readAddOnOffer(eks, name, version)))),
    ] as const),
    askForEach(amiTypes, async (type) => [type, await readAmiOffers(ssm, type, kubernetesVersions)] as const),
  ]);
  return { offeredVersions, addOnOffers: Object.fromEntries(addOnOffers), amiOffers: Object.fromEntries(amiOffers) };
}
