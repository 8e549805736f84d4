import { literal } from './cluster-in-templates';
import { changesLaunchTemplate } from './launch-template-changes';
import { creationThatDiffers, namespaceThatDiffers, settingsThatDiffer } from './live-settings';
import { StackNames } from './stack-names';
import { referencesIn } from './template-references';
import { isImageId } from '../ami/image-id';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState } from '../state/cluster-state';
import {
  ADD_ON_TYPE, ADD_ON_VERSIONS_TYPE, AWS_EKS_CLUSTER_TYPE, CLUSTER_TYPES, DeployedStack, LAUNCH_TEMPLATE_TYPE, nameInPhysicalId,
  NODE_GROUP_TYPE, TemplateResource, TemplateResources,
} from '../state/deployed-stack';
import { LaunchTemplateData } from '../state/launch-template-data';
import { hasCustomAmi, NodeGroupState } from '../state/node-group-state';
import { isMissingPart } from '../state/unread-part';

/** A stack of which the resources are known by what is live. */
type StackOfLive = Omit<DeployedStack, 'resources'> & {
  readonly names?: StackNames;
  /** The Kubernetes minor that the app wanted of the control plane before; undefined where that is not known. */
  readonly versionBefore?: string;
};

/**
 * What a stack holds as far as EKS shows it, for where CloudFormation does not tell what it changes: resources are as they are
 * wanted, but with the versions and settings that are live, and what leaves the template is there still.
 *
 * @param leaving what the stack has and the template lacks
 * @param versionsMayBeNew whether node groups may get their versions with this deployment, as in one that adopts them: beside
 * anything else that changes of them, they count as sent
 */
export function stackOfLive(
  wanted: TemplateResources, stack: StackOfLive, state: ClusterState, leaving: TemplateResources = {}, versionsMayBeNew = false,
): DeployedStack {
  const resources = Object.entries(wanted)
    .filter(([logicalId]) => stack.physicalIds[logicalId] !== undefined)
    .map(([logicalId, resource]) => [logicalId, liveResource(resource, logicalId, stack, state, versionsMayBeNew)]);
  return { ...stack, resources: { ...leaving, ...Object.fromEntries(resources), ...launchTemplatesOfLive(wanted, stack, state) } };
}

/**
 * The launch templates of the stack, with what their node groups run, as far as that is known: at least the image of one's own
 * that they name.
 */
function launchTemplatesOfLive(
  wanted: TemplateResources, { physicalIds }: Omit<DeployedStack, 'resources'>, { nodeGroups, launchTemplates = {} }: ClusterState,
): Record<string, TemplateResource> {
  const groups = Object.entries(wanted).filter(([logicalId, { type }]) => type === NODE_GROUP_TYPE && physicalIds[logicalId] !== undefined);
  return Object.fromEntries(groups.flatMap(([logicalId, { properties }]) => {
    const name = nameInPhysicalId(physicalIds[logicalId]);
    const live = nodeGroups.known ? nodeGroups.value.find((candidate) => candidate.name === name) : undefined;
    if (!live) return [];
    const data = launchTemplates[live.name];
    return referencesIn(properties.LaunchTemplate).filter(
      (id) => wanted[id]?.type === LAUNCH_TEMPLATE_TYPE && physicalIds[id] !== undefined,
    )
      .map((id) => [id, data?.known && data.value ? holding(wanted[id], data.value) : withImageOf(live, wanted[id])]);
  }));
}

function holding(template: TemplateResource, live: LaunchTemplateData): TemplateResource {
  const { LaunchTemplateData: wanted = {} } = template.properties;
  return changesLaunchTemplate(wanted as LaunchTemplateData, live) ? having(template, { LaunchTemplateData: live }) : template;
}

function withImageOf(group: NodeGroupState, template: TemplateResource): TemplateResource {
  const imageId = group.releaseVersion;
  if (!hasCustomAmi(group) || imageId === undefined) return template;
  const data = template.properties.LaunchTemplateData as LaunchTemplateData | undefined;
  return typeof data?.ImageId === 'string' && isImageId(data.ImageId) ? having(template, {
    LaunchTemplateData: { ...data, ImageId: imageId },
  }) : template;
}

