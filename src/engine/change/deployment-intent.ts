import { isDeepStrictEqual } from 'node:util';
import { configurationIn, givenTo, isReconfigured } from './add-on-configuration';
import { asksAnew } from './add-on-question';
import { AwsEksConfig, awsEksUpdates } from './aws-eks-updates';
import { changedProperties, replacingProperties } from './changed-properties';
import { ClusterInStacks, literal, literalName, Part, partsOf, Place, Stacks } from './cluster-in-templates';
import { pathInDiff } from './construct-names';
import { launchedImageIn } from './launched-image';
import { leavingClusters } from './leaving-clusters';
import { AddOnVersionsProperties } from './resource-properties';
import { referencesIn } from './template-references';
import {
  AddOnIntent, ImageIntent, LaunchTemplateChange, NodeGroupIntent, OTHER_RESOURCE, OTHER_TYPE, PreviousVersions, UpgradeIntent,
} from './upgrade-intent';
import { isImageId } from '../ami/image-id';
import { NodeGroupDeclaration, policyOf } from '../declaration/cluster-declaration';
import { SupportType } from '../state/cluster-state';
import {
  ADD_ON_TYPE, ADD_ON_VERSIONS_TYPE, AWS_EKS_CLUSTER_TYPE, clustersOf, DeployedStack, LAUNCH_TEMPLATE_TYPE, mayBeUnsent,
  nameInPhysicalId, nestedIn, NO_STACK, NODE_GROUP_TYPE, tagsOnNodeGroup, TemplateResource, TemplateResources,
} from '../state/deployed-stack';
import { CUSTOM_AMI_TYPE } from '../state/node-group-state';
import { holdsExpression } from '../state/placeholder';
import { amiOfferOf, RegionCatalog } from '../state/region-catalog';

/**
 * What a deployment changes of a cluster that is live: the one place where that is worked out, for guard, preview, `check` and plan.
 *
 * A property moves when it differs between the deployed and the wanted template, or when the last update of its resource failed, so that
 * CloudFormation sends it again. What is live moves nothing by itself, unless an update of the stack has stopped on the way: then it may
 * be what that has not got to. What templates hold comes before what was declared, since escape hatches and Aspects can change it.
 *
 * @param clusterName the cluster's name in EKS
 */
export function intentOf(cluster: ClusterInStacks, clusterName: string, stacks: Stacks, catalog: RegionCatalog): UpgradeIntent {
  const nodeGroups = partsOf(NODE_GROUP_TYPE, cluster, clusterName, stacks);
  const addOns = partsOf(ADD_ON_TYPE, cluster, clusterName, stacks);
  return {
    ...controlPlaneIntent(cluster, clusterName, stacks),
    ...unreadStacks([cluster, ...nodeGroups, ...addOns], stacks.deployed),
    objects: cluster.objects,
    nodeGroups: Object.fromEntries(arrivingLast(nodeGroups).map((part) => [part.name, part.isWanted
      ? nodeGroupIntent(part, cluster.nodeGroups.find((declared) => isAt(declared, part)), stacks, catalog)
      : { removed: true, constructPath: constructPathOf(part, {}, stacks) }])),
    addOns: Object.fromEntries(arrivingLast(addOns).map((part) => [part.name, part.isWanted
      ? {
        ...addOnIntent(part, cluster.addOns.find((declared) => isAt(declared, part)), stacks),
        ...isHandedOn(part, addOns, cluster) && { isNew: false },
      }
      : { removed: true }])),
  };
}

function unreadStacks(
  places: ReadonlyArray<Pick<Place, 'stackName'>>, deployed: Stacks['deployed'],
): Pick<UpgradeIntent, 'unreadStacks'> {
  const names = [...new Set(places.map(({ stackName }) => stackName))];
  const unread = names.flatMap((stack) => {
    const why = deployed[stack]?.unreadState;
    return why === undefined ? [] : [{ stack, why }];
  });
  return unread.length > 0 ? { unreadStacks: unread } : {};
}

/** Of two parts with one name, the one that comes counts: EKS has one thing by that name. */
function arrivingLast(parts: readonly Part[]): Part[] {
  return [...parts].sort((one, other) => Number(one.isWanted) - Number(other.isWanted));
}

function isAt(one: Place, other: Place): boolean {
  return one.stackName === other.stackName && one.logicalId === other.logicalId;
}

