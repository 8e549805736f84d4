import { distinct } from './distinct';
import { keepsNodes } from './kept-versions';
import { ImageIntent, UpgradeIntent } from './upgrade-intent';
import { isImageId } from '../ami/image-id';
import { ReleaseDeclaration } from '../declaration/release-declaration';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { upgradePath } from '../kubernetes/upgrade-path';
import { ClusterState } from '../state/cluster-state';
import { valuesOf } from '../state/known';
import { CUSTOM_AMI_TYPE, hasCustomAmi, NodeGroupState } from '../state/node-group-state';
import { launchTemplateKey, ReleaseName } from '../state/region-catalog';

/** What to ask of a Region's catalog. */
export interface CatalogNeeds {
  /** Kubernetes minors, such as `1.36`. */
  readonly kubernetesVersions: readonly string[];
  /** Names of add-ons. */
  readonly addOns: readonly string[];
  /** AMI types as EKS names them. */
  readonly amiTypes: readonly string[];
  /** IDs of images. @default - none */
  readonly images?: readonly string[];
  /** Names of SSM parameters that publish images. @default - none */
  readonly imageParameters?: readonly string[];
  /** Launch templates of other apps, by their key. @default - none */
  readonly launchTemplates?: readonly string[];
  /**
   * Releases that nodes shall run.
   *
   * @default - none
   */
  readonly releases?: readonly ReleaseName[];
}

/** What has a version in a cluster. */
type VersionedParts = Pick<ClusterState, 'version' | 'nodeGroups' | 'unreadNodeGroups' | 'addOns' | 'workloads'>;

/**
 * What a change of a cluster needs to know of the Region: every minor on the way of the control plane, and those that nodes run
 * or shall run, for every add-on and AMI type that there is or shall be.
 */
export function catalogNeedsOf(state: VersionedParts, intent: UpgradeIntent): CatalogNeeds {
  const nodeGroups = valuesOf(state.nodeGroups);
  const addOns = valuesOf(state.addOns);
  const path = upgradePath(KubernetesMinor.parse(state.version), KubernetesMinor.parse(intent.version ?? state.version));
  return unionOf([{
    kubernetesVersions: [
      ...path.map(String),
      ...nodeGroups.flatMap(({ version }) => version.known ? [version.value] : []),
      ...Object.values(intent.nodeGroups ?? {}).flatMap(({ version }) => version ?? []),
    ],
    addOns: [...addOns.map(({ name }) => name), ...Object.keys(intent.addOns ?? {}), ...selfManagedIn(state)],
    amiTypes: [
      ...nodeGroups.map(({ amiType }) => amiType), ...Object.values(intent.nodeGroups ?? {}).flatMap(({ amiType }) => amiType ?? []),
    ],
    releases: releasesToCome(state, intent),
    ...imageNeeds([
      ...nodeGroups.filter(hasCustomAmi).map(({ releaseVersion }) => ({ id: releaseVersion })),
      ...Object.values(intent.nodeGroups ?? {}).map(({ image }) => image ?? {}),
    ]),
  }]);
}

/** What runs without EKS managing it is held against what EKS offers, too. */
function selfManagedIn({ workloads }: VersionedParts): string[] {
  return workloads?.known ? (workloads.value.coreImages ?? []).map(({ addOn }) => addOn) : [];
}

function imageNeeds(images: readonly Partial<ImageIntent>[]): Pick<CatalogNeeds, 'images' | 'launchTemplates'> {
  return {
    images: images.flatMap(({ id }) => id !== undefined && isImageId(id) ? [id] : []),
    launchTemplates: images.flatMap(({ launchTemplate }) => launchTemplate ? [launchTemplateKey(launchTemplate)] : []),
  };
}

type Tracked = Pick<ReleaseDeclaration, 'amiType' | 'releaseVersion' | 'tracking' | 'parameterName'>;

