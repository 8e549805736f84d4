import { nodeGroupsOf, resetsDesiredSize, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const says = messages({
  reset: {
    text: [
      'ScalingConfig changes, and EKS gets the desiredSize of the template with it: it has {live} nodes, the template {wanted}, so that',
      'EKS ends {ended} at once; PodDisruptionBudgets do not hold that up for longer than 15 minutes',
    ],
    remedy: [
      'set desiredSize to {live} or more in the same deployment (with maxSize no lower); an autoscaler takes away afterwards what is not',
      "needed; if those nodes shall go, add 'node-group-desired-size:{nodeGroup}' to ignore",
    ],
  },
});

/**
 * A change of the scaling of a node group takes no nodes away that an autoscaler has added.
 *
 * CloudFormation sends the whole `ScalingConfig` once anything of it changes, so that EKS gets the `desiredSize` of the template, too.
 * When that is lower than the live one, EKS ends nodes, and evicts their pods for 15 minutes at most. An edit that lowers `desiredSize`
 * itself is what was asked for.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export const nodeGroupDesiredSize: Check = {
  id: 'node-group-desired-size',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      const wanted = wantedOfNodeGroup(change, group.name);
      if (!resetsDesiredSize(wanted, group)) continue;
      const [live, size] = [group.scaling!.desiredSize, wanted.desiredSize!];
      yield {
        about: { kind: 'node group', name: group.name },
        ...says.reset({ live, wanted: size, ended: live - size, nodeGroup: group.name }),
      };
    }
  },
};
