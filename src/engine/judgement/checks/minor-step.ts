import { upgradePath } from '../../kubernetes/upgrade-path';
import { messages } from '../../messages/message';
import { regionOfCluster } from '../../state/cluster-state';
import { aboutCluster, Check } from '../check';

const SKIPS = '{current} to {target} is more than one minor, and EKS moves a control plane one minor at a time: {path →}';

const says = messages({
  skips: { text: SKIPS, remedy: 'deploy version {next} first, then go on' },
  unsent: {
    text: SKIPS,
    remedy: "move it with 'aws eks update-cluster-version --name {cluster} --kubernetes-version {next}{region? --region #}' first, then go "
      + 'on: the deployed template names {next} already, so CloudFormation would send nothing for it',
  },
});

/**
 * The control plane moves up one minor at a time.
 *
 * EKS refuses anything else with `Unsupported Kubernetes minor version update`. The message gives the path. Where others have taken the
 * cluster back, a deployment of the version that the template has already would move nothing.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
 */
export const minorStep: Check = {
  id: 'minor-step',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  messages: says,

  * examine(change) {
    const { current, target, state, intent: { previousVersion } } = change;
    if (target.minorsAheadOf(current) <= 1) return;
    const path = upgradePath(current, target);
    const [, next] = path;
    const step = { current, target, path: path.map(String), next };
    yield {
      about: aboutCluster(change),
      ...previousVersion === next.toString()
        ? says.unsent({ ...step, cluster: state.name, region: regionOfCluster(state) }) : says.skips(step),
    };
  },
};
