import { nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { Check } from '../check';

const STAYS = 'and EKS refuses that: a node group keeps the launch template that it was created with, only the version can change';
const EXCHANGE = 'add a second node group and remove this one in a later deployment';
const KEEP = `keep the launch template; to use another one, ${EXCHANGE}` as const;

const says = messages({
  added: {
    text: ['the app adds a launch template to the node group, which was created without one,', STAYS],
    remedy: `leave it out; to use one, ${EXCHANGE}`,
  },
  removed: { text: ['the app removes the launch template of the node group,', STAYS], remedy: KEEP },
  exchanged: { text: ['the app gives the node group another launch template,', STAYS], remedy: KEEP },
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
