import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const says = messages({
  removed: {
    text: 'the template no longer contains the node group: EKS deletes it and drains all its{nodes? #} nodes at once',
    remedy: [
      "drain it first, node by node with 'kubectl drain', or scale it down; if its construct was only renamed, restore the old ID,",
      "or move the resource with 'cdk refactor'",
    ],
  },
});

/**
 * A node group that leaves the template is deleted, and all its nodes are drained at once.
 *
 * `maxUnavailable` holds for updates only. A renamed construct is such a removal, beside a new group. A group that is retained
 * (`RemovalPolicy.RETAIN`) is not deleted: it counts as one that nobody manages.
 *
 * @see https://github.com/aws/containers-roadmap/issues/1421
 */
export const nodeGroupRemoved: Check = {
  id: 'node-group-removed',
  severity: 'warning',
  source: 'https://github.com/aws/containers-roadmap/issues/1421',
  messages: says,

  * examine(change) {
    for (const { name, scaling } of nodeGroupsOf(change)) {
      if (!wantedOfNodeGroup(change, name).removed) continue;
      yield { about: { kind: 'node group', name }, ...says.removed({ nodes: scaling?.desiredSize }) };
    }
  },
};