function controlPlaneIntent(cluster: ClusterInStacks, clusterName: string, stacks: Stacks): Omit<UpgradeIntent, 'nodeGroups' | 'addOns'> {
  const { stackName, logicalId, version } = cluster;
  if (logicalId === undefined) {
    return version === undefined ? {} : {
      version, previousVersion: versionOfAddOns(cluster.addOns, stacks.deployed), isMovedElsewhere: true,
    };
  }
  const [wanted, deployed] = [stacks.wanted[stackName] ?? {}, stacks.deployed[stackName] ?? NO_STACK];
  const isOfAwsEks = wanted[logicalId]?.type === AWS_EKS_CLUSTER_TYPE;
  const support = [wanted, deployed.resources].map((resources) => supportTypeIn(resources[logicalId]));
  const before = clusterVersionIn(deployed.resources, logicalId);
  const authorities = [wanted, deployed.resources].map(
    (resources) => literal(resources[logicalId]?.properties.ActiveCertificateAuthorityId),
  );
  return {
    version: clusterVersionIn(wanted, logicalId) ?? version,
    previousVersion: mayBeUnsent(deployed, logicalId) ? undefined : before,
    isFirstVersion: before === undefined && deployed.resources[logicalId] !== undefined,
    ...isOfAwsEks && { isTakenBack: true, otherChanges: changedUpdates(wanted, deployed.resources, logicalId) },
    ...isWithoutSelfManaged(deployed.resources[logicalId]) && { isWithoutSelfManaged: true },
    ...String(wanted[logicalId]?.properties.Force) === 'true' && { isForced: true },
    supportType: support[0] === support[1] ? undefined : support[0],
    activeCertificateAuthorityId: authorities[0] === authorities[1] ? undefined : authorities[0],
    ...leavesAutoMode(deployed.resources[logicalId], wanted[logicalId]) && { leavesAutoMode: true },
    replacedBy: replacementOf(clusterName, { stackName, logicalId }, stacks),
  };
}

function supportTypeIn(cluster: TemplateResource | undefined): SupportType | undefined {
  const { SupportType: given } = (cluster?.properties.UpgradePolicy ?? {}) as { readonly SupportType?: unknown };
  return literal(given) as SupportType | undefined;
}

/** Whether Auto Mode is on by the deployed template, and not by the wanted one; what only the deployment knows counts as on. */
function leavesAutoMode(deployed: TemplateResource | undefined, wanted: TemplateResource | undefined): boolean {
  const [before, after] = [deployed, wanted].map(
    (cluster) => ((cluster?.properties.ComputeConfig ?? {}) as { readonly Enabled?: unknown }).Enabled,
  );
  return wanted !== undefined && String(before) === 'true' && String(after) !== 'true' && !holdsExpression(after);
}

/** What EKS shall install by itself can only be said when a cluster is created. */
function isWithoutSelfManaged({ type, properties }: Partial<TemplateResource> = {}): boolean {
  const given = type === AWS_EKS_CLUSTER_TYPE
    ? (properties?.Config as AwsEksConfig | undefined)?.bootstrapSelfManagedAddons : properties?.BootstrapSelfManagedAddons;
  return String(given) === 'false';
}

/** Why the live cluster would be deleted: properties that CloudFormation can only set anew, or another resource in its place. */
function replacementOf(clusterName: string, { stackName, logicalId }: Place, stacks: Stacks): string[] {
  const [wanted, deployed] = [stacks.wanted[stackName] ?? {}, stacks.deployed[stackName] ?? NO_STACK];
  const before = clustersOf(deployed).find(({ name }) => name === clusterName);
  if (before && wanted[logicalId] && wanted[logicalId].type !== before.resource.type) return [`${OTHER_TYPE}${before.resource.type}`];
  if (before && before.logicalId !== logicalId) return [`${OTHER_RESOURCE}${before.logicalId}`];
  const elsewhere = deployed.physicalIds[logicalId] === undefined
    ? leavingClusters(stacks).find(({ name, stackName: other }) => name === clusterName && other !== stackName) : undefined;
  if (elsewhere) return [`${OTHER_RESOURCE}${elsewhere.logicalId} of stack ${elsewhere.stackName}`];
  return replacedBy(logicalId, wanted, deployed);
}

function replacedBy(logicalId: string, wanted: TemplateResources, { resources }: DeployedStack): string[] {
  const names = [...new Set([...replacingProperties(logicalId, resources, wanted), ...wanted[logicalId]?.replacedBy ?? []])];
  return names.filter((name) => !names.some((inner) => inner.startsWith(`${name}.`))); // change sets name whole properties
}

