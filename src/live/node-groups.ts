import { DescribeNodegroupCommand, Nodegroup, paginateListNodegroups } from '@aws-sdk/client-eks';
import { allPages } from './all-pages';
import { readAmiOffers } from './ami-offers';
import { askForEach } from './ask-for-each';
import { isNotFound } from './aws-call-error';
import { AwsClients } from './aws-clients';
import { healthIssuesOf } from './health-issues';
import { known, notKnown } from '../upgrade/known';
import { NodeGroupState } from '../upgrade/node-group-state';

/**
 * The managed node groups of a cluster, with what EKS publishes of their AMI types for some Kubernetes versions.
 *
 * @throws AwsCallError
 */
export async function readNodeGroups(aws: AwsClients, clusterName: string, kubernetesVersions: readonly string[]): Promise<NodeGroupState[]> {
  const { eks, ssm } = aws;
  const names = await allPages(paginateListNodegroups({ client: eks }, { clusterName }), ({ nodegroups }) => nodegroups);
  const found = await askForEach(names, async (name) => readNodeGroup(eks, clusterName, name));
  const groups = found.filter((group) => group !== undefined);
  const amiTypes = [...new Set(groups.map(({ amiType }) => amiType!))];
  const offers = new Map(await askForEach(amiTypes, async (type) => [type, await readAmiOffers(ssm, type, kubernetesVersions)] as const));
  return groups.map((group) => ({
    name: group.nodegroupName!,
    status: group.status!,
    healthIssues: healthIssuesOf(group.health),
    amiType: group.amiType!,
    version: group.version === undefined ? notKnown(`EKS does not know it of AMI type ${group.amiType}`) : known(group.version),
    releaseVersion: group.releaseVersion,
    amiOffers: offers.get(group.amiType!)!,
  }));
}

/** Undefined when it was deleted since it was listed. */
async function readNodeGroup(eks: AwsClients['eks'], clusterName: string, nodegroupName: string): Promise<Nodegroup | undefined> {
  try {
    return (await eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }))).nodegroup;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
