import { upgradePath } from '../../kubernetes/upgrade-path';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  skips: {
    text: '{current} to {target} is more than one minor, and EKS moves a control plane one minor at a time: {path →}',
    remedy: 'deploy version {next} first, then go on',
  },
});

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
  messages: says,

  * examine(change) {
    const { current, target } = change;
    if (target.minorsAheadOf(current) <= 1) return;
    const path = upgradePath(current, target);
    yield { about: aboutCluster(change), ...says.skips({ current, target, path: path.map(String), next: path[1] }) };
  },
};
