import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { Check, unreadable } from '../check';

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

  * examine(change) {
    const { current, direction, state: { nodeGroups } } = change;
    if (direction !== 'up') return;
    if (!nodeGroups.known) {
      yield unreadable(change, 'the node groups', nodeGroups.why);
      return;
    }
    for (const { name, version } of nodeGroups.value) {
      if (!version.known || !KubernetesMinor.parse(version.value).isOlderThan(current)) continue;
      yield {
        about: { kind: 'node group', name },
        message: `its nodes still run ${version.value} while the control plane, about to move on, has ${current}`,
        remedy: `roll the node group to ${current} before the upgrade, or soon after it to the new version`,
      };
    }
  },
};
