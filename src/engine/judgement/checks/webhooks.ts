import { Change } from '../../change/change';
import { messages } from '../../messages/message';
import { isObjectName } from '../../state/workloads/object-name';
import { WebhookState } from '../../state/workloads/webhook-state';
import { aboutCluster, Check, Observation, unread, unreadable } from '../check';
import { isEvicted } from '../workloads/rehearsal';
import { kubectl } from '../workloads/remedies';
import { drainOf, rolledNodeGroups } from '../workloads/rolled-node-groups';
import { NODES_TERMINATED } from '../workloads/workload-words';

/** Beyond this number, namespaces are counted. */
const NAMESPACES_NAMED = 3;

const says = messages({
  unread: unread('webhooks'),
  unanswered: {
    text: [
      '{webhooks: webhook|webhooks} {webhooks and} of {kind} {configuration} {webhooks: refuses|refuse} {concerns}: the failurePolicy is',
      `Fail, and service {service} has no ready endpoint{isDeleted?; ${NODES_TERMINATED}, and kills the pods}`,
    ],
    remedy: [
      'get its pods running ({command}), or delete the webhook if nothing',
      "needs it any more: 'kubectl delete {resource} {configuration}'",
    ],
  },
  storedVersions: {
    text: 'objects of {kinds: # kind|# kinds} of custom resources may be stored in versions that are no longer served',
    remedy: [
      'rewrite the objects, which stores them in the current version ({rewrite}), and remove the old one from status.storedVersions of',
      'the definition: {command}',
    ],
  },
});

/**
 * The API server gets an answer wherever new nodes depend on one.
 *
 * A webhook with `failurePolicy: Fail` whose service has no ready endpoint refuses everything that it is asked about: pods in
 * kube-system, without which no node becomes ready; the nodes themselves, their status and leases; evictions of the pods that go. A warning
 * where it refuses only evictions from node groups that are deleted or replaced by others: EKS terminates their nodes in spite of it.
 * Custom resources that are stored in a version that is no longer served are a warning before the control plane moves: a later release of
 * their controller may not find them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/control-plane.html
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 * @see https://docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html
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
    const evicted = evictionsOf(change);
    const silent = hooks.known ? hooks.value.filter(({ readyEndpoints }) => readyEndpoints === 0) : [];
    yield* unanswered(silent.map((hook) => askedOf(hook, evicted)).filter(({ concerns }) => concerns.length > 0));
    if (!isAboutVersion || !customResources.known) return;
    const stored = customResources.value.filter(({ unservedVersions }) => unservedVersions.length > 0);
    if (stored.length === 0) return;
    const [first] = stored;
    yield {
      about: aboutCluster(change),
      severity: 'warning',
      ...says.storedVersions({
        kinds: stored.length,
        rewrite: `'kubectl get ${first.name} -A -o json | kubectl replace -f -'`,
        command: `'kubectl edit customresourcedefinition ${first.name} --subresource=status'`,
      }),
      details: stored.map(({ name, unservedVersions }) => `${name}: ${unservedVersions.join(', ')}`),
    };
  },
};

/** One for the webhooks of a configuration that wait for the same service. */
function unanswered(hooks: readonly AskedWebhook[]): Observation[] {
  const together = new Map<string, AskedWebhook[]>();
  for (const webhook of hooks) {
    const key = [webhook.kind, webhook.configuration, webhook.service].join(' ');
    together.set(key, [...together.get(key) ?? [], webhook]);
  }
  return [...together.values()].map((same) => {
    const [{ kind, configuration, service }] = same;
    const [namespace, name] = service.split('/');
    const isDeleted = same.every((webhook) => webhook.isDeleted);
    const resource = kind.toLowerCase();
    return {
      about: { kind: 'workload', name: configuration },
      severity: isDeleted ? 'warning' : 'error',
      ...says.unanswered({
        webhooks: same.map((webhook) => webhook.name),
        kind,
        configuration,
        concerns: [...new Set(same.flatMap(({ concerns }) => concerns))],
        service,
        isDeleted,
        command: isObjectName(namespace) && isObjectName(name)
          ? kubectl(namespace, `get endpointslices -l kubernetes.io/service-name=${name}`)
          : `'kubectl get ${resource} ${configuration} -o yaml'`, // no service can have that name: it is wrong there
        resource,
      }),
    };
  });
}

/** The namespaces of pods that are evicted. */
interface Evictions {
  readonly all: readonly string[];
  /** Those without which an update fails: of nodes whose node group stays. */
  readonly ofUpdates: readonly string[];
}

function evictionsOf(change: Change): Evictions {
  const drained = drainOf(change);
  const evicted = (drained?.workloads.pods ?? []).filter(isEvicted).flatMap(({ namespace, node = '' }) => {
    const group = drained?.groupOfNode.get(node);
    return group ? [{ namespace, group }] : [];
  });
  const namespacesOf = (pods: typeof evicted) => [...new Set(pods.map(({ namespace }) => namespace))].sort();
  return { all: namespacesOf(evicted), ofUpdates: namespacesOf(evicted.filter(({ group }) => !group.isRemoved)) };
}

/** A webhook, with all that it is asked about. */
interface AskedWebhook extends WebhookState {
  /** Whether that is nothing but evictions of pods whose node groups are deleted, and that EKS kills in the end. */
  readonly isDeleted: boolean;
}

function askedOf(hook: WebhookState, { all, ofUpdates }: Evictions): AskedWebhook {
  const { concerns, evictionsIn } = hook;
  const asked = (namespaces: readonly string[]) => namespaces.filter((namespace) => evictionsIn?.includes(namespace) ?? true);
  return {
    ...hook,
    concerns: [...concerns, ...evictionsInWords(asked(all))],
    isDeleted: concerns.length === 0 && asked(ofUpdates).length === 0,
  };
}

/** Evictions that a webhook is asked about, where: as long as that is told in a few words. */
function evictionsInWords(asked: readonly string[]): string[] {
  if (asked.length === 0) return [];
  return [asked.length > NAMESPACES_NAMED ? `evictions in ${asked.length} namespaces` : `evictions in ${asked.join(', ')}`];
}