function replacedByItself({ logicalId, isDeployed }: Part, wanted: TemplateResources, deployed: DeployedStack): string[] {
  return isDeployed ? exceptOfCluster(replacedBy(logicalId, wanted, deployed), wanted[logicalId]) : [];
}

/** A part goes with its cluster: that its own cluster is another then is no finding of its own. */
function exceptOfCluster(changes: readonly string[], { properties: { ClusterName } }: TemplateResource): string[] {
  return changes.filter((name) => name !== 'ClusterName' || literal(ClusterName) !== undefined);
}

/** The Kubernetes minor for which deployed stacks have chosen add-ons: what the app took the control plane to have. */
function versionOfAddOns(addOns: readonly Place[], deployed: Stacks['deployed']): string | undefined {
  const versions = addOns.flatMap(({ stackName, logicalId }) => {
    const { resources = {} } = deployed[stackName] ?? {};
    return referencesIn(resources[logicalId]?.properties.AddonVersion).map((id) => literal(resources[id]?.properties.KubernetesVersion));
  });
  return versions.find((version) => version !== undefined);
}

/** The names in EKS of the node groups that a cluster declares. */
export function nodeGroupNamesOf(
  { nodeGroups }: { readonly nodeGroups: ReadonlyArray<Parameters<typeof nodeGroupNameOf>[0]> }, deployed: Stacks['deployed'],
): ReadonlySet<string> {
  return new Set(nodeGroups.map((group) => nodeGroupNameOf(group, deployed)));
}

/** The name of a declared node group in EKS; while CloudFormation has made up none, its logical ID. */
export function nodeGroupNameOf(
  { stackName, logicalId, name }: Place & Pick<NodeGroupDeclaration, 'name'>, deployed: Stacks['deployed'],
): string {
  const physicalId = deployed[stackName]?.physicalIds[logicalId];
  return physicalId === undefined ? name ?? logicalId : nameInPhysicalId(physicalId);
}

/** The Kubernetes minor that a template gives a cluster; undefined when it gives none, or one that only the deployment knows. */
export function clusterVersionIn(resources: TemplateResources | undefined, logicalId: string): string | undefined {
  const { type, properties } = resources?.[logicalId] ?? {};
  const config = type === AWS_EKS_CLUSTER_TYPE ? properties?.Config as TemplateResource['properties'] : { version: properties?.Version };
  return literal(config?.version);
}

/** The kinds of updates of the custom resource of a cluster that differ between two templates. */
function changedUpdates(wanted: TemplateResources, deployed: TemplateResources, logicalId: string): string[] {
  const [after, before] = [wanted, deployed].map((resources) => resources[logicalId])
    .map(
      (cluster) => cluster?.type === AWS_EKS_CLUSTER_TYPE ? awsEksUpdates((cluster.properties.Config ?? {}) as AwsEksConfig) : undefined,
    );
  return after && before ? Object.keys(after).filter((kind) => !isDeepStrictEqual(after[kind], before[kind])) : [];
}

/** Whether its stack does not have a part yet, be it that there is no stack yet. Of a stack that was not read, nothing is claimed. */
function isNewTo(stack: DeployedStack | undefined, { isDeployed }: Part): boolean | undefined {
  return stack && !isDeployed;
}

/** Whether an add-on moves from the stack of its cluster to a later one: the first has deleted it when the other creates it. */
function isHandedOn({ name, stackName }: Part, addOns: readonly Part[], cluster: ClusterInStacks): boolean {
  if (cluster.logicalId === undefined) return false; // nothing tells which stack comes first
  const first = topOf(cluster.stackName);
  return topOf(stackName) !== first
    && addOns.some((other) => other.name === name && !other.isWanted && topOf(other.stackName) === first);
}

/** A nested stack deletes nothing before the one at the top has updated everything. */
function topOf(stackName: string): string {
  const nested = nestedIn(stackName);
  return nested ? topOf(nested.parent) : stackName;
}

/** Whether CloudFormation updates a part that its stack has: something of it changes, or its last update failed. */
function isUpdated({ logicalId, isDeployed }: Part, wanted: TemplateResources, deployed: DeployedStack): boolean {
  return isDeployed && (deployed.failed?.includes(logicalId) === true || changesOf(logicalId, wanted, deployed).length > 0);
}

/** The properties of a node group that move it to another AMI: what no other property may change with. */
const MOVING = ['Version', 'ReleaseVersion'];

