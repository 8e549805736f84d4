import { aboutCluster, Check, unreadable } from '../check';

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

  * examine(change) {
    const { direction, target, state: { fargateProfiles } } = change;
    if (direction === 'none') return;
    if (!fargateProfiles.known) {
      yield unreadable(change, 'the Fargate profiles', fargateProfiles.why);
    } else if (fargateProfiles.value.length > 0) {
      yield {
        about: aboutCluster(change),
        message: `pods of the Fargate profiles ${fargateProfiles.value.join(', ')} keep their kubelet when the control plane goes to ${target}`,
        remedy: direction === 'down'
          ? `see in the rollback insights whether some run a newer kubelet than ${target}`
          : "recreate them after the upgrade, with 'kubectl rollout restart' for one",
      };
    }
  },
};
