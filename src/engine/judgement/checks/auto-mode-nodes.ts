import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  follows: {
    text: 'after the upgrade, Auto Mode replaces its nodes with {target} nodes, within their disruption budgets',
    remedy: 'make sure that PodDisruptionBudgets and NodePool disruption budgets allow this, at the pace that you want',
  },
  goesBackFirst: {
    text: 'Auto Mode rolls its nodes back to {target} first, and the control plane waits for them',
    remedy: 'make sure that disruption budgets let it finish within the rollback timeout (12 hours by default)',
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
