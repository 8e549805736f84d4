import { Check } from '../check';
import { observeInsights, insightMessages } from '../insight-observations';

/**
 * The rollback insights of EKS pass before the control plane goes back.
 *
 * EKS refuses a version rollback while one is in ERROR: nodes, kube-proxy or add-ons that are too new for the older version.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
 */
export const rollbackInsights: Check = {
  id: 'rollback-insights',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html',
  messages: insightMessages,
  isMadeByEks: true,

  * examine(change) {
    if (change.direction === 'down') yield* observeInsights(change, 'ROLLBACK_READINESS', 'rollback insights');
  },
};
