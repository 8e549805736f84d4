import { Change, createsNodeGroup, movesNodeGroup } from '../../change/change';
import { keepsNodes } from '../../change/kept-versions';
import { NodeGroupIntent, PreviousVersions } from '../../change/upgrade-intent';
import { judgeSkew, kubeletSkewOf } from '../../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages, Said } from '../../messages/message';
import { hasCustomAmi, NodeGroupState } from '../../state/node-group-state';
import { Check, Observation } from '../check';

const OLDER = 'the app wants {wanted}, older than the {running} that its nodes run: EKS rolls node groups back one minor at most, for a '
  + 'version rollback';

const says = messages({
  customAmi: {
    text: 'the app wants {wanted}, but the node group has a custom AMI, and only its launch template decides the version',
    remedy: 'leave out version and release version, and put the new AMI into a new version of the launch template',
  },
  newGroup: {
    text: "the app wants {version} for a new node group, but EKS creates node groups only with the control plane's version, {target}",
    remedy: 'create the node group with {target}',
  },
  newGroupOfDrifted: {
    text: "the app wants {version} for a new node group, but EKS creates node groups only with the control plane's version, {target}",
    remedy: 'the app still names {named} for the cluster: set that to {target}, and create the node group with it',
  },
  ahead: {
    text: 'the app wants {version}, but nodes must not be newer than the control plane, which will run {target}',
    remedy: 'choose {target} or older for the node group, or upgrade the control plane first',
  },
  tooFarBehind: {
    text: 'the app wants {version}, more than {skew} minors behind the control plane, which will run {target}',
    remedy: 'choose {target} for the node group, or {oldest} at least',
  },
  farBack: { text: OLDER, remedy: 'keep {running}, or replace the node group with one at {wanted}' },
  back: { text: OLDER, remedy: 'keep {running} unless you mean to roll back' },
  overtaken: {
    text: 'its nodes already run {running}, which the deployed template does not know, and the app wants {wanted}: they would go back',
    remedy: 'name {running} in the app, for the cluster as well, with the release that runs or a newer one; to go back on purpose, deploy '
      + 'that first, then {wanted}',
  },
});

/**
 * The versions wanted of node groups fit the wanted control plane: within the kubelet skew, never newer, and equal to it for a new group.
 *
 * EKS refuses any other. It takes a node group back by one minor at most, and neither version nor release of one with a custom AMI.
 * Going back is a warning where the deployed template names the newer minor. Where it does not, others have moved the nodes, as on the
 * console, and an app that knows nothing of it, which may only take a new release of the older minor, does not mean to take them back.
 * What CloudFormation does not send is not judged: of a group that the deployment leaves alone, or that somebody has deleted.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html
 */
export const nodeGroupVersion: Check = {
  id: 'node-group-version',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html',
  messages: says,

  * examine(change) {
    const { intent, direction, state: { nodeGroups, unreadNodeGroups } } = change;
    if (!nodeGroups.known) return;
    for (const [name, wanted] of Object.entries(intent.nodeGroups ?? {})) {
      const group = nodeGroups.value.find((candidate) => candidate.name === name);
      if (wanted.removed || unreadNodeGroups.some((part) => part.name === name)) continue;
      const isCreated = createsNodeGroup(change, name);
      const isSent = group && !keepsNodes(wanted) && (direction !== 'none' || movesNodeGroup(change, group));
      if (!isCreated && !isSent) continue;
      const objection = objectionTo(wanted, isCreated ? undefined : group, change);
      if (objection) yield { about: { kind: 'node group', name }, ...objection };
    }
  },
};

type Objection = Said & Pick<Observation, 'severity'>;

function objectionTo(wanted: NodeGroupIntent, group: NodeGroupState | undefined, { target, intent }: Change): Objection | undefined {
  if (group && hasCustomAmi(group)) return objectionToCustomAmi(wanted, group);
  if (wanted.version === undefined) return undefined;
  const version = KubernetesMinor.parse(wanted.version);
  return group
    ? objectionToSkew(version, target) ?? objectionToWayBack(version, group, wanted)
    : objectionToNewGroup(version, target, intent.version);
}

function objectionToCustomAmi({ version, releaseVersion }: NodeGroupIntent, group: NodeGroupState): Objection | undefined {
  const wanted = version ?? (releaseVersion === group.releaseVersion ? undefined : releaseVersion);
  return wanted === undefined ? undefined : says.customAmi({ wanted });
}

/** @param named the cluster's version in the app, beyond which no construct lets a node group go */
function objectionToNewGroup(version: KubernetesMinor, target: KubernetesMinor, named = target.toString()): Objection | undefined {
  if (version.equals(target)) return undefined;
  return named === target.toString() ? says.newGroup({ version, target }) : says.newGroupOfDrifted({ version, target, named });
}

function objectionToSkew(version: KubernetesMinor, target: KubernetesMinor): Objection | undefined {
  const skew = kubeletSkewOf(target);
  switch (judgeSkew(target, version)) {
    case 'ahead': return says.ahead({ version, target });
    case 'too far behind': return says.tooFarBehind({ version, skew, target, oldest: target.plus(-skew) });
    default: return undefined;
  }
}

function objectionToWayBack(
  wanted: KubernetesMinor, { version }: NodeGroupState, { previous }: NodeGroupIntent,
): Objection | undefined {
  const running = version.known ? KubernetesMinor.parse(version.value) : undefined;
  if (!running?.isNewerThan(wanted)) return undefined;
  const values = { wanted, running };
  if (running.minorsAheadOf(wanted) > 1) return says.farBack(values);
  return previous && !mayKnow(running, previous) ? says.overtaken(values) : { severity: 'warning', ...says.back(values) };
}

/** Whether what a template says of the versions of a group may be the minor that its nodes run, or a newer one. */
function mayKnow(running: KubernetesMinor, { version, byExpression = [] }: PreviousVersions): boolean {
  if (version === undefined) return byExpression.includes('version');
  return !KubernetesMinor.parse(version).isOlderThan(running);
}
