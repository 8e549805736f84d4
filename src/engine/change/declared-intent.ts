import { isDeepStrictEqual } from 'node:util';
import { asksAnew } from './add-on-question';
import { AwsEksConfig, awsEksUpdates } from './aws-eks-updates';
import { changedProperties, referredIn } from './changed-properties';
import { AddOnIntent, ImageIntent, NodeGroupIntent, UpgradeIntent } from './upgrade-intent';
import { isImageId } from '../ami/image-id';
import { AddOnDeclaration, ClusterDeclaration, NodeGroupDeclaration } from '../declaration/cluster-declaration';
import { CUSTOM_AMI_TYPE } from '../declaration/metadata';
import {
  ADD_ON_TYPE, AWS_EKS_CLUSTER_TYPE, DeployedStack, isOfCluster, nameInPhysicalId, NODE_GROUP_TYPE, TemplateResource, TemplateResources,
} from '../state/deployed-stack';
import { isPlaceholder } from '../state/placeholder';
import { amiOfferOf, RegionCatalog } from '../state/region-catalog';

/** The templates that an app wants, and what is deployed of them, by name of the stack. */
export interface Stacks {
  readonly wanted: Readonly<Record<string, TemplateResources>>;
  readonly deployed: Readonly<Record<string, DeployedStack>>;
}

/**
 * What an app wants of a cluster that is live, as a deployment of its templates would have it.
 *
 * What the templates hold comes before what was declared, since escape hatches and Aspects can change it.
 *
 * @param clusterName the cluster's name in EKS
 */
export function intentOf(declaration: ClusterDeclaration, clusterName: string, stacks: Stacks, catalog: RegionCatalog): UpgradeIntent {
  return {
    ...controlPlaneIntent(declaration, stacks),
    objects: declaration.objects,
    nodeGroups: Object.fromEntries([
      ...deployedOf(stacks, NODE_GROUP_TYPE, clusterName).map(({ name, isWanted, ...place }) =>
        [name, isWanted ? nodeGroupIntent(place, stacks, catalog) : { removed: true }]),
      ...declaration.nodeGroups.map((group) => [nodeGroupNameOf(group, stacks.deployed), nodeGroupIntent(group, stacks, catalog)]),
    ]),
    addOns: Object.fromEntries([
      ...deployedOf(stacks, ADD_ON_TYPE, clusterName).map(({ name, isWanted, ...place }) =>
        [name, isWanted ? pinnedAddOn(place, stacks) : { removed: true }]),
      ...declaration.addOns.map((addOn) => [addOn.name, { ...addOnIntent(addOn, stacks), isNeededByNodes: addOn.neededByNodes }]),
    ]),
  };
}

function controlPlaneIntent(declaration: ClusterDeclaration, { wanted, deployed }: Stacks): Omit<UpgradeIntent, 'nodeGroups' | 'addOns'> {
  const { stackName, logicalId, version, supportType } = declaration;
  if (logicalId !== undefined) {
    return {
      version: clusterVersionIn(wanted[stackName], logicalId) ?? version,
      previousVersion: clusterVersionIn(deployed[stackName]?.resources, logicalId),
      ...wanted[stackName]?.[logicalId]?.type === AWS_EKS_CLUSTER_TYPE && {
        isTakenBack: true, otherChanges: changedUpdates(wanted[stackName], deployed[stackName]?.resources, logicalId),
      },
      supportType,
    };
  }
  return version === undefined ? {} : { version, previousVersion: versionOfAddOns(declaration.addOns, deployed), isMovedElsewhere: true };
}

/** The Kubernetes minor for which deployed stacks have chosen add-ons: what the app took the control plane to have. */
function versionOfAddOns(addOns: readonly AddOnDeclaration[], deployed: Stacks['deployed']): string | undefined {
  const versions = addOns.flatMap(({ stackName, logicalId }) => {
    const { resources = {} } = deployed[stackName] ?? {};
    return referredIn(resources[logicalId]?.properties.AddonVersion).map((id) => textOf(resources[id]?.properties.KubernetesVersion));
  });
  return versions.find((version) => version !== undefined);
}

/** The name of a declared node group in EKS; while CloudFormation has made up none, its logical ID. */
export function nodeGroupNameOf({ stackName, logicalId, name }: NodeGroupDeclaration, deployed: Stacks['deployed']): string {
  const physicalId = deployed[stackName]?.physicalIds[logicalId];
  return physicalId === undefined ? name ?? logicalId : nameInPhysicalId(physicalId);
}

/** The Kubernetes minor that a template gives a cluster; undefined when it gives none, or one that only the deployment knows. */
export function clusterVersionIn(resources: TemplateResources | undefined, logicalId: string): string | undefined {
  const { type, properties } = resources?.[logicalId] ?? {};
  const config = type === AWS_EKS_CLUSTER_TYPE ? properties?.Config as TemplateResource['properties'] : { version: properties?.Version };
  return textOf(config?.version);
}

