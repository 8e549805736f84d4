import { aboutCluster, Check } from '../check';

/**
 * Nothing else of a cluster of the older `aws-eks` changes together with its version.
 *
 * Its custom resource does one kind of update in a deployment: for two it fails with `Only one type of update`, and in the rollback for the same
 * reason, which leaves the stack in `UPDATE_ROLLBACK_FAILED`.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts
 */
export const clusterCombinedUpdate: Check = {
  id: 'cluster-combined-update',
  severity: 'error',
  source: 'https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts',

  * examine(change) {
    const { version, previousVersion, otherChanges = [] } = change.intent;
    if (previousVersion === undefined || version === previousVersion || otherChanges.length === 0) return;
    const list = otherChanges.join(', ');
    yield {
      about: aboutCluster(change),
      message: `its version and ${list} change in the same deployment, and the custom resource of aws-eks does one of the two only: it would fail, and so would its rollback`,
      remedy: `deploy ${list} first, then the version`,
    };
  },
};
