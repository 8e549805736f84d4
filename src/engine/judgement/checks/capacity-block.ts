import { exchangesNodes, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { messages } from '../../messages/message';
import { isInCapacityBlock } from '../../state/node-group-state';
import { Check } from '../check';

const says = messages({
  hasNodes: {
    text: [
      'its roll would exchange {nodes: # node|# nodes} in a Capacity Block, which may have no room for new nodes beside them: AWS asks for',
      'a desired size of 0 when such a node group is upgraded',
    ],
    remedy: 'set its desired size and minimum size to 0 in a deployment before this one, and back in one after it',
  },
});

/**
 * A node group in a Capacity Block has no nodes when it is rolled.
 *
 * A roll launches new nodes first, and a block has no more instances than were reserved: AWS asks for a desired size of 0 meanwhile. A
 * warning, since a block may have instances to spare.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html
 */
export const capacityBlock: Check = {
  id: 'capacity-block',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change).filter((each) => isInCapacityBlock(each) && exchangesNodes(change, each))) {
      const { replacedBy = [] } = wantedOfNodeGroup(change, group.name);
      const nodes = group.scaling?.desiredSize ?? 0;
      if (nodes === 0 || replacedBy.length > 0) continue; // another group takes its place
      yield { about: { kind: 'node group', name: group.name }, ...says.hasNodes({ nodes }) };
    }
  },
};
