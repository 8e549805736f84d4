import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  follows: {
    text: 'Auto Mode replaces its nodes by nodes of {target} after the upgrade, within their disruption budgets',
    remedy: 'see that PodDisruptionBudgets and NodePool disruption budgets allow it, and no more than you want',
  },
  goesBackFirst: {
    text: 'Auto Mode takes its nodes back to {target} first, and the control plane waits for that',
    remedy: 'see that disruption budgets let it end before the rollback timeout, 12 hours unless you set another',
  },
});

/**
 * EKS Auto Mode replaces its nodes by itself when the control plane moves.
 *
 * Good to know: after an upgrade it rolls them within their disruption budgets; before a version rollback it takes them back,
 * and the control plane waits for it, 12 hours unless told otherwise.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-automode.html
 */
export const autoModeNodes: Check = {
  id: 'auto-mode-nodes',
  severity: 'info',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  messages: says,

  * examine(change) {
    const { direction, target, state: { autoMode } } = change;
    if (!autoMode || direction === 'none') return;
    yield { about: aboutCluster(change), ...direction === 'up' ? says.follows({ target }) : says.goesBackFirst({ target }) };
  },
};
