import { movesAnything } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  unread: {
    text: [
      'the state of stack {stack} could not be read: {why}; if the function of the guard cannot read it either, it cannot tell a rollback',
      'from a deployment: nothing moves forward, and a bake passes after its whole time',
    ],
    remedy: 'allow cloudformation:DescribeStacks for the stack, in service control policies and VPC endpoint policies, too',
  },
});

/**
 * The state of the stacks can be read, by which guard and bakes tell a rollback from a deployment.
 *
 * Whether the function may read it only the deployment shows. What denies it to everybody, such as a service control policy, shows before.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
 */
export const stackReadable: Check = {
  id: 'stack-readable',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html',
  messages: says,

  * examine(change) {
    if (!movesAnything(change)) return;
    for (const { stack, why } of change.intent.unreadStacks ?? []) {
      yield { about: aboutCluster(change), ...says.unread({ stack, why }), unknown: true };
    }
  },
};