function nodeGroupIntent(
  part: Part, declared: Partial<NodeGroupDeclaration> = {}, { wanted, deployed }: Stacks, catalog: RegionCatalog,
): NodeGroupIntent {
  const { stackName, logicalId } = part;
  const [template, stack] = [wanted[stackName], deployed[stackName] ?? NO_STACK];
  const { properties } = template[logicalId];
  const before = part.isDeployed ? stack.resources[logicalId]?.properties : undefined;
  const isUnsent = mayBeUnsent(stack, logicalId);
  const otherChanges = part.isDeployed ? changesBeside(logicalId, template, stack) : [];
  const image = goldenImageOf(declared, properties);
  const isKept = before && !isUnsent && !otherChanges.includes('LaunchTemplate')
    && image?.id === launchedImageIn(stack.resources, logicalId);
  const isOfOwnImage = declared.amiType === CUSTOM_AMI_TYPE;
  const version = isOfOwnImage ? undefined : literal(properties.Version) ?? declared.kubernetesVersion;
  const desiredSize = desiredSizeIn(properties);
  return {
    constructPath: constructPathOf(part, declared, { wanted, deployed }),
    version,
    ...version === undefined && properties.Version === undefined && !isOfOwnImage && { isUnversioned: true },
    releaseVersion: isOfOwnImage
      ? undefined
      : literal(properties.ReleaseVersion) ?? declared.releaseVersion ?? recommendedNow(declared, version, catalog),
    amiType: literal(properties.AmiType) ?? declared.amiType,
    image: image && { ...image, ...isKept && { isKept } },
    ...String(properties.ForceUpdateEnabled) === 'true' && { isForced: true },
    previous: before && !isOfOwnImage && !isUnsent ? previousVersionsIn(before) : undefined,
    otherChanges,
    replacedBy: replacedByItself(part, template, stack),
    launchTemplate: before && (launchTemplateChange(before.LaunchTemplate, properties.LaunchTemplate)
      ?? (replacesLaunchTemplate(properties.LaunchTemplate, template, stack) ? 'exchanged' : undefined)),
    desiredSize,
    ...otherChanges.includes('ScalingConfig') && !isLower(desiredSize, before && desiredSizeIn(before)) && { resendsDesiredSize: true },
    hasFixedName: literalName(properties) === part.name,
    isNew: isNewTo(deployed[stackName], part),
    ...isUpdated(part, template, stack) && { isUpdated: true },
  };
}

function desiredSizeIn({ ScalingConfig }: TemplateResource['properties']): number | undefined {
  const { DesiredSize: size } = (ScalingConfig ?? {}) as { readonly DesiredSize?: unknown };
  return size === undefined ? undefined : Number(size);
}

function isLower(size: number | undefined, before: number | undefined): boolean {
  return size !== undefined && before !== undefined && size < before;
}

function previousVersionsIn({ Version, ReleaseVersion }: TemplateResource['properties']): PreviousVersions {
  const byExpression = [
    ...holdsExpression(Version) ? ['version' as const] : [], ...holdsExpression(ReleaseVersion) ? ['releaseVersion' as const] : [],
  ];
  return { version: literal(Version), releaseVersion: literal(ReleaseVersion), ...byExpression.length > 0 && { byExpression } };
}

/** Where the construct of a node group is that nobody has given a name. */
function constructPathOf(
  { stackName, logicalId }: Part, declared: Partial<NodeGroupDeclaration>, { wanted, deployed }: Stacks,
): string | undefined {
  const resource = wanted[stackName]?.[logicalId] ?? deployed[stackName]?.resources[logicalId];
  const path = resource?.path ?? declared.path;
  return path === undefined || resource?.properties.NodegroupName !== undefined ? undefined : pathInDiff(path);
}

/** The image of a declared node group that has one of its own; undefined where only the deployment knows it. */
function goldenImageOf(
  { releaseVersion, kubernetesVersion }: Partial<NodeGroupDeclaration>, { LaunchTemplate }: TemplateResource['properties'],
): ImageIntent | undefined {
  if (releaseVersion === undefined || !isImageId(releaseVersion)) return undefined;
  const { Id: id, Version: version } = (LaunchTemplate ?? {}) as { readonly Id?: unknown; readonly Version?: unknown };
  const isForeign = typeof id === 'string' && typeof version === 'string';
  return { id: releaseVersion, kubernetesVersion, launchTemplate: isForeign ? { id, version } : undefined };
}

function changesBeside(logicalId: string, wanted: TemplateResources, deployed: DeployedStack): string[] {
  return exceptOfCluster(changesOf(logicalId, wanted, deployed), wanted[logicalId]).filter((name) => !MOVING.includes(name)).sort();
}

