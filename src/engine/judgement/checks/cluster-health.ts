import { messages } from '../../messages/message';
import { describeHealthIssue } from '../../state/health-issue';
import { aboutCluster, Check } from '../check';

const says = messages({
  unhealthy: { text: 'EKS reports {issue}', remedy: 'restore what is missing, and wait until EKS no longer reports it' },
});

/**
 * EKS reports no health issue of the cluster: its role, subnets, security groups and KMS key are in place.
 *
 * An update makes new control plane instances with all of them; one that is gone fails it halfway.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#cluster-health-status
 */
export const clusterHealth: Check = {
  id: 'cluster-health',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#cluster-health-status',
  messages: says,

  * examine(change) {
    if (!change.isAboutVersion) return;
    for (const issue of change.state.healthIssues) {
      yield {
        about: aboutCluster(change),
        ...says.unhealthy({ issue: describeHealthIssue(issue) }),
        details: issue.resourceIds,
      };
    }
  },
};
