import { changesAnything } from '../../change/change';
import { aboutCluster, Check } from '../check';

/**
 * The cluster is `ACTIVE` before anything of it is updated.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export const clusterActive: Check = {
  id: 'cluster-active',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',

  * examine(change) {
    const { status } = change.state;
    if (status === 'ACTIVE' || !changesAnything(change)) return;
    yield {
      about: aboutCluster(change),
      message: `the cluster is ${status}, and EKS updates only clusters that are ACTIVE`,
      remedy: status === 'FAILED' ? 'create the cluster anew: a failed one does not recover' : 'wait until the cluster is ACTIVE and try again',
    };
  },
};
