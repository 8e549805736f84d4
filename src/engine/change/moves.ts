import { mayResetDesiredSize, resetsDesiredSize } from './change';
import { keepsAddOn, keepsNodes } from './kept-versions';
import { isOlderRelease } from './older-release';
import { AddOnIntent, NodeGroupIntent, UpgradeIntent } from './upgrade-intent';
import { compareAddOnVersions } from '../eks/add-on-version';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState, UnreadPart } from '../state/cluster-state';
import { valuesOf } from '../state/known';
import { NodeGroupState } from '../state/node-group-state';

/**
 * Whether a deployment changes anything of a cluster that a check could have something to say about.
 *
 * @param state what runs, once that is known: without it, whatever may take nodes away counts, and no image of a launch template, whose
 * change CloudFormation tells
 */
export function concernsChecks({
  version, previousVersion, replacedBy = [], supportType, activeCertificateAuthorityId, leavesAutoMode, otherChanges = [], nodeGroups = {},
  addOns = {},
}: UpgradeIntent, state?: ClusterState): boolean {
  return version !== previousVersion || replacedBy.length > 0 || supportType !== undefined || activeCertificateAuthorityId !== undefined
    || leavesAutoMode === true || otherChanges.length > 1 || otherChanges.includes('Encryption') // what the custom resource of `aws-eks` cannot do
    || Object.values(nodeGroups).some(concernsNodes) || exchangesImage(nodeGroups, state) || takesNodes(nodeGroups, state)
    || Object.values(addOns).some(concernsAddOn);
}

/** Whether something that the app wants could not be read, so that it is unknown whether it changes. */
export function isUnread({ nodeGroups = {}, addOns = {} }: UpgradeIntent, state: ClusterState): boolean {
  const isOneOf = (wanted: object, { known }: { readonly known: boolean }, unread: readonly UnreadPart[]) =>
    known ? unread.some(({ name }) => name in wanted) : Object.keys(wanted).length > 0;
  return isOneOf(nodeGroups, state.nodeGroups, state.unreadNodeGroups) || isOneOf(addOns, state.addOns, state.unreadAddOns);
}

function exchangesImage(nodeGroups: NonNullable<UpgradeIntent['nodeGroups']>, state: ClusterState | undefined): boolean {
  const live = state?.nodeGroups.known ? state.nodeGroups.value : [];
  return live.some(({ name, releaseVersion }) => nodeGroups[name]?.image !== undefined && nodeGroups[name].image.id !== releaseVersion);
}

function takesNodes(nodeGroups: NonNullable<UpgradeIntent['nodeGroups']>, state: ClusterState | undefined): boolean {
  if (state === undefined) return Object.values(nodeGroups).some(mayResetDesiredSize);
  return valuesOf(state.nodeGroups).some(
    (group) => nodeGroups[group.name] !== undefined && resetsDesiredSize(nodeGroups[group.name], group),
  );
}

/**
 * EKS updates the scaling, labels, taints and update settings of a node group together; a version or a release bears nothing
 * beside it, nor does a launch template.
 *
 * @see https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1181
 */
function concernsNodes(wanted: NodeGroupIntent): boolean {
  const { image, replacedBy = [], launchTemplate, otherChanges = [], isNew, removed } = wanted;
  const moves = image ? otherChanges.length > 0 : !keepsNodes(wanted);
  return moves || removed === true || isNew === true || replacedBy.length > 0 || launchTemplate !== undefined
    || otherChanges.includes('LaunchTemplate');
}

function concernsAddOn(wanted: AddOnIntent): boolean {
  const { policy, replacedBy = [], isReconfigured, isNew, removed } = wanted;
  return [removed, isNew, isReconfigured].includes(true) || replacedBy.length > 0 || policy !== undefined || !keepsAddOn(wanted);
}

/**
 * Whether a deployment wants something newer than what is live: what the rollback of an upgrade does not do.
 *
 * A release of unknown order counts as newer. Another golden image or launch template does not: nobody can tell the newer one, and a
 * rollback must pass.
 */
export function movesForward({ version, isMovedElsewhere, nodeGroups = {}, addOns = {} }: UpgradeIntent, state: ClusterState): boolean {
  const groups = valuesOf(state.nodeGroups);
  const installed = valuesOf(state.addOns);
  return (!isMovedElsewhere && version !== undefined && KubernetesMinor.parse(version).isNewerThan(KubernetesMinor.parse(state.version)))
    || groups.some((group) => nodeGroups[group.name] !== undefined && wantsNewerNodes(nodeGroups[group.name], group))
    || installed.some(
      ({ name, version: live }) => addOns[name]?.version !== undefined && compareAddOnVersions(live, addOns[name].version!) < 0,
    );
}

/** Releases of different minors have no order of their own. */
function wantsNewerNodes({ version, releaseVersion: release }: NodeGroupIntent, live: NodeGroupState): boolean {
  const minors = version !== undefined && live.version.known
    ? KubernetesMinor.parse(version).compareTo(KubernetesMinor.parse(live.version.value))
    : 0;
  if (minors !== 0) return minors > 0;
  return release !== undefined && live.releaseVersion !== undefined && release !== live.releaseVersion
    && !isOlderRelease(live.amiType, release, live.releaseVersion);
}
