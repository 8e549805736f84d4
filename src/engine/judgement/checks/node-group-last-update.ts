import { describeHealthIssue } from '../../state/health-issue';
import { Check } from '../check';
import { rollsOf } from '../rolls';

/**
 * The last update of a node group that is rolled has not failed.
 *
 * Nothing of the group has changed since, so that what made it fail (pods that cannot be evicted, nodes that do not join) is likely to make
 * the next one fail, too, after the same wait.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html
 */
export const nodeGroupLastUpdate: Check = {
  id: 'node-group-last-update',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ErrorDetail.html',

  * examine(change) {
    for (const { group, room: { lastUpdate } } of rollsOf(change)?.rolls ?? []) {
      if (!lastUpdate.known || lastUpdate.value?.status !== 'Failed') continue;
      const { errors, startedAt } = lastUpdate.value;
      const why = errors.length > 0 ? describeHealthIssue(errors[0]) : 'a reason that EKS does not tell';
      yield {
        about: { kind: 'node group', name: group.name },
        message: `its last update, of ${startedAt.slice(0, 10)}, failed with ${why}, and nothing of it has changed since`,
        remedy: 'remove the cause before the nodes are exchanged again',
        details: errors.flatMap((error) => [describeHealthIssue(error), ...error.resourceIds]),
      };
    }
  },
};
