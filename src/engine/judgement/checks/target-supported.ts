import { aboutCluster, Check, unreadable } from '../check';

/**
 * EKS offers the wanted Kubernetes version.
 *
 * A version that EKS does not list, or lists as unsupported, is refused with `unsupported Kubernetes version`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const targetSupported: Check = {
  id: 'target-supported',
  severity: 'error',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html',

  * examine(change) {
    const { direction, target, catalog: { offeredVersions } } = change;
    if (direction === 'none') return;
    if (!offeredVersions.known) {
      yield unreadable(change, 'the Kubernetes versions that EKS offers', offeredVersions.why);
      return;
    }
    const supported = offeredVersions.value.filter(({ status }) => status !== 'UNSUPPORTED').map(({ version }) => version);
    if (supported.includes(target.toString())) return;
    yield {
      about: aboutCluster(change),
      message: `EKS does not offer Kubernetes ${target} here; it offers ${supported.join(', ') || 'no version at all'}`,
      remedy: 'choose an offered version, or wait until EKS has released this one in the Region',
    };
  },
};
