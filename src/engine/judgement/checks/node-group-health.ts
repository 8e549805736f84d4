import { movesNodeGroup, nodeGroupsOf, wantedOfNodeGroup } from '../../change/change';
import { describeHealthIssue } from '../../state/health-issue';
import { Check } from '../check';

/**
 * Node groups are `ACTIVE` and without health issues, all of them before the control plane moves, else those that are to be updated.
 *
 * A group that already has trouble to launch or drain nodes will have it in the midst of the upgrade, too.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html
 */
export const nodeGroupHealth: Check = {
  id: 'node-group-health',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',

  * examine(change) {
    for (const group of nodeGroupsOf(change)) {
      if (wantedOfNodeGroup(change, group.name).removed || !change.isAboutVersion && !movesNodeGroup(change, group)) continue;
      const about = { kind: 'node group', name: group.name } as const;
      if (group.status !== 'ACTIVE') {
        const busy = ['CREATING', 'UPDATING', 'DELETING'].includes(group.status);
        yield {
          about,
          message: `the node group is ${group.status} instead of ACTIVE`,
          remedy: busy ? 'wait until it has settled and try again' : 'repair or replace the node group first',
          details: group.healthIssues.map(describeHealthIssue),
        };
      } else if (group.healthIssues.length > 0) {
        yield {
          about,
          message: `EKS reports ${describeHealthIssue(group.healthIssues[0])}`,
          remedy: 'repair the node group until EKS no longer reports it',
          details: group.healthIssues.flatMap((issue) => [describeHealthIssue(issue), ...issue.resourceIds]),
        };
      }
    }
  },
};
