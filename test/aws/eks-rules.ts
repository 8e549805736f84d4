/**
 * What EKS itself accepts and refuses, as rules over plain data.
 *
 * The rules share no code with `src/engine/`: property tests hold the two against each other.
 * Codes are those of the EKS API; messages are EKS's own where they are known from public reports, else in their spirit.
 */
import { minorOf } from './minor-of';


/** The name of an EKS API exception. */
export type RefusalCode =
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'InvalidStateException'
  | 'ResourceInUseException'
  | 'ResourceNotFoundException';

/** Why EKS does not even start what was asked for. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
}

/** Why an update that EKS accepted ends as `Failed`: an entry of `update.errors`. */
export interface UpdateError {
  readonly errorCode: 'IpNotAvailable' | 'NodeCreationFailure' | 'PodEvictionFailure' | 'Unknown';
  readonly errorMessage: string;
}

/** A version as `DescribeClusterVersions` lists it. */
export interface OfferedVersion {
  readonly version: string;
  readonly status: 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT' | 'UNSUPPORTED';
}

/** A version of an add-on as `DescribeAddonVersions` lists it. */
export interface OfferedAddonVersion {
  readonly addonName: string;
  readonly addonVersion: string;
  readonly clusterVersions: readonly string[];
}

/** An AMI release that EKS has published. */
export interface PublishedRelease {
  readonly amiType: string;
  readonly version: string;
  readonly releaseVersion: string;
}

/** How EKS behaves where its documentation contradicts itself or is silent. */
export interface UncertainBehaviour {
  /** Whether ERROR insights make EKS refuse an upgrade: launched, withdrawn, state unknown. */
  readonly errorInsightsBlockUpgrades: boolean;
  /** Whether node groups must equal the control plane before it moves on: so the API text, no longer seen in practice since 2023. */
  readonly nodeGroupsMustMatch: boolean;
}

/** What the service offers in a Region. */
export interface EksService {
  readonly versions: readonly OfferedVersion[];
  readonly addonVersions: readonly OfferedAddonVersion[];
  readonly releases: readonly PublishedRelease[];
  readonly behaviour: UncertainBehaviour;
}

/** A managed node group. Those with a custom AMI have its ID for a release version, and may have no version. */
export interface EksNodegroup {
  readonly name: string;
  readonly status: 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'DELETE_FAILED' | 'DEGRADED';
  readonly amiType: string;
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly config?: { readonly launchTemplate?: LaunchTemplate };
  /** Whether a PodDisruptionBudget lets no pod go, so that no node can be drained. */
  readonly cannotDrain?: boolean;
}

/** A launch template as a node group refers to it. */
export interface LaunchTemplate {
  readonly id?: string;
  readonly name?: string;
  readonly version?: string;
}

/** A launch template as a request names it, and the image in it. */
export interface EksLaunchTemplate {
  readonly id: string;
  readonly imageId?: string;
}

/** An installed add-on. */
export interface EksAddon {
  readonly name: string;
  readonly version: string;
  readonly status: 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'CREATE_FAILED' | 'UPDATE_FAILED' | 'DELETE_FAILED' | 'DEGRADED';
}

/** An insight as far as it decides. */
export interface EksInsight {
  readonly name: string;
  readonly category: 'UPGRADE_READINESS' | 'ROLLBACK_READINESS' | 'MISCONFIGURATION';
  readonly status: 'PASSING' | 'WARNING' | 'ERROR' | 'UNKNOWN';
  /** The version that the insight speaks of; of no consequence for rollback insights. */
  readonly kubernetesVersion: string;
}

/** A subnet given to the cluster. */
export interface EksSubnet {
  readonly zone: string;
  readonly freeAddresses: number;
}

/** A cluster as EKS knows it. */
export interface EksCluster {
  readonly name: string;
  readonly version: string;
  readonly status: 'ACTIVE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'FAILED' | 'PENDING';
  readonly supportType: 'STANDARD' | 'EXTENDED';
  /** The id of the update that runs on the control plane. */
  readonly updateInProgress?: string;
  /** The last version change, unless it was a rollback or the cluster still has the version it was created with. */
  readonly lastUpgrade?: { readonly from: string; readonly completedAt: Date };
  readonly subnets: readonly EksSubnet[];
  readonly nodegroups: readonly EksNodegroup[];
  readonly addons: readonly EksAddon[];
  readonly insights: readonly EksInsight[];
}

const ROLLBACK_WINDOW_MS = 7 * 24 * 60 * 60 * 1000;
const ADDRESSES_NEEDED = 5;

