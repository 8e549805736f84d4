import { describePath, upgradePath } from '../../kubernetes/upgrade-path';
import { aboutCluster, Check } from '../check';

/**
 * The control plane moves up one minor at a time.
 *
 * EKS refuses anything else with `Unsupported Kubernetes minor version update`. The message gives the path.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export const minorStep: Check = {
  id: 'minor-step',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',

  * examine(change) {
    const { current, target } = change;
    if (target.minorsAheadOf(current) <= 1) return;
    const path = upgradePath(current, target);
    yield {
      about: aboutCluster(change),
      message: `${current} to ${target} is more than one minor, and EKS moves a control plane one minor at a time: ${describePath(path)}`,
      remedy: `deploy version ${path[1]} first, then go on`,
    };
  },
};