/** What to ask of a Region's catalog about golden images: themselves, and what their parameters hold now. */
export function catalogNeedsOfImages(tracked: readonly Tracked[]): CatalogNeeds {
  const golden = tracked.filter(({ amiType }) => amiType === CUSTOM_AMI_TYPE);
  return {
    ...NOTHING,
    ...imageNeeds(golden.map(({ releaseVersion }) => ({ id: releaseVersion }))),
    imageParameters: golden.flatMap(({ tracking, parameterName }) =>
      tracking === 'golden-image' && parameterName !== undefined ? [parameterName] : []),
  };
}

const NOTHING: CatalogNeeds = { kubernetesVersions: [], addOns: [], amiTypes: [] };

/** The releases to which node groups are to move, and with which new ones begin. */
function releasesToCome(state: VersionedParts, intent: UpgradeIntent): ReleaseName[] {
  return Object.keys(intent.nodeGroups ?? {}).flatMap((name) => wantedRelease(name, intent, state) ?? []);
}

/**
 * The release to which a deployment moves a node group, or with which it creates one; undefined where it does not, where none is
 * wanted, and where it is not known of what.
 *
 * One of Bottlerocket may stay the same while the minor moves, for which AWS may never have published it.
 */
export function wantedRelease(
  name: string, { version: target, nodeGroups = {} }: UpgradeIntent,
  { nodeGroups: live, unreadNodeGroups, version: current }: VersionedParts,
): ReleaseName | undefined {
  if (!live.known || unreadNodeGroups.some((part) => part.name === name)) return undefined; // it may run the release already
  const group = live.value.find((candidate) => candidate.name === name);
  const wanted = nodeGroups[name] ?? {};
  const { version, releaseVersion, amiType = group?.amiType, replacedBy = [], removed } = wanted;
  const isSent = replacedBy.length > 0 || !keepsNodes(wanted);
  const kubernetesVersion = version ?? (group && replacedBy.length === 0 ? versionOf(group) : target ?? current);
  if (removed || !isSent || releaseVersion === undefined || kubernetesVersion === undefined || amiType === undefined) return undefined;
  const runsIt = group?.releaseVersion === releaseVersion && group.amiType === amiType && versionOf(group) === kubernetesVersion;
  return runsIt ? undefined : { amiType, kubernetesVersion, releaseVersion };
}

function versionOf({ version }: NodeGroupState): string | undefined {
  return version.known ? version.value : undefined;
}

/** What to ask of a Region's catalog about a release. */
export function catalogNeedsOfRelease(release: ReleaseDeclaration): CatalogNeeds {
  const { amiType, kubernetesVersion } = release;
  const isKnown = amiType !== undefined && kubernetesVersion !== undefined;
  return unionOf([
    { kubernetesVersions: isKnown ? [kubernetesVersion] : [], addOns: [], amiTypes: isKnown ? [amiType] : [] },
    catalogNeedsOfImages([release]),
  ]);
}

/** What several clusters of a Region need together, each thing once and in order. */
export function unionOf(needs: readonly CatalogNeeds[]): CatalogNeeds {
  const all = (select: (need: CatalogNeeds) => readonly string[] | undefined) => [
    ...new Set(needs.flatMap((need) => select(need) ?? [])),
  ].sort();
  const releases = distinct(needs.flatMap((need) => need.releases ?? []));
  return {
    kubernetesVersions: all(({ kubernetesVersions }) => kubernetesVersions),
    addOns: all(({ addOns }) => addOns),
    amiTypes: all(({ amiTypes }) => amiTypes),
    ...some('images', all(({ images }) => images)),
    ...some('imageParameters', all(({ imageParameters }) => imageParameters)),
    ...some('launchTemplates', all(({ launchTemplates }) => launchTemplates)),
    ...releases.length > 0 && { releases },
  };
}

function some(name: keyof CatalogNeeds, needed: readonly string[]): Partial<CatalogNeeds> {
  return needed.length === 0 ? {} : { [name]: needed };
}
