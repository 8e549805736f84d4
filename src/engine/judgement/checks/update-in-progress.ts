import { changesAnything } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check, unread, unreadable } from '../check';

const says = messages({
  unread: unread('the running updates of the cluster'),
  running: {
    text: 'update {id} ({type}) is still running, and EKS runs one update at a time',
    remedy: 'wait until it has finished, then retry',
  },
});

/**
 * No other update of the control plane is running.
 *
 * EKS takes one update at a time and refuses a second one with `ResourceInUseException`.
 * The status does not tell: updates that EKS starts by itself leave the cluster `ACTIVE`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html
 * @see https://github.com/aws/containers-roadmap/issues/1500
 */
export const updateInProgress: Check = {
  id: 'update-in-progress',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterVersion.html',
  messages: says,

  * examine(change) {
    const { updatesInProgress } = change.state;
    if (!changesAnything(change)) return;
    if (!updatesInProgress.known) {
      yield unreadable(change, says.unread({ why: updatesInProgress.why }));
      return;
    }
    for (const { id, type } of updatesInProgress.value) {
      yield { about: aboutCluster(change), ...says.running({ id, type }) };
    }
  },
};