/** All that a deployment changes of a node group or an add-on. */
function changesOf(logicalId: string, wanted: TemplateResources, { resources }: DeployedStack): string[] {
  return [...new Set([
    ...changedProperties(logicalId, resources, wanted), ...wanted[logicalId].changedBesides ?? [],
    ...hasOtherTags(resources[logicalId], wanted[logicalId]) ? ['Tags'] : [],
  ])];
}

/** Whether a node group gets other tags, be it by its stack alone. */
function hasOtherTags(before: TemplateResource, after: TemplateResource): boolean {
  if (!before.stackTags || !after.stackTags) return false;
  return !isDeepStrictEqual(tagsOnNodeGroup(before), tagsOnNodeGroup(after));
}

/** EKS keeps the ID of a node group's launch template for life. */
function launchTemplateChange(before: unknown, after: unknown): LaunchTemplateChange | undefined {
  const [old, wanted] = [before, after].map(launchTemplateIn);
  if (isDeepStrictEqual(old, wanted)) return undefined;
  if (old === undefined) return 'added';
  return wanted === undefined ? 'removed' : 'exchanged';
}

/** Whether CloudFormation makes another launch template in place of the one of the stack to which a node group refers. */
function replacesLaunchTemplate(given: unknown, wanted: TemplateResources, deployed: DeployedStack): boolean {
  return referencesIn(given).some((id) => wanted[id]?.type === LAUNCH_TEMPLATE_TYPE && replacedBy(id, wanted, deployed).length > 0);
}

function launchTemplateIn(value: unknown): unknown {
  const { Id: id, Name: name } = (value ?? {}) as { readonly Id?: unknown; readonly Name?: unknown };
  return id ?? name;
}

/** A tracked add-on stays unless its version is asked for anew: when it is new there, or its policy or the Kubernetes minor changes. */
function addOnIntent(part: Part, declared: Partial<ClusterInStacks['addOns'][number]> = {}, { wanted, deployed }: Stacks): AddOnIntent {
  const { stackName, logicalId, name } = part;
  const [after, stack] = [wanted[stackName], deployed[stackName] ?? NO_STACK];
  const before = part.isDeployed ? stack.resources : {};
  const { properties } = after[logicalId];
  const configuration = configurationIn(properties);
  const isResent = part.isDeployed && mayBeUnsent(stack, logicalId);
  const common = {
    previousVersion: literal(before[logicalId]?.properties.AddonVersion),
    ...isResent && { isResent },
    given: givenTo(properties),
    ...properties.ResolveConflicts === 'OVERWRITE' && { isOverwriting: true },
    ...configuration && {
      configuration,
      isReconfigured: isResent || isReconfigured(before[logicalId]?.properties, properties),
    },
    replacedBy: replacedByItself(part, after, stack),
    isNew: isNewTo(deployed[stackName], part),
    ...isUpdated(part, after, stack) && { isUpdated: true },
    isNeededByNodes: declared.neededByNodes,
    ...declared.movesWithoutNodes && { movesWithoutNodes: true },
    ...declared.choice !== undefined && { isTracked: true },
  };
  const [resolver] = referencesIn(properties.AddonVersion).filter((id) => after[id]?.type === ADD_ON_VERSIONS_TYPE);
  if (resolver === undefined) return { ...common, version: literal(properties.AddonVersion) ?? declared.version };
  const isAskedAnew = asksAnew(name, after[resolver].properties, before[resolver]?.properties);
  return isAskedAnew || mayBeUnsent(stack, resolver)
    ? {
      ...common,
      policy: policyIn(name, after[resolver].properties) ?? policyOf(declared),
      ...part.isDeployed && isAskedAnew && { isUpdated: true },
    }
    : { ...common, ...part.isDeployed && { isAskedOnce: true } };
}

/** How the version of an add-on is resolved. */
function policyIn(name: string, { AddOns: addOns }: TemplateResource['properties']): AddOnIntent['policy'] {
  return (addOns as AddOnVersionsProperties['AddOns'] | undefined)?.find((addOn) => addOn.Name === name)?.Policy;
}

/** What CloudFormation would take from the parameter of AWS at deployment. */
function recommendedNow(
  { tracking, amiType }: Partial<NodeGroupDeclaration>, version: string | undefined, catalog: RegionCatalog,
): string | undefined {
  if (tracking !== 'recommended-at-deployment' || amiType === undefined || version === undefined) return undefined;
  const offer = amiOfferOf(catalog, amiType, version);
  return offer.known ? offer.value.recommendedRelease : undefined;
}
