import { aboutCluster, Check } from '../check';

const ENCRYPTION = 'Encryption';

/**
 * A cluster of the older `aws-eks` changes in one kind only, its version included, and never in its encryption.
 *
 * Its custom resource does one kind of update in a deployment: for two, and for any change of the encryption, it fails, and in
 * the rollback for the same reason, which leaves the stack in `UPDATE_ROLLBACK_FAILED`.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts
 */
export const clusterCombinedUpdate: Check = {
  id: 'cluster-combined-update',
  severity: 'error',
  source: 'https://github.com/aws/aws-cdk/blob/main/packages/%40aws-cdk/custom-resource-handlers/lib/aws-eks/cluster-resource-handler/cluster.ts',

  * examine(change) {
    const { version, previousVersion, otherChanges = [] } = change.intent;
    const about = aboutCluster(change);
    const movesVersion = previousVersion !== undefined && version !== previousVersion;
    const kinds = otherChanges.filter((kind) => kind !== ENCRYPTION);
    const [first, ...others] = [...movesVersion ? ['its version'] : [], ...kinds];
    if (otherChanges.includes(ENCRYPTION)) {
      yield {
        about,
        message: 'its encryption changes, which the custom resource of aws-eks cannot do: it would fail, and so would its rollback',
        remedy: 'leave encryptionConfig and secretsEncryptionKey as they are deployed; EKS never takes a key away again',
      };
    }
    if (others.length > 0) {
      yield {
        about,
        message: `${first} and ${others.join(', ')} change in the same deployment, and the custom resource of aws-eks does one of them only: it would fail, and so would `
          + 'its rollback',
        remedy: `deploy ${kinds.length === 1 ? `${kinds[0]} first` : `${kinds.join(', ')} one after the other`}${movesVersion ? ', then the version' : ''}`,
      };
    }
  },
};
