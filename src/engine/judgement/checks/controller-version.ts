import { controllerMisfit } from '../../kubernetes/controllers';
import { Check } from '../check';

/**
 * Controllers that the app installs must be for the Kubernetes version that the control plane moves to, by the table that their
 * projects publish.
 *
 * Karpenter, for instance, launches no nodes on a version that it does not know. Looked at where the app names the version of a
 * controller, and its project publishes which Kubernetes versions it is for; nothing is said of all others.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export const controllerVersion: Check = {
  id: 'controller-version',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  *examine({ intent: { objects }, target, direction, isAboutVersion }) {
    if (!isAboutVersion || direction === 'down') return;
    for (const { construct, controller, version } of objects?.controllers ?? []) {
      const misfit = controllerMisfit(controller, version, target.toString());
      if (!misfit) continue;
      yield {
        about: { kind: 'manifest', name: construct },
        severity: misfit.isSerious ? 'error' : 'warning',
        message: `it installs ${controller} ${version}, but ${misfit.why}, else ${misfit.consequence}`,
        remedy: `upgrade ${controller} in the same deployment or before it`,
        details: [`by ${misfit.source}, as of ${misfit.asOf}`],
      };
    }
  },
};
