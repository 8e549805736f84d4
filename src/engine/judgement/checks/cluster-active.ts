import { changesAnything } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  failed: {
    text: 'the cluster is {status}, and EKS updates only clusters that are ACTIVE',
    remedy: 'create the cluster anew: a failed one does not recover',
  },
  busy: {
    text: 'the cluster is {status}, and EKS updates only clusters that are ACTIVE',
    remedy: 'wait until the cluster is ACTIVE and try again',
  },
});

/**
 * The cluster is `ACTIVE` before anything of it is updated.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export const clusterActive: Check = {
  id: 'cluster-active',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  messages: says,

  * examine(change) {
    const { status } = change.state;
    if (status === 'ACTIVE' || !changesAnything(change)) return;
    yield { about: aboutCluster(change), ...status === 'FAILED' ? says.failed({ status }) : says.busy({ status }) };
  },
};
