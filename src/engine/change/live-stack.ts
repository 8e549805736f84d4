import { settingsThatDiffer } from './live-settings';
import { ClusterState } from '../state/cluster-state';
import {
  ADD_ON_TYPE, ADD_ON_VERSIONS_TYPE, AWS_EKS_CLUSTER_TYPE, CLUSTER_TYPES, DeployedStack, nameInPhysicalId, NODE_GROUP_TYPE, TemplateResource,
  TemplateResources,
} from '../state/deployed-stack';

/**
 * What a stack holds as far as EKS shows it, for where CloudFormation does not tell what it changes: resources are as they are wanted, but with
 * the versions and settings that are live.
 *
 * @param tags those of the stack, which CloudFormation puts on every resource
 */
export function stackOfLive(
  wanted: TemplateResources, stack: Omit<DeployedStack, 'resources'>, state: ClusterState, tags: Readonly<Record<string, string>> = {},
): DeployedStack {
  const resources = Object.entries(wanted)
    .filter(([logicalId]) => stack.physicalIds[logicalId] !== undefined)
    .map(([logicalId, resource]) => [logicalId, liveResource(resource, stack.physicalIds[logicalId], state, tags)]);
  return { ...stack, resources: Object.fromEntries(resources) };
}

function liveResource(
  resource: TemplateResource, physicalId: string, state: ClusterState, tags: Readonly<Record<string, string>>,
): TemplateResource {
  const { type, properties } = resource;
  if (CLUSTER_TYPES.includes(type) && physicalId === state.name) {
    const config = properties.Config as Readonly<Record<string, unknown>> | undefined;
    return having(resource, type === AWS_EKS_CLUSTER_TYPE ? { Config: { ...config, version: state.version } } : { Version: state.version });
  }
  if (type === ADD_ON_VERSIONS_TYPE) return having(resource, { KubernetesVersion: state.version });
  const name = nameInPhysicalId(physicalId);
  if (type === NODE_GROUP_TYPE && state.nodeGroups.known) {
    const group = state.nodeGroups.value.find((candidate) => candidate.name === name);
    if (!group) return resource;
    const { version, releaseVersion } = group;
    const atVersion = version.known ? having(resource, { Version: version.value, ReleaseVersion: releaseVersion }) : resource;
    return { ...atVersion, properties: { ...atVersion.properties, ...settingsThatDiffer(properties, group, tags) } };
  }
  if (type === ADD_ON_TYPE && state.addOns.known && typeof properties.AddonVersion === 'string') {
    const addOn = state.addOns.value.find((candidate) => candidate.name === name);
    return addOn ? having(resource, { AddonVersion: addOn.version }) : resource;
  }
  return resource;
}

function having(resource: TemplateResource, values: Readonly<Record<string, unknown>>): TemplateResource {
  const given = Object.entries(values).filter(([name]) => resource.properties[name] !== undefined);
  return { ...resource, properties: { ...resource.properties, ...Object.fromEntries(given) } };
}