/**
 * Whether EKS refuses `UpdateClusterVersion`, upwards or, as a version rollback, downwards.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export function refuseClusterVersion(
  service: EksService,
  cluster: EksCluster,
  request: { readonly version: string; readonly force?: boolean },
  now: Date,
): Refusal | undefined {
  return refuseBusyCluster(cluster)
    ?? refuseUnsupportedVersion(service, request.version)
    ?? refuseStep(cluster, request.version)
    ?? (minorOf(request.version) < minorOf(cluster.version)
      ? refuseRollback(service, cluster, request, now)
      : refuseUpgrade(service, cluster, request));
}

/**
 * How a control plane update that EKS accepted fails later.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export function failClusterVersion(cluster: EksCluster): UpdateError | undefined {
  const roomy = cluster.subnets.filter(({ freeAddresses }) => freeAddresses >= ADDRESSES_NEEDED);
  return roomy.every(({ zone }) => zone === roomy[0].zone)
    ? { errorCode: 'IpNotAvailable', errorMessage: `Subnets of cluster ${cluster.name} lack free IP addresses in two availability zones.` }
    : undefined;
}

/**
 * Whether EKS refuses `UpdateNodegroupVersion`.
 *
 * An omitted version stands for the cluster's, an omitted release for the newest. One minor back is accepted, as a version
 * rollback needs it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export function refuseNodegroupVersion(
  service: EksService,
  cluster: EksCluster,
  request: {
    readonly nodegroupName: string; readonly version?: string; readonly releaseVersion?: string; readonly launchTemplate?: LaunchTemplate;
  },
): Refusal | undefined {
  const group = cluster.nodegroups.find(({ name }) => name === request.nodegroupName);
  if (!group) return refusal('ResourceNotFoundException', `No node group found for name: ${request.nodegroupName}.`);
  if (group.status !== 'ACTIVE' && group.status !== 'DEGRADED') {
    return refusal('ResourceInUseException', "Nodegroup cannot be updated as it's currently not in Active State");
  }
  const busy = refuseBusyCluster(cluster) ?? refuseLaunchTemplate(group, request.launchTemplate);
  if (busy) return busy;
  if (group.amiType === 'CUSTOM') {
    return request.version ?? request.releaseVersion
      ? refusal('InvalidParameterException', 'You cannot specify version or releaseVersion when using a custom AMI.')
      : undefined;
  }
  const version = request.version ?? cluster.version;
  return refuseNodeVersion(cluster, group, version) ?? refuseRelease(service, group.amiType, version, request.releaseVersion);
}

/**
 * Whether EKS refuses `CreateCluster`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export function refuseNewCluster(
  service: EksService, existing: readonly string[], { name, version }: { readonly name: string; readonly version: string },
): Refusal | undefined {
  return existing.includes(name)
    ? refusal('ResourceInUseException', `Cluster already exists with name: ${name}`)
    : refuseUnsupportedVersion(service, version);
}

/**
 * How an update of a node group that EKS accepted fails later.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export function failNodegroupVersion({ cannotDrain }: EksNodegroup, { force }: { readonly force?: boolean }): UpdateError | undefined {
  return cannotDrain && !force
    ? { errorCode: 'PodEvictionFailure', errorMessage: 'Reached max retries while trying to evict pods from nodes in node group' }
    : undefined;
}

/**
 * Whether EKS refuses the version and release of a `CreateNodegroup`: only the cluster's own version will do.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
export function refuseNewNodegroup(
  service: EksService,
  cluster: EksCluster,
  request: { readonly nodegroupName: string; readonly amiType: string; readonly version?: string; readonly releaseVersion?: string },
): Refusal | undefined {
  if (cluster.nodegroups.some(({ name }) => name === request.nodegroupName)) {
    return refusal(
      'ResourceInUseException', `NodeGroup already exists with name ${request.nodegroupName} and cluster name ${cluster.name}`,
    );
  }
  if (cluster.status !== 'ACTIVE') return refusal('InvalidRequestException', `Cluster '${cluster.name}' is not in ACTIVE status`);
  if (request.amiType === 'CUSTOM') return undefined;
  const version = request.version ?? cluster.version;
  return version === cluster.version
    ? refuseRelease(service, request.amiType, version, request.releaseVersion)
    : refusal('InvalidParameterException', `Nodegroup version ${version} must match cluster version ${cluster.version}.`);
}

/**
 * Whether EKS refuses `UpdateAddon` with this version.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html
 */