function liveResource(
  resource: TemplateResource, logicalId: string, stack: StackOfLive, state: ClusterState, versionsMayBeNew: boolean,
): TemplateResource {
  const { physicalIds, names } = stack;
  const physicalId = physicalIds[logicalId];
  const { type, properties } = resource;
  if (CLUSTER_TYPES.includes(type) && physicalId === state.name) {
    const config = properties.Config as Readonly<Record<string, unknown>> | undefined;
    const atVersion = having(resource, type === AWS_EKS_CLUSTER_TYPE
      ? { Config: { ...config, version: deployedVersion(config?.version, stack, state) } }
      : { Version: deployedVersion(properties.Version, stack, state) });
    const live = { ...creationThatDiffers(atVersion, state, names), ...autoModeOf(properties, state) };
    return { ...atVersion, properties: { ...atVersion.properties, ...live } };
  }
  if (type === ADD_ON_VERSIONS_TYPE) {
    return having(resource, { KubernetesVersion: deployedVersion(properties.KubernetesVersion, stack, state) });
  }
  const name = nameInPhysicalId(physicalId);
  if (type === NODE_GROUP_TYPE && state.nodeGroups.known) {
    const group = state.nodeGroups.value.find((candidate) => candidate.name === name);
    if (!group) return isMissingPart(name, state.nodeGroups, state.unreadNodeGroups) ? asDeleted(resource, state) : resource;
    const { version, releaseVersion } = group;
    const differing = settingsThatDiffer(resource, group, names);
    const isSent = versionsMayBeNew && Object.keys(differing).length > 0;
    const [known, release] = isSent ? [] : [version.known ? version.value : undefined, releaseVersion];
    const atVersion = version.known ? having(resource, { Version: known, ReleaseVersion: release }) : resource;
    return { ...atVersion, properties: { ...atVersion.properties, ...differing } };
  }
  if (type === ADD_ON_TYPE && state.addOns.known) {
    const addOn = state.addOns.value.find((candidate) => candidate.name === name);
    const version = typeof properties.AddonVersion === 'string' ? { AddonVersion: addOn?.version } : {};
    const configuration = typeof properties.ConfigurationValues === 'string' ? { ConfigurationValues: addOn?.configurationValues } : {};
    return addOn ? having(resource, { ...version, ...configuration, ...namespaceThatDiffers(properties, addOn) }) : resource;
  }
  return resource;
}

/** Auto Mode as it is, where the template says whether it shall be on. */
function autoModeOf({ ComputeConfig: given }: TemplateResource['properties'], { autoMode }: ClusterState): TemplateResource['properties'] {
  return given === undefined ? {} : { ComputeConfig: { ...given, Enabled: autoMode } };
}

/** A node group that somebody has deleted: what it ran is not known, but it was never newer than the control plane. */
function asDeleted(resource: TemplateResource, { version: live }: ClusterState): TemplateResource {
  const version = literal(resource.properties.Version);
  const isNewer = version !== undefined && KubernetesMinor.parse(version).isNewerThan(KubernetesMinor.parse(live));
  return isNewer ? having(resource, { Version: live }) : resource;
}

/**
 * The Kubernetes minor in the deployed template: the live one, unless the cluster is newer than the app wants it. Then a rollback of the
 * stack may have left it there, or somebody else has upgraded it, and it only goes back if the app wanted another version before.
 *
 * Of an older cluster, what the app wanted before says nothing: an upgrade that was refused or has failed without a rollback is
 * sent again.
 */
function deployedVersion(wanted: unknown, { versionBefore }: StackOfLive, { version: live }: ClusterState): string {
  const version = literal(wanted);
  const isPassed = version !== undefined && KubernetesMinor.parse(version).isOlderThan(KubernetesMinor.parse(live));
  return isPassed ? versionBefore ?? live : live;
}

function having(resource: TemplateResource, values: Readonly<Record<string, unknown>>): TemplateResource {
  const given = Object.entries(values).filter(([name]) => resource.properties[name] !== undefined);
  return { ...resource, properties: { ...resource.properties, ...Object.fromEntries(given) } };
}
