/**
 * Managed node groups of the EKS stand-in come, change their configuration, and go.
 */
import type { CreateNodegroupResponse, DeleteNodegroupResponse, Update, UpdateNodegroupConfigResponse } from '@aws-sdk/client-eks';
import { AwsError, type Input } from './aws-service';
import { describeNodegroup, launchTemplateOf, nodegroup, nodesOf } from './eks-nodegroups';
import { refuseIf, type ClusterRecord, type EksRegion, type NodegroupRecord } from './eks-region';
import { refuseNewLaunchTemplate, refuseNewNodegroup } from './eks-rules';
import { startUpdate } from './eks-updates';

export function nodegroupLifecycleActions(region: EksRegion) {
  return {
    CreateNodegroup: (input: Input): CreateNodegroupResponse => ({
      nodegroup: describeNodegroup(input.clusterName, create(region, input)),
    }),
    UpdateNodegroupConfig: (input: Input): UpdateNodegroupConfigResponse => ({ update: updateConfig(region, input) }),
    DeleteNodegroup: (input: Input): DeleteNodegroupResponse => ({
      nodegroup: describeNodegroup(input.clusterName, remove(region, input)),
    }),
  };
}

function create(region: EksRegion, { clusterName, nodegroupName, tags = {}, ...input }: Input): NodegroupRecord {
  const cluster = region.cluster(clusterName);
  const template = launchTemplateOf(region, input);
  refuseIf(refuseNewLaunchTemplate(template, input), { clusterName, nodegroupName });
  const { amiType = template?.imageId === undefined ? 'AL2023_x86_64_STANDARD' : 'CUSTOM' } = input;
  const custom = amiType === 'CUSTOM';
  const version = input.version ?? (custom ? undefined : cluster.version);
  const request = { nodegroupName, amiType, version, releaseVersion: input.releaseVersion };
  refuseIf(
    refuseNewNodegroup(region.catalog.forRules(region.clock.now()), region.forRules(cluster), request), { clusterName, nodegroupName },
  );

  const group: NodegroupRecord = {
    name: nodegroupName,
    status: 'CREATING',
    amiType,
    version,
    releaseVersion: template?.imageId ?? input.releaseVersion ?? (version && region.catalog.newestRelease(amiType, version)),
    issues: [],
    createdAt: region.clock.now(),
    config: input,
    tags,
  };
  cluster.nodegroups.set(nodegroupName, group);
  letNodesIn(cluster, input.nodeRole, amiType);
  region.clock.after(region.durations.nodegroup, () => { group.status = 'ACTIVE'; });
  return group;
}

/** EKS makes an access entry for the role of the nodes, unless there is one. */
function letNodesIn({ config, accessEntries, name }: ClusterRecord, principalArn: string | undefined, amiType: string): void {
  if (!config?.accessConfig?.authenticationMode?.startsWith('API') || principalArn === undefined || accessEntries.has(principalArn)) return;
  const type = amiType.startsWith('WINDOWS') ? 'EC2_WINDOWS' : 'EC2_LINUX';
  accessEntries.set(principalArn, { clusterName: name, principalArn, type, policies: new Map() });
}

function updateConfig(region: EksRegion, { clusterName, nodegroupName, clientRequestToken: _, ...input }: Input): Update {
  const cluster = region.cluster(clusterName);
  const group = nodegroup(region, { clusterName, nodegroupName });
  if (group.status !== 'ACTIVE' && group.status !== 'DEGRADED') {
    throw new AwsError(
      'ResourceInUseException', "Nodegroup cannot be updated as it's currently not in Active State", 409, { clusterName, nodegroupName },
    );
  }
  group.status = 'UPDATING';
  return startUpdate(region, cluster, {
    nodegroupName,
    type: 'ConfigUpdate',
    params: {},
    durationMillis: region.durations.nodegroup,
    ended: (successful) => {
      group.status = 'ACTIVE';
      if (successful) group.config = { ...group.config, ...withChanges(group.config ?? {}, input) };
    },
  });
}

/** Labels and taints are told as what to add and what to remove, all else as it shall be. */
function withChanges(config: Input, { labels, taints, ...members }: Input): Input {
  return {
    ...members,
    ...(labels && { labels: { ...without(config.labels, labels.removeLabels), ...labels.addOrUpdateLabels } }),
    ...(taints && { taints: taints.addOrUpdateTaints }),
  };
}

function without(map: Record<string, string> = {}, keys: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

function remove(region: EksRegion, input: Input): NodegroupRecord {
  const group = nodegroup(region, input);
  group.status = 'DELETING';
  region.drains.push({ nodegroupName: group.name, nodes: nodesOf(group), atOnce: nodesOf(group) });
  region.clock.after(region.durations.nodegroup, () => { region.cluster(input.clusterName).nodegroups.delete(group.name); });
  return group;
}
