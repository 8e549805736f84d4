import { readAddOnConfigurations } from './add-on-configuration';
import { readAddOnNames, readAddOnOffer } from './add-on-offer';
import { readAmiOffer } from './ami-offer';
import { askForEach } from './ask-for-each';
import { AskedOnce } from './asked-once';
import { attempt } from './attempt';
import { AwsClients } from './aws-clients';
import { readImage } from './images';
import { readLaunchTemplateImage } from './launch-templates';
import { readOfferedVersions } from './offered-versions';
import { readParameter } from './parameter';
import { readReleaseStanding } from './release-standing';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { CatalogNeeds } from '../engine/change/catalog-needs';
import { ConfiguredAddOn } from '../engine/state/add-on-configuration';
import { allKnown, Known, known, notKnown } from '../engine/state/known';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { PublishedImage, RegionCatalog } from '../engine/state/region-catalog';

/** Says which configurations of add-ons to hold against what EKS offers, once it is known which versions there are. */
export type ConfigurationsToAsk = (catalog: RegionCatalog) => readonly ConfiguredAddOn[];

/**
 * Reads what EKS offers in a Region, as far as it is needed. Parts that AWS does not give are unknown, with the reason.
 *
 * @param asked what has been asked of the Region before
 */
export async function readRegionCatalog(
  aws: AwsClients, needs: CatalogNeeds, configured?: ConfigurationsToAsk, asked = new AskedOnce(),
): Promise<RegionCatalog> {
  const catalog = await readOffers(aws, needs, asked);
  const toAsk = configured?.(catalog) ?? [];
  return toAsk.length > 0 ? { ...catalog, addOnConfigurations: await readAddOnConfigurations(aws.eks, toAsk) } : catalog;
}

async function readOffers(aws: AwsClients, needs: CatalogNeeds, asked: AskedOnce): Promise<RegionCatalog> {
  const { eks, ssm, ec2 } = aws;
  const { kubernetesVersions, addOns, amiTypes, images = [], imageParameters = [], launchTemplates = [] } = needs;
  const [offeredVersions, addOnOffers, amiOffers, ...ofImages] = await Promise.all([
    attempt(async () => asked.ask(['versions'], async () => readOfferedVersions(eks))),
    offersOf(asked, 'add-on', addOns, kubernetesVersions, async (name, version) => readAddOnOffer(eks, name, version)),
    offersOf(asked, 'AMI', amiTypes.filter(isPublic), kubernetesVersions, async (name, version) =>
      readAmiOffer(ssm, EksAmiType._find(name)!, version)),
    eachOf(asked, 'image', images, async (id) => readImage(ec2, id)),
    eachOf(asked, 'parameter', imageParameters, async (name) => readPublishedImage(ssm, name)),
    eachOf(asked, 'launch template', launchTemplates, async (key) => readLaunchTemplateImage(ec2, key)),
  ]);
  const [readImages, publishedImages, launchTemplateImages] = ofImages;
  const [names, releases] = await Promise.all([readNames(aws, needs, addOnOffers, asked), readReleases(ssm, needs, amiOffers, asked)]);
  return {
    offeredVersions,
    addOnOffers,
    ...names,
    ...releases,
    amiOffers: Object.fromEntries(amiTypes.map((name) => [name, amiOffers[name] ?? offersWithoutAsking(name)])),
    ...images.length > 0 && { images: readImages },
    ...imageParameters.length > 0 && { publishedImages },
    ...launchTemplates.length > 0 && { launchTemplateImages },
  };
}

/** What else there is, where an add-on is not offered at all: its name may be misspelt. */
async function readNames(
  { eks }: AwsClients, { kubernetesVersions }: CatalogNeeds, addOnOffers: RegionCatalog['addOnOffers'], asked: AskedOnce,
): Promise<Pick<RegionCatalog, 'addOnNames'>> {
  const newest = kubernetesVersions.at(-1);
  const isUnheardOf = Object.values(addOnOffers).some(
    (offers) => offers.known && offers.value.every(({ versions }) => versions.length === 0),
  );
  if (newest === undefined || !isUnheardOf) return {};
  return { addOnNames: await attempt(async () => asked.ask(['names of add-ons', newest], async () => readAddOnNames(eks, newest))) };
}

/** Reads each of some things, a few at a time. */
async function eachOf<T>(
  asked: AskedOnce, what: string, names: readonly string[], read: (name: string) => Promise<T>,
): Promise<Record<string, Known<T>>> {
  const ask = async (name: string) => attempt(async () => asked.ask([what, name], async () => read(name)));
  return Object.fromEntries(await askForEach(names, async (name) => [name, await ask(name)] as const));
}

async function readPublishedImage(ssm: AwsClients['ssm'], name: string): Promise<PublishedImage | undefined> {
  const parameter = await readParameter(ssm, name);
  return parameter && { id: parameter.value, since: parameter.modifiedAt };
}

/** What is recommended is published; of all else AWS is asked. */
async function readReleases(
  ssm: AwsClients['ssm'], { releases = [] }: CatalogNeeds, amiOffers: RegionCatalog['amiOffers'], asked: AskedOnce,
): Promise<Pick<RegionCatalog, 'releases'>> {
  const answers = await askForEach(releases.filter(({ amiType }) => isPublic(amiType)), async (release) => {
    const offers = amiOffers[release.amiType];
    const offer = offers?.known ? offers.value.find(({ kubernetesVersion }) => kubernetesVersion === release.kubernetesVersion) : undefined;
    const recommended = offer?.recommendedRelease;
    const question = [release.amiType, release.kubernetesVersion, release.releaseVersion, recommended ?? ''];
    const read = async () => readReleaseStanding(ssm, release, recommended);
    return { ...release, standing: await attempt(async () => asked.ask(['release', ...question], read)) };
  });
  return answers.length > 0 ? { releases: answers } : {};
}

/** Whether AWS publishes the AMIs of a type, and this library knows where. */
function isPublic(amiType: string): boolean {
  return amiType !== CUSTOM_AMI_TYPE && EksAmiType._find(amiType) !== undefined;
}

/** Asks for each thing and version, a few at a time over all of them. */
async function offersOf<Offer>(
  asked: AskedOnce, what: string, names: readonly string[], versions: readonly string[],
  read: (name: string, version: string) => Promise<Offer>,
): Promise<Record<string, Known<Offer[]>>> {
  const questions = names.flatMap((name) => versions.map((version) => ({ name, version })));
  const answers = await askForEach(
    questions, async ({ name, version }) => (
      { name, offer: await attempt(async () => asked.ask([what, name, version], async () => read(name, version))) }),
  );
  return Object.fromEntries(names.map((name) => [
    name, allKnown(answers.filter((answer) => answer.name === name).map(({ offer }) => offer)),
  ]));
}

function offersWithoutAsking(amiType: string): Known<never[]> {
  return amiType === CUSTOM_AMI_TYPE ? known([]) : notKnown(`the AMI type ${amiType} is newer than this version of cdk-eks-upgrades`);
}
