import { exchangesNodes, nodeGroupsOf } from '../../change/change';
import { describeRollDuration, rollDurationOf } from '../../eks/roll-duration';
import { messages } from '../../messages/message';
import { NodeGroupState } from '../../state/node-group-state';
import { Check } from '../check';

/**
 * How long CloudFormation waits for an update of a node group or a cluster.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
const LONGEST_UPDATE_MINUTES = 2160;

const MOST_UNAVAILABLE = 100;

const says = messages({
  tooLong: {
    text: 'its roll may take longer than the 36 hours that CloudFormation waits ({duration})',
    remedy: 'set maxUnavailable to {fitting} or more in a deployment before this one',
  },
  alwaysTooLong: {
    text: 'its roll may take longer than the 36 hours that CloudFormation waits ({duration})',
    remedy: 'split it into several node groups',
  },
});

/**
 * A node group rolls within the 36 hours that CloudFormation waits for it.
 *
 * A warning where the upper bound of the estimate is longer: what CloudFormation does then with an update that still runs is not
 * documented.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export const rollTimeOut: Check = {
  id: 'roll-time-out',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  messages: says,

  * examine(change) {
    for (const group of nodeGroupsOf(change).filter((each) => exchangesNodes(change, each))) {
      const duration = rollDurationOf(group);
      if (!duration || duration.mostMinutes <= LONGEST_UPDATE_MINUTES) continue;
      const [fitting, described] = [fittingMaxUnavailable(group), describeRollDuration(duration)];
      yield {
        about: { kind: 'node group', name: group.name },
        ...fitting === undefined ? says.alwaysTooLong({ duration: described }) : says.tooLong({ duration: described, fitting }),
      };
    }
  },
};

/** The smallest number of nodes at once with which the roll fits; undefined where there is none. */
function fittingMaxUnavailable({ scaling, update }: NodeGroupState): number | undefined {
  return Array.from({ length: MOST_UNAVAILABLE }, (_, index) => index + 1).find((maxUnavailable) =>
    rollDurationOf({ scaling, update: { maxUnavailable, strategy: update?.strategy } })!.mostMinutes <= LONGEST_UPDATE_MINUTES);
}
