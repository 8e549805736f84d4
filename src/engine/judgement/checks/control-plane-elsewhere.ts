import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { aboutCluster, Check } from '../check';

const says = messages({
  behind: {
    text: 'the app expects Kubernetes {version}, but the cluster runs {current}, and this app does not upgrade the control plane',
    remedy: 'upgrade the control plane to {version} where it is managed, then deploy this; or set the version in this app to {current}',
  },
  ahead: {
    text: [
      'the app expects Kubernetes {version}, but the cluster runs {current}: it was upgraded outside of this app, and versions of',
      'add-ons that synth sets are still those for {version}',
    ],
    remedy: 'set the version in this app to {current}; to hold the nodes back, set nodeKubernetesVersion',
  },
});

/**
 * A cluster whose control plane is moved elsewhere has the version that the app takes it to have.
 *
 * Another app, eksctl or Terraform moves the control plane; this app moves nodes and add-ons, and only after it. A control plane
 * that is not there yet is an error; one that is further already a warning, because nodes may stay behind, but versions of add-ons that
 * are set at synth are those for the version that the app names. What the deployment chooses is for the version that the cluster runs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export const controlPlaneElsewhere: Check = {
  id: 'control-plane-elsewhere',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  messages: says,

  * examine(change) {
    const { current, intent: { version, isMovedElsewhere } } = change;
    if (!isMovedElsewhere || version === undefined) return;
    const difference = KubernetesMinor.parse(version).compareTo(current);
    if (difference > 0) {
      yield {
        about: aboutCluster(change),
        ...says.behind({ version, current }),
      };
    }
    if (difference < 0) {
      yield {
        about: aboutCluster(change),
        severity: 'warning',
        ...says.ahead({ version, current }),
      };
    }
  },
};
