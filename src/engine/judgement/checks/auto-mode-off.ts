import { Change, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { valuesOf } from '../../state/known';
import { NodeState } from '../../state/workloads/workload-state';
import { aboutCluster, Check } from '../check';

const TEXT = 'the deployment switches Auto Mode off: EKS ends all of its nodes and deletes its load balancers, before CloudFormation '
  + 'creates or updates any node group';

const says = messages({
  nowhere: {
    text: `${TEXT}; no node group has nodes to which the pods could go`,
    remedy: [
      'keep Auto Mode and deploy the node groups first; move the workload to them, and switch Auto Mode off in a later deployment;',
      "if nodes of no node group, such as Karpenter's, run it already, add 'auto-mode-off' to ignore",
    ],
  },
  beside: {
    text: TEXT,
    remedy: 'make sure that the workload has moved to the other nodes before, and that they have room for it',
  },
});

/**
 * Auto Mode is switched off once the workload runs elsewhere.
 *
 * EKS ends the nodes of Auto Mode, and deletes its load balancers, when it is switched off. The cluster is updated before its node
 * groups, so that those of the same deployment come too late.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-disable.html
 */
export const autoModeOff: Check = {
  id: 'auto-mode-off',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/auto-disable.html',
  messages: says,

  * examine(change) {
    if (!change.state.autoMode || !change.intent.leavesAutoMode) return;
    yield { about: aboutCluster(change), ...hasOtherNodes(change) ? { severity: 'warning', ...says.beside({}) } : says.nowhere({}) };
  },
};

/** Whether pods have somewhere else to go, as far as can be seen: inside the cluster only where somebody has looked there. */
function hasOtherNodes(change: Change): boolean {
  const { fargateProfiles, workloads } = change.state;
  return hasNodesOfGroups(change) || valuesOf(fargateProfiles).length > 0
    || (workloads?.known === true && workloads.value.nodes.some(isOfNoGroup));
}

/** Whether a node group that stays has nodes; one whose size EKS does not tell counts as one that has. */
function hasNodesOfGroups(change: Change): boolean {
  return nodeGroupsOf(change).some(({ name, scaling }) => scaling?.desiredSize !== 0 && !wantedOfNodeGroup(change, name).removed);
}

/** Such as Karpenter's, hybrid ones, or those of an Auto Scaling group of one's own. */
function isOfNoGroup({ nodeGroup, computeType }: NodeState): boolean {
  return nodeGroup === undefined && computeType !== 'auto';
}
