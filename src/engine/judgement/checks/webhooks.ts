import { messages } from '../../messages/message';
import { aboutCluster, Check, unread, unreadable } from '../check';
import { kubectl } from '../workloads/remedies';
import { rolledNodeGroups } from '../workloads/rolled-node-groups';

const says = messages({
  unread: unread('webhooks'),
  unanswered: {
    text: [
      'webhook {webhook} of {kind} {configuration} refuses {concerns}: its failurePolicy is Fail, and service {service} has no ready',
      'endpoint',
    ],
    remedy: [
      'get its pods running ({command}), or delete the webhook if nothing',
      "needs it any more: 'kubectl delete {resource} {configuration}'",
    ],
  },
  storedVersions: {
    text: 'objects of {kinds: # kind|# kinds} of custom resources may be stored in versions that are no longer served',
    remedy: [
      'rewrite the objects, which stores them in the current version, and remove the old one from status.storedVersions of the',
      'definition',
    ],
  },
});

/**
 * The API server gets an answer wherever new nodes depend on one.
 *
 * A webhook with `failurePolicy: Fail` whose service has no ready endpoint refuses everything that it is asked about: pods in
 * kube-system, without which no node becomes ready; the nodes themselves; evictions. Custom resources that are stored in a
 * version that is no longer served are a warning before the control plane moves: a later release of their controller may not find them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/control-plane.html
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 */
export const webhooks: Check = {
  id: 'webhooks',
  severity: 'error',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  messages: says,
  looksInside: true,

  * examine(change) {
    const { state: { workloads }, isAboutVersion } = change;
    if (!workloads?.known || (!isAboutVersion && rolledNodeGroups(change).length === 0)) return;
    const { webhooks: hooks, customResources } = workloads.value;
    if (!hooks.known) yield { ...unreadable(change, says.unread({ why: hooks.why })), severity: 'info' };
    for (const { configuration, kind, name, service, readyEndpoints, concerns } of hooks.known ? hooks.value : []) {
      if (readyEndpoints > 0 || concerns.length === 0) continue;
      const [namespace, serviceName] = service.split('/');
      yield {
        about: { kind: 'workload', name: configuration },
        ...says.unanswered({
          webhook: name,
          kind,
          configuration,
          concerns,
          service,
          command: kubectl(namespace, `get endpointslices -l kubernetes.io/service-name=${serviceName}`),
          resource: kind.toLowerCase(),
        }),
      };
    }
    if (!isAboutVersion || !customResources.known) return;
    const stored = customResources.value.filter(({ unservedVersions }) => unservedVersions.length > 0);
    if (stored.length === 0) return;
    yield {
      about: aboutCluster(change),
      severity: 'warning',
      ...says.storedVersions({ kinds: stored.length }),
      details: stored.map(({ name, unservedVersions }) => `${name}: ${unservedVersions.join(', ')}`),
    };
  },
};
