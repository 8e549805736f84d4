import { ClusterState } from '../state/cluster-state';
import { Known, known } from '../state/known';
import { AddOnOffer, addOnOfferOf, RegionCatalog } from '../state/region-catalog';

/**
 * What EKS offers of an add-on to a cluster, for the Kubernetes version that it has or another one.
 *
 * For the one that it has, its platform version counts. For any other, EKS brings the newest platform version with it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/platform-versions.html
 */
export function addOnOfferTo(
  {
    version, platformVersion,
  }: Pick<ClusterState, 'version' | 'platformVersion'>, catalog: RegionCatalog, name: string, kubernetesVersion: string,
): Known<AddOnOffer> {
  const offer = addOnOfferOf(catalog, name, kubernetesVersion);
  return offer.known && kubernetesVersion === version ? known(onPlatform(offer.value, platformVersion)) : offer;
}

/** What is left of an offer on a platform version such as `eks.9`; all of it where that is not known. */
export function onPlatform(offer: AddOnOffer, platformVersion: string | undefined): AddOnOffer {
  const { versions, defaultVersion, traits = {} } = offer;
  const fits = (version: string) => fitsPlatform(traits[version]?.platformVersions, platformVersion);
  const fitting = versions.filter(fits);
  return fitting.length === versions.length ? offer : {
    ...offer, versions: fitting, defaultVersion: defaultVersion !== undefined && fits(defaultVersion) ? defaultVersion : undefined,
  };
}

/**
 * Whether a platform version is among those of an add-on's compatibility: `*`, `eks.9`, or `eks.9+` for it and all newer ones.
 *
 * What cannot be read excludes nothing.
 */
function fitsPlatform(allowed: readonly string[] = ['*'], platformVersion = ''): boolean {
  const platform = numberIn(platformVersion);
  return platform === undefined || allowed.length === 0 || allowed.some((entry) => {
    const number = numberIn(entry);
    return number === undefined || (entry.endsWith('+') ? platform >= number : platform === number);
  });
}

function numberIn(platformVersion: string): number | undefined {
  const [, digits] = /^eks\.(\d+)\+?$/.exec(platformVersion) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
