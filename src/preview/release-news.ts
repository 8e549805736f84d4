import { NewerRelease, releaseNewerThan } from './newer-release';
import { renderNewer } from './preview-text';
import { EksAmiType } from '../engine/ami/eks-ami-type';
import { ReleaseDeclaration } from '../engine/declaration/release-declaration';
import { flagsOfImageInUse } from '../engine/state/image-state';
import { Known, known } from '../engine/state/known';
import { CUSTOM_AMI_TYPE } from '../engine/state/node-group-state';
import { amiOfferOf, imageIn, RegionCatalog } from '../engine/state/region-catalog';

/** A newer release than the one that an app has tracked without a node group; not known where AWS did not tell. */
export function newsOfRelease(release: ReleaseDeclaration, catalog: RegionCatalog, now: Date): Known<NewerRelease | undefined> {
  const { amiType, kubernetesVersion, releaseVersion } = release;
  if (amiType === CUSTOM_AMI_TYPE) return newsOfImage(release, catalog, now);
  if (amiType === undefined || kubernetesVersion === undefined || !EksAmiType._find(amiType)) return known(undefined);
  const offer = amiOfferOf(catalog, amiType, kubernetesVersion);
  return offer.known ? known(releaseNewerThan({ version: kubernetesVersion, release: releaseVersion }, release, catalog, now)) : offer;
}

/** Not known where the parameter, or the image in use, could not be read. */
function newsOfImage(release: ReleaseDeclaration, catalog: RegionCatalog, now: Date): Known<NewerRelease | undefined> {
  const { parameterName, releaseVersion: id } = release;
  const published = parameterName === undefined ? undefined : catalog.publishedImages?.[parameterName];
  return published && !published.known ? published : known(releaseNewerThan({ release: id }, release, catalog, now));
}

/** What is wrong with a golden image that an app names without a node group; nothing where it could not be read. */
export function flagsOfRelease({ amiType, releaseVersion: id }: ReleaseDeclaration, catalog: RegionCatalog, now: Date): string[] {
  if (amiType !== CUSTOM_AMI_TYPE || id === undefined) return [];
  const image = imageIn(catalog, id);
  return image.known ? flagsOfImageInUse(id, image.value, now) : [];
}

/** The news as a block of text. */
export function renderNewsOfRelease({ amiType, releaseVersion }: ReleaseDeclaration, newer: NewerRelease): string {
  return [`${amiType === CUSTOM_AMI_TYPE ? 'golden image' : amiType} is tracked at ${releaseVersion}`, ...renderNewer(newer)].join('\n');
}
