import { nodeGroupsOf, nodesVersionOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { hasCustomAmi } from '../../state/node-group-state';
import { Check } from '../check';

const BEHIND = 'its nodes still run {version}, although the control plane, which is about to be upgraded, runs {current}';

const says = messages({
  customAmi: {
    text: BEHIND,
    remedy: 'give its launch template an AMI of {current} before the upgrade, or one of the new version soon afterwards',
  },
  behind: { text: BEHIND, remedy: 'roll the node group to {current} before the upgrade, or to the new version soon afterwards' },
});

/**
 * Node groups have caught up with the control plane before it moves on.
 *
 * The order that EKS recommends: it keeps the full skew in reserve. Nodes that lag within the skew do work, hence a warning.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export const nodeGroupCurrent: Check = {
  id: 'node-group-current',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  messages: says,

  * examine(change) {
    const { current, direction } = change;
    if (direction !== 'up') return;
    for (const group of nodeGroupsOf(change)) {
      const { name } = group;
      const version = nodesVersionOf(change, group);
      if (!version.known || !version.value.isOlderThan(current) || wantedOfNodeGroup(change, name).removed) continue;
      yield {
        about: { kind: 'node group', name },
        ...(hasCustomAmi(group) ? says.customAmi : says.behind)({ version: version.value, current }),
      };
    }
  },
};
