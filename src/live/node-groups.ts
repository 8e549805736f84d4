import { DescribeNodegroupCommand, EKSClient, Nodegroup, paginateListNodegroups } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { unlessMissing } from './aws-call-error';
import { DescribedParts, describeEach } from './describe-each';
import { healthIssuesOf } from './health-issues';
import { known, notKnown } from '../engine/state/known';
import { NodeGroupState } from '../engine/state/node-group-state';

/**
 * The managed node groups of a cluster.
 *
 * @param likely names of some that it most likely has
 * @throws AwsCallError if they cannot be listed
 */
export async function readNodeGroups(
  eks: EKSClient, clusterName: string, likely?: readonly string[],
): Promise<DescribedParts<NodeGroupState>> {
  return describeEach(async () => listNodeGroups(eks, clusterName), async (name) => {
    const group = await readNodeGroup(eks, clusterName, name);
    return group && stateOf(group);
  }, likely);
}

/** The names of the node groups of a cluster. */
export async function listNodeGroups(eks: EKSClient, clusterName: string): Promise<string[]> {
  return allPages(paginateListNodegroups({ client: eks }, { clusterName }), ({ nodegroups }) => nodegroups);
}

function stateOf(group: Nodegroup): NodeGroupState {
  const { scalingConfig: scaling, updateConfig: update, launchTemplate, remoteAccess } = group;
  return {
    name: group.nodegroupName!,
    status: group.status!,
    healthIssues: healthIssuesOf(group.health),
    amiType: group.amiType!,
    version: group.version === undefined ? notKnown(`EKS does not know it of AMI type ${group.amiType}`) : known(group.version),
    releaseVersion: group.releaseVersion,
    scaling: scaling && { minSize: scaling.minSize!, maxSize: scaling.maxSize!, desiredSize: scaling.desiredSize! },
    update: update && {
      maxUnavailable: update.maxUnavailable,
      maxUnavailablePercentage: update.maxUnavailablePercentage,
      strategy: update.updateStrategy,
    },
    launchTemplate: launchTemplate?.id ? { id: launchTemplate.id, version: launchTemplate.version! } : undefined,
    subnetIds: group.subnets ?? [],
    roleArn: group.nodeRole,
    instanceTypes: group.instanceTypes,
    diskSize: group.diskSize,
    capacityType: group.capacityType,
    sshAccess: remoteAccess && { keyName: remoteAccess.ec2SshKey, securityGroupIds: remoteAccess.sourceSecurityGroups ?? [] },
    labels: group.labels,
    tags: group.tags,
    taints: group.taints?.map(({ key, value, effect }) => ({ key, value, effect })),
    autoScalingGroups: group.resources?.autoScalingGroups?.flatMap(({ name }) => name ?? []),
  };
}

/** A node group as EKS describes it; undefined when there is none of this name. */
export async function readNodeGroup(eks: EKSClient, clusterName: string, nodegroupName: string): Promise<Nodegroup | undefined> {
  return unlessMissing(async () => (await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }))).nodegroup);
}
