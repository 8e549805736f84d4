import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const STAYS = 'and EKS refuses that: the launch template that a node group is created with stays, only its version moves';
const KEEP = 'keep the launch template as it is; for another one, add a second group beside this one and remove this one in a later '
  + 'deployment';

const says = messages({
  added: { text: ['the node group is given a launch template, and it was created without one,', STAYS], remedy: KEEP },
  removed: { text: ['the launch template is taken from the node group,', STAYS], remedy: KEEP },
  exchanged: { text: ['the node group is given another launch template,', STAYS], remedy: KEEP },
});

/**
 * A node group keeps its launch template for life; only the version of the template moves.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export const launchTemplate: Check = {
  id: 'launch-template',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html',
  messages: says,

  * examine(change) {
    for (const { name } of nodeGroupsOf(change)) {
      const { launchTemplate: what, replacedBy = [] } = wantedOfNodeGroup(change, name);
      if (what === undefined || replacedBy.length > 0) continue;
      yield { about: { kind: 'node group', name }, ...says[what]({}) };
    }
  },
};