export function refuseAddonVersion(
  service: EksService,
  cluster: EksCluster,
  request: { readonly addonName: string; readonly addonVersion: string },
): Refusal | undefined {
  const addon = cluster.addons.find(({ name }) => name === request.addonName);
  if (!addon) return refusal('ResourceNotFoundException', `No addon: ${request.addonName} found in cluster: ${cluster.name}`);
  if (addon.status === 'CREATING' || addon.status === 'UPDATING' || addon.status === 'DELETING') {
    return refusal('ResourceInUseException', `Addon ${addon.name} cannot be updated as it is currently in ${addon.status} state`);
  }
  if (!isAddonCompatible(service, request.addonName, request.addonVersion, cluster.version)) {
    return refusal('InvalidParameterException', 'Addon version specified is not supported');
  }
  if (addon.name === 'vpc-cni' && Math.abs(minorOf(request.addonVersion) - minorOf(addon.version)) > 1) {
    return refusal('InvalidParameterException', 'Updating VPC-CNI can only go up or down 1 minor version at a time');
  }
  return undefined;
}

/** Whether a version of an add-on is offered for a cluster version. */
export function isAddonCompatible(service: EksService, addonName: string, addonVersion: string, clusterVersion: string): boolean {
  return service.addonVersions.some((offered) =>
    offered.addonName === addonName && offered.addonVersion === addonVersion && offered.clusterVersions.includes(clusterVersion));
}

/** Whether kubelets of this version may serve a control plane: never ahead, 3 minors behind from kubelet 1.25 on, 2 before. */
export function isWithinSkew(controlPlane: string, kubelet: string): boolean {
  const behind = minorOf(controlPlane) - minorOf(kubelet);
  return behind >= 0 && behind <= (minorOf(kubelet) >= 25 ? 3 : 2);
}

function refuseBusyCluster(cluster: EksCluster): Refusal | undefined {
  if (cluster.updateInProgress) {
    return refusal(
      'ResourceInUseException',
      `Cannot VersionUpdate because cluster ${cluster.name} currently has update ${cluster.updateInProgress} in progress`,
    );
  }
  if (cluster.status === 'UPDATING' || cluster.status === 'CREATING' || cluster.status === 'DELETING') {
    return refusal('ResourceInUseException', `Cluster ${cluster.name} is in status ${cluster.status}`);
  }
  return cluster.status === 'ACTIVE' ? undefined : refusal('InvalidRequestException', `Cluster '${cluster.name}' is not in ACTIVE status`);
}

function refuseUnsupportedVersion(service: EksService, version: string): Refusal | undefined {
  const offered = service.versions.find((candidate) => candidate.version === version);
  return offered && offered.status !== 'UNSUPPORTED'
    ? undefined
    : refusal('InvalidParameterException', 'unsupported Kubernetes version');
}

function refuseStep(cluster: EksCluster, version: string): Refusal | undefined {
  const step = minorOf(version) - minorOf(cluster.version);
  return step === 1 || (step === -1 && cluster.lastUpgrade?.from === version)
    ? undefined
    : refusal('InvalidParameterException', `Unsupported Kubernetes minor version update from ${cluster.version} to ${version}`);
}

function refuseUpgrade(
  { behaviour }: EksService, cluster: EksCluster, { version, force }: { readonly version: string; readonly force?: boolean },
): Refusal | undefined {
  const laggards = groupsWithVersion(cluster)
    .filter((group) => behaviour.nodeGroupsMustMatch ? group.version !== cluster.version : !isWithinSkew(version, group.version));
  if (laggards.length > 0) {
    const names = laggards.map(({ name }) => name).join(', ');
    return refusal('InvalidRequestException', behaviour.nodeGroupsMustMatch
      ? `Nodegroups ${names} must be updated to match cluster version ${cluster.version} before updating cluster version`
      : `Nodegroups ${names} are too old for cluster version ${version}`);
  }
  return behaviour.errorInsightsBlockUpgrades && !force
    ? refuseInsights(cluster, ({ category, kubernetesVersion }) => category === 'UPGRADE_READINESS' && kubernetesVersion === version)
    : undefined;
}

function refuseRollback(
  service: EksService, cluster: EksCluster, { version, force }: { readonly version: string; readonly force?: boolean }, now: Date,
): Refusal | undefined {
  if (!cluster.lastUpgrade || now.getTime() - cluster.lastUpgrade.completedAt.getTime() > ROLLBACK_WINDOW_MS) {
    return refusal('InvalidRequestException', `Cluster ${cluster.name} was not upgraded to ${cluster.version} within the last 7 days`);
  }
  const inExtendedSupport = service.versions.some((offered) => offered.version === version && offered.status === 'EXTENDED_SUPPORT');
  if (inExtendedSupport && cluster.supportType === 'STANDARD') {
    return refusal('InvalidRequestException', `Version ${version} is in extended support: set the upgrade policy to EXTENDED first`);
  }
  const ahead = groupsWithVersion(cluster).filter((group) => !isWithinSkew(version, group.version));
  if (ahead.length > 0) {
    return refusal(
      'InvalidRequestException', `Nodegroups ${ahead.map(({ name }) => name).join(', ')} must be rolled back to ${version} first`,
    );
  }
  return force
    ? undefined
    : refuseKubeProxy(service, cluster, version) ?? refuseInsights(cluster, ({ category }) => category === 'ROLLBACK_READINESS');
}

