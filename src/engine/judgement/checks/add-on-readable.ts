import { messages } from '../../messages/message';
import { Check, unread, UNREAD_PART, unreadable, unreadPart } from '../check';

const says = messages({
  unread: unread('the add-ons'),
  partUnread: UNREAD_PART,
});

/**
 * What the checks need to know of the add-ons can be read.
 *
 * Said once, for all checks that look at add-ons; an add-on that could not be described is passed over by them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddon.html
 */
export const addOnReadable: Check = {
  id: 'add-on-readable',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddon.html',
  messages: says,

  * examine(change) {
    const { isAboutVersion, intent, state: { addOns, unreadAddOns } } = change;
    if (!isAboutVersion && !intent.addOns) return;
    if (!addOns.known) yield unreadable(change, says.unread({ why: addOns.why }));
    for (const part of unreadAddOns) {
      if (isAboutVersion || intent.addOns?.[part.name]) yield unreadPart('add-on', part.name, says.partUnread({ why: part.why }));
    }
  },
};
