import { Change, movesNodeGroup, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { isOlderRelease } from '../../change/older-release';
import { NodeGroupIntent } from '../../change/upgrade-intent';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { LAUNCH_TEMPLATE_TYPE, NODE_GROUP_TYPE } from '../../state/deployed-stack';
import { hasCustomAmi, NodeGroupState } from '../../state/node-group-state';
import { Check } from '../check';

const COMBINED = '{main} and {others} change in the same deployment, but CloudFormation only does one of the two';

/** What keeps tags from node groups, which get those of their stack. */
const KEPT_OFF = `{ excludeResourceTypes: ['aws:cdk:stack', '${NODE_GROUP_TYPE}', '${LAUNCH_TEMPLATE_TYPE}'] }`;

const says = messages({
  tagsOfTemplate: {
    text: COMBINED,
    remedy: [
      'the launch template gets the tags as well, so that neither can go first: revert the tags, or give the launch template by '
        + 'the version',
      'that runs (launchTemplateSpec), deploy the tags, and give the new version in the next deployment; tags that change with each commit',
      `are kept from node groups with ${KEPT_OFF}`,
    ],
  },
  tags: {
    text: COMBINED,
    remedy: [
      'deploy {others} first, then the rest{running?, or, if others have moved its nodes to #, name that in the app};',
      "leave out tags that change with each commit, such as Tags.of(app).add('sha', …),",
      `or keep them from node groups with ${KEPT_OFF}:`,
      'CloudFormation puts the tags of a stack on everything in it',
    ],
  },
  published: {
    text: COMBINED,
    remedy: 'CloudFormation looks the release up in each deployment, so that it goes first: deploy without {others}, then with',
  },
  combined: {
    text: COMBINED,
    remedy: 'deploy {others} first, then the rest{running?, or, if others have moved its nodes to #, name that in the app}',
  },
});

/**
 * Nothing else of a node group changes together with its version or release.
 *
 * CloudFormation refuses it with `Version and ReleaseVersion updates cannot be combined with other updates`, when the control plane has
 * already moved. Tags count, those of the stack included (that CloudFormation puts them on node groups is documented, that EKS
 * refuses them then is not verified on AWS), and most often it is them; they cannot change together with the launch template,
 * either. A golden image moves by its launch template, and alone: what else CloudFormation does beside that is not documented.
 *
 * @see https://github.com/aws/aws-cdk/issues/16644
 * @see https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1181
 * @see https://github.com/aws/containers-roadmap/issues/1258
 */
export const nodeGroupCombinedUpdate: Check = {
  id: 'node-group-combined-update',
  severity: 'error',
  source: 'https://github.com/aws/aws-cdk/issues/16644',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      const wanted = wantedOfNodeGroup(change, group.name);
      const { otherChanges = [], replacedBy = [] } = wanted;
      if (replacedBy.length > 0) continue; // another group takes its place, and is created with everything
      const main = mainUpdateOf(change, group, otherChanges);
      const others = otherChanges.filter((property) => property !== main);
      if (!main || others.length === 0) continue;
      const say = says[looksReleaseUp(wanted) ? 'published' : reasonFor(otherChanges)];
      yield { about: { kind: 'node group', name: group.name }, ...say({ main, others, running: overtaking(wanted, group) }) };
    }
  },
};

/** Whether CloudFormation looks the release up in each deployment, so that nothing can go before it. */
function looksReleaseUp({ previous }: NodeGroupIntent): boolean {
  return previous?.byExpression?.includes('releaseVersion') ?? false;
}

/**
 * What nodes run that is newer than what is wanted of them. Without a change set, the guard cannot tell whether the app goes back, or only
 * does not know that others have moved them: then nothing but what runs can be deployed.
 */
function overtaking(
  { version, releaseVersion: release }: NodeGroupIntent, { amiType, version: minor, releaseVersion: running }: NodeGroupState,
): string | undefined {
  if (!minor.known || version === undefined || release === undefined || running === undefined) return undefined;
  const [wanted, live] = [version, minor.value].map((one) => KubernetesMinor.parse(one));
  return live.isNewerThan(wanted) || (live.equals(wanted) && isOlderRelease(amiType, release, running)) ? running : undefined;
}

function reasonFor(changes: readonly string[]): 'tagsOfTemplate' | 'tags' | 'combined' {
  if (!changes.includes('Tags')) return 'combined';
  return changes.includes('LaunchTemplate') ? 'tagsOfTemplate' : 'tags';
}

/** The part of the update that bears no other beside it. */
function mainUpdateOf(change: Change, group: NodeGroupState, otherChanges: readonly string[]): string | undefined {
  if (!hasCustomAmi(group) && changesVersion(change, group)) return 'its version or release';
  const bearsNoOther = otherChanges.includes('Tags') || wantedOfNodeGroup(change, group.name).image !== undefined;
  return otherChanges.includes('LaunchTemplate') && bearsNoOther ? 'LaunchTemplate' : undefined;
}

/** CloudFormation compares templates; where what the deployed one says is not known, what runs stands for it. */
function changesVersion(change: Change, group: NodeGroupState): boolean {
  const { previous, version, releaseVersion } = wantedOfNodeGroup(change, group.name);
  if (!previous) return movesNodeGroup(change, group);
  const { byExpression = [] } = previous;
  const running = group.version.known ? group.version.value : undefined;
  const changes = (name: 'version' | 'releaseVersion', wanted: string | undefined, live: string | undefined) =>
    byExpression.includes(name) ? wanted !== undefined && wanted !== live : wanted !== previous[name];
  return changes('version', version, running) || changes('releaseVersion', releaseVersion, group.releaseVersion);
}