/** The kinds of updates of the custom resource of a cluster that differ between two templates. */
function changedUpdates(wanted: TemplateResources, deployed: TemplateResources | undefined, logicalId: string): string[] {
  const [after, before] = [wanted, deployed].map((resources) => resources?.[logicalId])
    .map((cluster) => cluster && awsEksUpdates(cluster.properties.Config as AwsEksConfig));
  return after && before ? Object.keys(after).filter((kind) => !isDeepStrictEqual(after[kind], before[kind])) : [];
}

/** The properties of a node group that move it to another AMI: what no other property may change with. */
const MOVING = ['Version', 'ReleaseVersion'];

/** Where a resource stands. */
type Place = Pick<NodeGroupDeclaration, 'stackName' | 'logicalId'>;

/** @param group without a declaration, the template alone tells what is wanted */
function nodeGroupIntent(group: Place & Partial<NodeGroupDeclaration>, { wanted, deployed }: Stacks, catalog: RegionCatalog): NodeGroupIntent {
  const { stackName, logicalId } = group;
  const template = wanted[stackName] ?? {};
  const properties = template[logicalId]?.properties ?? {};
  const before = deployed[stackName]?.resources[logicalId]?.properties;
  const otherChanges = changedProperties(logicalId, deployed[stackName]?.resources ?? {}, template).filter((name) => !MOVING.includes(name));
  const image = goldenImageOf(group, properties);
  if (group.amiType === CUSTOM_AMI_TYPE) return { image, otherChanges };
  const version = textOf(properties.Version) ?? group.kubernetesVersion;
  return {
    version,
    releaseVersion: textOf(properties.ReleaseVersion) ?? group.releaseVersion ?? recommendedNow(group, version, catalog),
    previous: before && { version: textOf(before.Version), releaseVersion: textOf(before.ReleaseVersion) },
    otherChanges,
  };
}

/** The image of a declared node group that has one of its own; undefined where only the deployment knows it. */
function goldenImageOf({ amiType, releaseVersion, kubernetesVersion }: Partial<NodeGroupDeclaration>, { LaunchTemplate }: TemplateResource['properties']): ImageIntent | undefined {
  if (amiType !== CUSTOM_AMI_TYPE || releaseVersion === undefined || !isImageId(releaseVersion)) return undefined;
  const { Id: id, Version: version } = (LaunchTemplate ?? {}) as { readonly Id?: unknown; readonly Version?: unknown };
  const isForeign = typeof id === 'string' && typeof version === 'string';
  return { id: releaseVersion, kubernetesVersion, launchTemplate: isForeign ? { id, version } : undefined };
}

/** A tracked add-on stays unless the deployment asks for its version anew: when what resolves it is new, or has other properties. */
function addOnIntent(addOn: AddOnDeclaration, stacks: Stacks): AddOnIntent {
  const { stackName, logicalId, policy } = addOn;
  if (policy === 'pinned' || policy === 'tracked') return pinnedAddOn(addOn, stacks);
  const { wanted, deployed } = stacks;
  const [after, before] = [wanted[stackName] ?? {}, deployed[stackName]?.resources ?? {}];
  const resolvers = referredIn(after[logicalId]?.properties.AddonVersion);
  return resolvers.some((id) => asksAnew(addOn.name, after[id]?.properties ?? {}, before[id]?.properties)) ? { policy } : {};
}

function pinnedAddOn({ stackName, logicalId, version }: Place & Pick<AddOnDeclaration, 'version'>, { wanted }: Stacks): AddOnIntent {
  return { version: textOf(wanted[stackName]?.[logicalId]?.properties.AddonVersion) ?? version };
}

/** What CloudFormation would take from the parameter of AWS at deployment. */
function recommendedNow(
  { tracking, amiType }: Partial<NodeGroupDeclaration>, version: string | undefined, catalog: RegionCatalog,
): string | undefined {
  if (tracking !== 'recommended-at-deployment' || amiType === undefined || version === undefined) return undefined;
  const offer = amiOfferOf(catalog, amiType, version);
  return offer.known ? offer.value.recommendedRelease : undefined;
}

/** A node group or an add-on that a stack of the app has deployed. */
interface Deployed extends Place {
  /** In EKS. */
  readonly name: string;
  /** Whether the stack keeps it. */
  readonly isWanted: boolean;
}

/** The cluster's node groups or add-ons that the app's stacks have deployed, whether or not something declares them. */
function deployedOf({ wanted, deployed }: Stacks, type: string, clusterName: string): Deployed[] {
  return Object.entries(deployed).flatMap(([stackName, { resources, physicalIds }]) => Object.entries(physicalIds)
    .filter(([logicalId, physicalId]) => resources[logicalId]?.type === type && isOfCluster(physicalId, clusterName) && wanted[stackName])
    .map(([logicalId, physicalId]) => (
      { stackName, logicalId, name: nameInPhysicalId(physicalId), isWanted: wanted[stackName][logicalId] !== undefined })));
}

/** Undefined for what only the deployment knows. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && !isPlaceholder(value) ? value : undefined;
}
