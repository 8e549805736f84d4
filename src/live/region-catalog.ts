import { readAddOnOffer } from './add-on-offer';
import { readAmiOffer } from './ami-offer';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readOfferedVersions } from './offered-versions';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { CatalogNeeds } from '../engine/change/catalog-needs';
import { allKnown, Known, known, notKnown } from '../engine/state/known';
import { RegionCatalog } from '../engine/state/region-catalog';

/**
 * Reads what EKS offers in a Region, as far as it is needed. Parts that AWS does not give are unknown, with the reason.
 */
export async function readRegionCatalog(aws: AwsClients, { kubernetesVersions, addOns, amiTypes }: CatalogNeeds): Promise<RegionCatalog> {
  const { eks, ssm } = aws;
  const [offeredVersions, addOnOffers, amiOffers] = await Promise.all([
    attempt(async () => readOfferedVersions(eks)),
    offersOf(addOns, kubernetesVersions, async (name, version) => readAddOnOffer(eks, name, version)),
    offersOf(amiTypes.filter(isPublic), kubernetesVersions, async (name, version) => readAmiOffer(ssm, EksAmiType._find(name)!, version)),
  ]);
  return {
    offeredVersions,
    addOnOffers,
    amiOffers: Object.fromEntries(amiTypes.map((name) => [name, amiOffers[name] ?? offersWithoutAsking(name)])),
  };
}

const CUSTOM = 'CUSTOM';

/** Whether AWS publishes the AMIs of a type, and this library knows where. */
function isPublic(amiType: string): boolean {
  return amiType !== CUSTOM && EksAmiType._find(amiType) !== undefined;
}

/** Asks for each thing and version, a few at a time over all of them. */
async function offersOf<Offer>(
  names: readonly string[], versions: readonly string[], read: (name: string, version: string) => Promise<Offer>,
): Promise<Record<string, Known<Offer[]>>> {
  const questions = names.flatMap((name) => versions.map((version) => ({ name, version })));
  const answers = await askForEach(questions, async ({ name, version }) => ({ name, offer: await attempt(async () => read(name, version)) }));
  return Object.fromEntries(names.map((name) => [name, allKnown(answers.filter((answer) => answer.name === name).map(({ offer }) => offer))]));
}

function offersWithoutAsking(amiType: string): Known<never[]> {
  return amiType === CUSTOM ? known([]) : notKnown(`the AMI type ${amiType} is newer than this version of cdk-eks-upgrades`);
}
