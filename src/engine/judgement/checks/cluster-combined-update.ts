import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const ENCRYPTION = 'Encryption';

const CHANGE = 'change in the same deployment, and the custom resource of aws-eks does one of them only: it would fail, and so would '
  + 'its rollback';

const says = messages({
  encryption: {
    text: 'its encryption changes, which the custom resource of aws-eks does not support: the update would fail, and so would its rollback',
    remedy: 'keep encryptionConfig and secretsEncryptionKey as deployed; EKS cannot remove a key',
  },
  versionCombined: { text: ['its version and {kinds}', CHANGE], remedy: 'deploy {kinds, then}, then the version' },
  combined: { text: ['{kinds and}', CHANGE], remedy: 'deploy {kinds, then}, each in a deployment of its own' },
});

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
  messages: says,

  * examine(change) {
    const { version, previousVersion, otherChanges = [] } = change.intent;
    const about = aboutCluster(change);
    const movesVersion = previousVersion !== undefined && version !== previousVersion;
    const kinds = otherChanges.filter((kind) => kind !== ENCRYPTION);
    if (otherChanges.includes(ENCRYPTION)) yield { about, ...says.encryption({}) };
    if (movesVersion && kinds.length > 0) yield { about, ...says.versionCombined({ kinds }) };
    else if (kinds.length > 1) yield { about, ...says.combined({ kinds }) };
  },
};
