import { messages } from '../../messages/message';
import { deniedActionIn, notAllowedToCall } from '../../state/denied-action';
import { Known } from '../../state/known';
import { aboutCluster, Check } from '../check';
import { rollsOf } from '../rolls';

const says = messages({
  notAllowed: { text: 'not checked for the new nodes: {unread}', remedy: 'grant {actions} to have it checked' },
  unread: { text: 'not checked for the new nodes: {unread}', remedy: 'retry to have it checked' },
});

/**
 * What tells of the room for the new nodes of rolls could be read.
 *
 * Most of these reads need permissions that nothing else here needs. Where they are missing, rolls are not refused: one
 * information says what was not looked at, and which actions it takes.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const nodeRoomReadable: Check = {
  id: 'node-room-readable',
  severity: 'info',
  source: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  messages: says,

  * examine(change) {
    const found = rollsOf(change);
    if (!found || found.rolls.length === 0) return;
    const { nodeRoom: { subnets, instanceTypes, offerings, quotas }, rolls } = found;
    const parts: [string, readonly (Known<unknown> | undefined)[]][] = [
      ['free addresses of the subnets of nodes', [subnets]],
      ['last updates of node groups', rolls.map(({ room }) => room.lastUpdate)],
      ['launches of nodes', rolls.map(({ room }) => room.launches)],
      ['suspended processes of Auto Scaling groups', rolls.map(({ room }) => room.suspended)],
      ['launch templates', rolls.map(({ room }) => room.launchTemplate)],
      ['access of nodes', rolls.map(({ room }) => room.accessEntry)],
      ['instance types', [instanceTypes]],
      ['zones that offer instance types', [offerings]],
      ['quotas of instances', [quotas]],
    ];
    const unread = parts.flatMap(([what, read]) => {
      const reasons = [...new Set(read.flatMap((part) => part && !part.known ? part.why : []))];
      return reasons.length > 0 ? [{ what, reasons }] : [];
    });
    if (unread.length === 0) return;
    const actions = [...new Set(unread.flatMap(({ reasons }) => reasons.flatMap((why) => deniedActionIn(why) ?? [])))];
    const what = unread.map((part) => `${part.what} (${part.reasons.map(shortly).join('; ')})`);
    yield {
      about: aboutCluster(change),
      ...actions.length > 0 ? says.notAllowed({ unread: what, actions }) : says.unread({ unread: what }),
      details: unread.flatMap((part) => part.reasons.map((why) => `${part.what}: ${why}`)),
      unknown: true,
    };
  },
};

/** Which action it takes; why IAM denies it is in the details. */
function shortly(why: string): string {
  const action = deniedActionIn(why);
  return action === undefined ? why : notAllowedToCall(action);
}
