import { AddOnConfigurationAnswer } from './add-on-configuration';
import { ImageState } from './image-state';
import { Known, known, notKnown } from './known';

/**
 * What EKS offers in a Region: the same for all clusters there, so that it is read once per account and Region.
 *
 * Plain data that survives JSON. A name or a Kubernetes version without an entry was not asked for.
 */
export interface RegionCatalog {
  /** The Kubernetes versions that EKS lists. */
  readonly offeredVersions: Known<readonly OfferedVersion[]>;
  /** The versions of add-ons, by name of the add-on. */
  readonly addOnOffers: Readonly<Record<string, Known<readonly AddOnOffer[]>>>;
  /** The names of all add-ons for some Kubernetes version; absent unless one that was asked for is not offered for any. */
  readonly addOnNames?: Known<readonly string[]>;
  /** The releases of AMIs, by AMI type as EKS names it; empty for custom AMIs. */
  readonly amiOffers: Readonly<Record<string, Known<readonly AmiOffer[]>>>;
  /**
   * The images that node groups of one's own run or shall run, by ID; undefined when deregistered or not shared. @default - none
   * was asked for
   */
  readonly images?: Readonly<Record<string, Known<ImageState | undefined>>>;
  /**
   * What SSM parameters hold that publish such images, by name; undefined when there is no such parameter. @default - none was
   * asked for
   */
  readonly publishedImages?: Readonly<Record<string, Known<PublishedImage | undefined>>>;
  /**
   * The images that launch templates of other apps name, by {@link launchTemplateKey}; undefined when they name none. @default -
   * none was asked for
   */
  readonly launchTemplateImages?: Readonly<Record<string, Known<string | undefined>>>;
  /** The single releases that were asked for. */
  readonly releases?: readonly ReleaseOffer[];
  /** The configurations of add-ons that were asked about. */
  readonly addOnConfigurations?: readonly AddOnConfigurationAnswer[];
}

/** A release of an AMI type for a Kubernetes version. */
export interface ReleaseName {
  readonly amiType: string;
  readonly kubernetesVersion: string;
  readonly releaseVersion: string;
}

/** Whether AWS publishes one release. */
export interface ReleaseOffer extends ReleaseName {
  readonly standing: Known<ReleaseStanding>;
}

/** What AWS publishes in place of a release, or beside it. */
export interface ReleaseStanding {
  /** Absent where AWS names nothing but the latest release of the AMI type, and this is another one. */
  readonly published?: boolean;
  /** Published releases next to it, the nearest first. */
  readonly near: readonly string[];
}

/** An image that a parameter publishes. */
export interface PublishedImage {
  readonly id: string;
  /** When the parameter got it, ISO 8601. */
  readonly since: string;
}

/** The key of a version of a launch template. */
export function launchTemplateKey({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id}@${version}`;
}

/** An image, or why it is not known; undefined when it is deregistered or not shared with the account. */
export function imageIn({ images = {} }: RegionCatalog, id: string): Known<ImageState | undefined> {
  return images[id] ?? notKnown('it was not looked up');
}

/** A Kubernetes version in the list of EKS; dates are the first day without the support, UTC, `YYYY-MM-DD`. */
export interface OfferedVersion {
  readonly version: string;
  readonly status: 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT' | 'UNSUPPORTED';
  readonly endOfStandardSupport?: string;
  readonly endOfExtendedSupport?: string;
}

/** The versions of an add-on that EKS offers for one Kubernetes version. */
export interface AddOnOffer {
  readonly kubernetesVersion: string;
  /** In no particular order; empty when the add-on is not offered. */
  readonly versions: readonly string[];
  /** The one that EKS installs when none is asked for; often not the newest. */
  readonly defaultVersion?: string;
  /** What else EKS says of a version, where it is anything out of the ordinary. */
  readonly traits?: Readonly<Record<string, AddOnVersionTraits>>;
}

/** What a version of an add-on wants of the cluster. */
export interface AddOnVersionTraits {
  /** The platform versions of the control plane, such as `eks.9+`; absent for any. */
  readonly platformVersions?: readonly string[];
  /** Whether it does not work without configuration. */
  readonly requiresConfiguration?: true;
  /** Whether it needs permissions in AWS. */
  readonly requiresIamPermissions?: true;
}

/** What EKS publishes of an AMI type for one Kubernetes version. */
export interface AmiOffer {
  readonly kubernetesVersion: string;
  readonly published: boolean;
  /** The recommended release, where it was looked up. */
  readonly recommendedRelease?: string;
  /** When AWS last moved the recommendation, ISO 8601. */
  readonly recommendedSince?: string;
}

/** What EKS offers of an add-on for a Kubernetes version, or why that is not known. */
export function addOnOfferOf({ addOnOffers }: RegionCatalog, name: string, kubernetesVersion: string): Known<AddOnOffer> {
  return offerOf(addOnOffers[name], kubernetesVersion);
}

/** What EKS publishes of an AMI type for a Kubernetes version, or why that is not known. */
export function amiOfferOf({ amiOffers }: RegionCatalog, amiType: string, kubernetesVersion: string): Known<AmiOffer> {
  return offerOf(amiOffers[amiType], kubernetesVersion);
}

function offerOf<T extends { readonly kubernetesVersion: string }>(
  offers: Known<readonly T[]> = known([]), kubernetesVersion: string,
): Known<T> {
  if (!offers.known) return offers;
  const offer = offers.value.find((candidate) => candidate.kubernetesVersion === kubernetesVersion);
  return offer ? known(offer) : notKnown('it was not looked up');
}
