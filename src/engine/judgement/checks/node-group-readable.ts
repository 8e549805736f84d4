import { messages } from '../../messages/message';
import { Check, unread, UNREAD_PART, unreadable, unreadPart } from '../check';

const says = messages({
  unread: unread('the node groups'),
  partUnread: UNREAD_PART,
});

/**
 * What the checks need to know of the node groups can be read.
 *
 * Said once, for all checks that look at node groups; a node group that could not be described is passed over by them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeNodegroup.html
 */
export const nodeGroupReadable: Check = {
  id: 'node-group-readable',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeNodegroup.html',
  messages: says,

  * examine(change) {
    const { isAboutVersion, intent, state: { nodeGroups, unreadNodeGroups } } = change;
    if (!isAboutVersion && !intent.nodeGroups) return;
    if (!nodeGroups.known) yield unreadable(change, says.unread({ why: nodeGroups.why }));
    for (const part of unreadNodeGroups) {
      if (isAboutVersion || intent.nodeGroups?.[part.name]) yield unreadPart('node group', part.name, says.partUnread({ why: part.why }));
    }
  },
};
