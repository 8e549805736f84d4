import { messages } from '../../messages/message';
import { aboutCluster, Check, unread, unreadable } from '../check';

const says = messages({
  unread: unread('the Fargate profiles'),
  behind: {
    text: 'pods of Fargate profiles {profiles} keep their kubelet version when the control plane moves to {target}',
    remedy: "recreate them after the upgrade, for example with 'kubectl rollout restart'",
  },
  ahead: {
    text: 'pods of Fargate profiles {profiles} keep their kubelet version when the control plane moves to {target}',
    remedy: 'check the rollback insights for pods with a kubelet newer than {target}',
  },
});

/**
 * Pods on Fargate keep the kubelet that they were started with until somebody recreates them.
 *
 * EKS does not move them with the control plane and does not tell their versions, except in its kubelet insight. Hence a warning.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export const fargatePods: Check = {
  id: 'fargate-pods',
  severity: 'warning',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  messages: says,

  * examine(change) {
    const { direction, target, state: { fargateProfiles } } = change;
    if (direction === 'none') return;
    if (!fargateProfiles.known) {
      yield unreadable(change, says.unread({ why: fargateProfiles.why }));
    } else if (fargateProfiles.value.length > 0) {
      const profiles = fargateProfiles.value;
      yield {
        about: aboutCluster(change),
        ...direction === 'down' ? says.ahead({ profiles, target }) : says.behind({ profiles, target }),
      };
    }
  },
};
