import { Check } from '../check';
import { observeInsights, insightMessages } from '../insight-observations';

/**
 * The upgrade insights of EKS pass: no removed API is in use, no kubelet, kube-proxy or add-on is too old.
 *
 * ERROR blocks, with the affected resources, the callers and the API to use instead, and so does UNKNOWN; WARNING, which mostly concerns
 * a later minor, is a warning. Each insight can be accepted by its own name, such as `insight-kubelet-version-skew`.
 * EKS itself may or may not block on ERROR; here it always does.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html
 */
export const upgradeInsights: Check = {
  id: 'upgrade-insights',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-insights.html',
  messages: insightMessages,
  isMadeByEks: true,

  * examine(change) {
    if (change.direction === 'up') yield* observeInsights(change, 'UPGRADE_READINESS', 'upgrade insights');
  },
};
