import { zonesOf } from '../../eks/roll-surge';
import { messages } from '../../messages/message';
import { instanceTypesOf } from '../../state/instance-types-of';
import { Check } from '../check';
import { rollsOf, subnetsOf } from '../rolls';

const says = messages({
  lacking: {
    text: 'EC2 does not offer {lacking;}, where the node group has subnets',
    remedy: 'move to a node group with instance types that all of its zones offer, or without subnets in these zones',
  },
});

/**
 * EC2 offers the instance types of node groups that are rolled in every availability zone of the group.
 *
 * Where a zone lacks one, its new nodes land in other zones or are not launched at all.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html
 */
export const instanceTypesOffered: Check = {
  id: 'instance-types-offered',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-discovery.html',
  messages: says,

  * examine(change) {
    const found = rollsOf(change);
    if (!found?.nodeRoom.offerings.known || !found.nodeRoom.subnets.known) return;
    const offerings = found.nodeRoom.offerings.value;
    for (const { group, room } of found.rolls) {
      const zones = zonesOf(group, subnetsOf(found.nodeRoom));
      const lacking = instanceTypesOf(group, room).flatMap((type) => {
        const offered = offerings.find(({ name }) => name === type)?.zones;
        const missing = offered ? zones.filter((zone) => !offered.includes(zone)) : [];
        return missing.length > 0 ? [`${type} in ${missing.join(', ')}`] : [];
      });
      if (lacking.length === 0) continue;
      yield { about: { kind: 'node group', name: group.name }, ...says.lacking({ lacking }) };
    }
  },
};
