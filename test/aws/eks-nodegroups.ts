/**
 * Managed node groups in the EKS stand-in.
 */
import type {
  DescribeNodegroupResponse, ListNodegroupsResponse, Nodegroup, Update, UpdateNodegroupVersionResponse,
} from '@aws-sdk/client-eks';
import { ACCOUNT, REGION, type Input } from './aws-service';
import { found, refuseIf, type EksRegion, type NodegroupRecord } from './eks-region';
import { failNodegroupVersion, refuseOtherKindOfImage, refuseNodegroupVersion, type EksLaunchTemplate } from './eks-rules';
import { startUpdate } from './eks-updates';
import { pageOf } from './pages';

export function nodegroupActions(region: EksRegion) {
  return {
    ListNodegroups: (input: Input): ListNodegroupsResponse => {
      const { nodegroups } = region.cluster(input.clusterName);
      const { items, nextToken } = pageOf([...nodegroups.keys()], input, region.largestPage, 'InvalidParameterException');
      return { nodegroups: [...items], nextToken };
    },

    DescribeNodegroup: ({ clusterName, nodegroupName }: Input): DescribeNodegroupResponse => {
      const { createdAt } = region.cluster(clusterName);
      return { nodegroup: describeNodegroup(clusterName, { createdAt, ...nodegroup(region, { clusterName, nodegroupName }) }) };
    },

    UpdateNodegroupVersion: (input: Input): UpdateNodegroupVersionResponse => ({ update: updateVersion(region, input) }),
  };
}

/** The node group that a request names. */
export function nodegroup(region: EksRegion, { clusterName, nodegroupName }: Input): NodegroupRecord {
  const record = region.cluster(clusterName).nodegroups.get(nodegroupName);
  return found(record, `No node group found for name: ${nodegroupName}.`, { clusterName, nodegroupName });
}

/** The launch template that a request names, with the image in its version; undefined for one that nobody has put into the local EC2. */
export function launchTemplateOf({ ec2 }: EksRegion, { launchTemplate }: Input): EksLaunchTemplate | undefined {
  if (!launchTemplate?.id || !ec2.launchTemplates.has(launchTemplate.id)) return undefined;
  const { id, version = '$Default' } = launchTemplate;
  return { id, imageId: ec2.launchTemplates.version(id, String(version))?.imageId };
}

function updateVersion(region: EksRegion, { clusterName, nodegroupName, version, releaseVersion, launchTemplate, force }: Input): Update {
  const cluster = region.cluster(clusterName);
  const request = { nodegroupName, version, releaseVersion, launchTemplate, force };
  refuseIf(
    refuseNodegroupVersion(region.catalog.forRules(region.clock.now()), region.forRules(cluster), request), { clusterName, nodegroupName },
  );

  const group = cluster.nodegroups.get(nodegroupName)!;
  const template = launchTemplateOf(region, { launchTemplate });
  if (template) refuseIf(refuseOtherKindOfImage(group, template), { clusterName, nodegroupName });
  const target = {
    ...targetOf(region, group, version ?? cluster.version, releaseVersion),
    ...template?.imageId !== undefined && { releaseVersion: template.imageId },
  };
  group.status = 'UPDATING';
  region.drains.push({ nodegroupName, nodes: nodesOf(group), atOnce: unavailableOf(group) });
  return startUpdate(region, cluster, {
    nodegroupName,
    type: 'VersionUpdate',
    params: { Version: 'version' in target ? target.version : undefined, ReleaseVersion: target.releaseVersion },
    durationMillis: region.durations.nodegroup,
    failure: () => failNodegroupVersion(group, request),
    ended: (successful) => {
      Object.assign(group, { status: 'ACTIVE' }, successful && target);
      if (successful && launchTemplate) group.config = { ...group.config, launchTemplate };
    },
  });
}

/** How many nodes a group has. */
export function nodesOf({ config }: NodegroupRecord): number {
  return config?.scalingConfig?.desiredSize ?? 2;
}

function unavailableOf(group: NodegroupRecord): number {
  const { maxUnavailable = 1, maxUnavailablePercentage } = group.config?.updateConfig ?? {};
  return maxUnavailablePercentage === undefined ? maxUnavailable : Math.max(1, Math.floor(nodesOf(group) * maxUnavailablePercentage / 100));
}

/** A group with a custom AMI gets new nodes, but EKS knows no versions of it. */
function targetOf({ catalog }: EksRegion, { amiType }: NodegroupRecord, version: string, releaseVersion?: string) {
  return amiType === 'CUSTOM' ? {} : { version, releaseVersion: releaseVersion ?? catalog.newestRelease(amiType, version) };
}

/** A node group as EKS tells of it; what nobody configured is in good order. */
export function describeNodegroup(clusterName: string, {
  name, issues, config, cannotDrain: _, tags = {}, ...members
}: NodegroupRecord): Nodegroup {
  return {
    nodegroupName: name,
    nodegroupArn: `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/${clusterName}/${name}/00000000-0000-4000-8000-000000000000`,
    clusterName,
    capacityType: 'ON_DEMAND',
    scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
    updateConfig: { maxUnavailable: 1 },
    labels: {},
    nodeRole: `arn:aws:iam::${ACCOUNT}:role/${name}-role`,
    ...config?.launchTemplate ? {} : { instanceTypes: ['t3.medium'], diskSize: 20 },
    resources: { autoScalingGroups: [{ name: `eks-${name}` }] },
    ...config,
    ...(members as Pick<Nodegroup, 'amiType' | 'releaseVersion' | 'status' | 'version'>),
    health: { issues },
    tags,
  };
}
