import { messages } from '../../messages/message';
import { aboutCluster, Check, unread, unreadable } from '../check';

const says = messages({
  unread: unread('the Kubernetes versions that EKS offers'),
  notOffered: {
    text: 'EKS does not offer Kubernetes {target} here; it offers {offered}',
    remedy: 'choose an offered version, or wait until EKS releases this one in the Region',
  },
});

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
  messages: says,

  * examine(change) {
    const { direction, target, catalog: { offeredVersions } } = change;
    if (direction === 'none') return;
    if (!offeredVersions.known) {
      yield unreadable(change, says.unread({ why: offeredVersions.why }));
      return;
    }
    const supported = offeredVersions.value.filter(({ status }) => status !== 'UNSUPPORTED').map(({ version }) => version);
    if (supported.includes(target.toString())) return;
    yield { about: aboutCluster(change), ...says.notOffered({ target, offered: supported.length > 0 ? supported : 'no version at all' }) };
  },
};
