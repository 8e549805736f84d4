import { changesAnything } from '../../change/change';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  failed: {
    text: 'the cluster is {status}, and EKS only updates ACTIVE clusters',
    remedy: 'create the cluster again: a failed cluster does not recover',
  },
  busy: {
    text: 'the cluster is {status}, and EKS only updates ACTIVE clusters',
    remedy: 'wait until the cluster is ACTIVE, then retry',
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
