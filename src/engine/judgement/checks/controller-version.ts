import { controllerMisfit } from '../../kubernetes/controllers';
import { messages } from '../../messages/message';
import { Check } from '../check';

const says = messages({
  misfit: {
    text: 'it installs {controller} {version}, but {why}; otherwise {consequence}',
    remedy: 'upgrade {controller} in the same deployment or before it',
  },
});

/**
 * Controllers that the app installs support the Kubernetes version that the control plane moves to.
 *
 * Karpenter, for instance, launches no nodes on a version that it does not know. Checked only where the app names the version of the
 * controller and its project publishes which Kubernetes versions it supports.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html
 */
export const controllerVersion: Check = {
  id: 'controller-version',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/cluster-upgrades.html',
  messages: says,
  *examine({ intent: { objects }, target, direction, isAboutVersion }) {
    if (!isAboutVersion || direction === 'down') return;
    for (const { construct, controller, version } of objects?.controllers ?? []) {
      const misfit = controllerMisfit(controller, version, target);
      if (!misfit) continue;
      yield {
        about: { kind: 'manifest', name: construct },
        severity: misfit.isSerious ? 'error' : 'warning',
        ...says.misfit({ controller, version, why: misfit.why, consequence: misfit.consequence }),
        details: [`by ${misfit.source}, as of ${misfit.asOf}`],
      };
    }
  },
};
