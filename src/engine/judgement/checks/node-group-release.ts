import { EksAmiType } from '../../ami/eks-ami-type';
import { movesNodeGroup, nodeGroupsOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { isOlderRelease } from '../../change/older-release';
import { NodeGroupIntent } from '../../change/upgrade-intent';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';

const says = messages({
  otherMinor: {
    text: 'the app wants release {releaseVersion}, which is for Kubernetes {minor}, not {version}',
    remedy: 'choose a release for {version}, or set the Kubernetes version to {minor}',
  },
  otherType: {
    text: 'the app wants release {releaseVersion} of {wantedType}, but EKS has the node group with AMI type {amiType}: somebody has '
      + 'deleted it, and made another one of that name',
    remedy: 'remove it from the app and deploy, which deletes it, then add it again; to keep it, deploy it with RemovalPolicy.RETAIN, then '
      + "without it, then adopt it with 'cdk import' as docs/adopt.md shows",
  },
  older: {
    text: 'the app wants release {releaseVersion}, older than the {running} that its nodes run: the deployment would take them back',
    remedy: "name {running} or a newer release, by 'npx cdk-eks-upgrades refresh' where it is looked up, unless you mean to go back",
  },
});

/**
 * The AMI releases wanted of node groups belong to the Kubernetes version wanted of them, and are no older than what runs.
 *
 * EKS refuses a release of another minor as `not valid for kubernetes version`. Releases of Amazon Linux and Windows begin with
 * their minor;
 * those of Bottlerocket say nothing about it. EKS keeps the AMI type of a node group for life, and CloudFormation does not see another group
 * under the old name: a release of another type is refused as well, when the control plane has moved.
 * An older release is taken, hence a warning: nodes that were updated on the console would go back by a change that is none in the diff.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export const nodeGroupRelease: Check = {
  id: 'node-group-release',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change).filter((candidate) => movesNodeGroup(change, candidate))) {
      const objection = objectionTo(wantedOfNodeGroup(change, group.name), group, versionAfter(change, group));
      if (objection) yield { about: { kind: 'node group', name: group.name }, ...objection };
    }
  },
};

type Objection = Omit<Observation, 'about'>;

/** @param version the Kubernetes minor that the nodes are to run */
function objectionTo(
  { releaseVersion, amiType: wantedType, replacedBy = [] }: NodeGroupIntent, { amiType, ...live }: NodeGroupState,
  version: KubernetesMinor | undefined,
): Objection | undefined {
  if (releaseVersion === undefined) return undefined;
  const minor = minorOfRelease(wantedType ?? amiType, releaseVersion);
  if (minor !== undefined && version !== undefined && minor !== version.toString()) {
    return says.otherMinor({ releaseVersion, minor, version });
  }
  if (replacedBy.length > 0) return undefined; // another group takes its place
  if (wantedType !== undefined && haveOtherReleases(wantedType, amiType)) return says.otherType({ releaseVersion, wantedType, amiType });
  const { releaseVersion: running } = live;
  const isSameMinor = live.version.known && live.version.value === version?.toString();
  return isSameMinor && isOlderRelease(amiType, releaseVersion, running)
    ? { severity: 'warning', ...says.older({ releaseVersion, running: running! }) }
    : undefined;
}

/** Whether two AMI types are known to be of different families: only the releases of one family are called alike. */
function haveOtherReleases(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => EksAmiType._find(name)?.releaseVersionScheme);
  return first !== undefined && second !== undefined && first !== second;
}

/** The Kubernetes minor that a release names; undefined where it names none, or the AMI type is not known. */
function minorOfRelease(amiType: string, releaseVersion: string): string | undefined {
  const type = EksAmiType._find(amiType);
  return type?.isRelease(releaseVersion) ? type.parseRelease(releaseVersion).kubernetesVersion : undefined;
}
