import { EksAmiType } from '../../ami/eks-ami-type';
import { movesNodeGroup, nodeGroupsOf, versionAfter, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const says = messages({
  otherMinor: {
    text: 'the app wants release {releaseVersion}, which is for Kubernetes {minor}, not {version}',
    remedy: 'choose a release for {version}, or set the Kubernetes version to {minor}',
  },
});

/**
 * The AMI releases wanted of node groups belong to the Kubernetes version wanted of them.
 *
 * EKS refuses a release of another minor as `not valid for kubernetes version`. Releases of Amazon Linux and Windows begin with
 * their minor;
 * those of Bottlerocket say nothing about it.
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
      const { releaseVersion = '' } = wantedOfNodeGroup(change, group.name);
      const version = versionAfter(change, group);
      const minor = minorOfRelease(group.amiType, releaseVersion);
      if (minor === undefined || version === undefined || minor === version.toString()) continue;
      yield { about: { kind: 'node group', name: group.name }, ...says.otherMinor({ releaseVersion, minor, version }) };
    }
  },
};

/** The Kubernetes minor that a release names; undefined where it names none, or the AMI type is not known. */
function minorOfRelease(amiType: string, releaseVersion: string): string | undefined {
  const type = EksAmiType._find(amiType);
  return type?.isRelease(releaseVersion) ? type.parseRelease(releaseVersion).kubernetesVersion : undefined;
}