/** Those of which EKS knows for certain what they run: of custom AMIs it does not. */
function groupsWithVersion({ nodegroups }: EksCluster): (EksNodegroup & { readonly version: string })[] {
  return nodegroups.flatMap(
    (group) => group.amiType === 'CUSTOM' || group.version === undefined ? [] : { ...group, version: group.version },
  );
}

/** What EKS cannot be asked for, namely a kube-proxy that it does not offer, it is taken not to ask for either. */
function refuseKubeProxy({ addonVersions }: EksService, { addons, version: current }: EksCluster, target: string): Refusal | undefined {
  const kubeProxy = addons.find(({ name, version }) => name === 'kube-proxy' && minorOf(version) > minorOf(target));
  const mayBeOlder = addonVersions.some(({ addonName, addonVersion, clusterVersions }) =>
    addonName === 'kube-proxy' && clusterVersions.includes(current) && minorOf(addonVersion) <= minorOf(target));
  return kubeProxy && mayBeOlder ? refusal(
    'InvalidStateException', `kube-proxy ${kubeProxy.version} is newer than Kubernetes ${target}`,
  ) : undefined;
}

function refuseInsights(cluster: EksCluster, concerns: (insight: EksInsight) => boolean): Refusal | undefined {
  const blocking = cluster.insights.filter((insight) => insight.status === 'ERROR' && concerns(insight));
  return blocking.length > 0
    ? refusal(
      'InvalidStateException', `Cluster ${cluster.name} has insights in ERROR status: ${blocking.map(({ name }) => name).join(', ')}`,
    )
    : undefined;
}

/**
 * A node group keeps the launch template with which it was created; only its version changes.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
function refuseLaunchTemplate({ name, config }: EksNodegroup, wanted: LaunchTemplate | undefined): Refusal | undefined {
  const used = config?.launchTemplate;
  if (!wanted || (used && (wanted.id ?? used.id) === used.id && (wanted.name ?? used.name) === used.name)) return undefined;
  return refusal('InvalidParameterException', used
    ? `Nodegroup ${name} must keep the launch template that it was created with`
    : `Nodegroup ${name} was not created with a launch template`);
}

function refuseNodeVersion(cluster: EksCluster, group: EksNodegroup, version: string): Refusal | undefined {
  if (!isWithinSkew(cluster.version, version)) {
    return refusal('InvalidParameterException', `Nodegroup version ${version} is not supported with cluster version ${cluster.version}`);
  }
  return group.version !== undefined && minorOf(version) < minorOf(group.version) - 1
    ? refusal('InvalidParameterException', `Unsupported nodegroup version update from ${group.version} to ${version}`)
    : undefined;
}

function refuseRelease(service: EksService, amiType: string, version: string, releaseVersion: string | undefined): Refusal | undefined {
  const published = service.releases.filter((release) => release.amiType === amiType && release.version === version);
  if (published.length === 0) {
    return refusal('InvalidParameterException', `AMI Type ${amiType} is not supported for kubernetes version ${version}`);
  }
  return releaseVersion === undefined || published.some((release) => release.releaseVersion === releaseVersion)
    ? undefined
    : refusal('InvalidParameterException', `Requested release version ${releaseVersion} is not valid for kubernetes version ${version}.`);
}

function refusal(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

/**
 * Whether EKS refuses the launch template of a `CreateNodegroup`: with an image in it, AMI type, version and release must be left out.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions
 */
export function refuseNewLaunchTemplate(
  template: EksLaunchTemplate | undefined,
  request: { readonly amiType?: string; readonly version?: string; readonly releaseVersion?: string; readonly diskSize?: number },
): Refusal | undefined {
  if (template && request.diskSize !== undefined) {
    return refusal('InvalidParameterException', 'Disk size must be specified within the launch template.');
  }
  const given = (['amiType', 'version', 'releaseVersion'] as const).find((name) => request[name] !== undefined);
  return template?.imageId !== undefined && given !== undefined
    ? refusal('InvalidParameterException', `You cannot specify ${given} when specifying an image id within the launch template.`)
    : undefined;
}

/**
 * Whether EKS refuses an `UpdateNodegroupVersion` because of the image in its launch template: a node group has one of its own
 * for life, or none.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#mng-ami-id-conditions
 */
export function refuseOtherKindOfImage({ amiType }: Pick<EksNodegroup, 'amiType'>, template: EksLaunchTemplate): Refusal | undefined {
  return (amiType === 'CUSTOM') === (template.imageId !== undefined)
    ? undefined
    : refusal(
      'InvalidParameterException',
      'You must create a new node group to switch between specifying an image id in the launch template and not specifying one.',
    );
}
