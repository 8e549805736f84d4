import { BudgetState } from '../../state/workloads/budget-state';
import { isFinished, PodOwner, PodState } from '../../state/workloads/pod-state';

/** `kubectl` for one thing of a namespace. */
export function kubectl(namespace: string, command: string): string {
  return `'kubectl -n ${namespace} ${command}'`;
}

/** Changes what owns a pod, or shows a pod that nothing owns. */
export function editOwner({ namespace, name, owner }: PodState): string {
  return kubectl(namespace, owner ? `edit ${resourceOf(owner)} ${owner.name}` : `get pod ${name} -o yaml`);
}

/**
 * Lets a budget give way to one disruption at a time: by a number of pods where an owner of some that it selects may have no scale, without
 * which `maxUnavailable` allows no disruption at all.
 *
 * @param selected all pods that it selects
 */
export function letBudgetGiveWay({ namespace, name, minAvailable, maxUnavailable }: BudgetState, selected: readonly PodState[]): string {
  const owned = selected.filter((pod) => pod.owner !== undefined && !isFinished(pod));
  const spec = owned.every(isScaled)
    ? minAvailable === undefined ? '{"maxUnavailable":1}' : '{"minAvailable":null,"maxUnavailable":1}'
    : `{"minAvailable":${owned.length - 1}${maxUnavailable === undefined ? '' : ',"maxUnavailable":null'}}`;
  return kubectl(namespace, `patch poddisruptionbudget ${name} --type merge -p ${asJsonArgument(`{"spec":${spec}}`)}`);
}

/** Lets pods that are not ready go. */
export function letUnreadyGo({ namespace, name }: BudgetState): string {
  return kubectl(
    namespace,
    `patch poddisruptionbudget ${name} --type merge -p ${asJsonArgument('{"spec":{"unhealthyPodEvictionPolicy":"AlwaysAllow"}}')}`,
  );
}

/** Owners whose number of replicas one can change. */
const SCALED_OWNERS = ['Deployment', 'ReplicaSet', 'Rollout', 'ReplicationController', 'StatefulSet'];

/** Gives a workload a number of replicas; undefined for what has none. */
export function scale(pod: PodState, replicas: number): string | undefined {
  const { namespace, owner } = pod;
  return owner && isScaled(pod) ? kubectl(namespace, `scale ${resourceOf(owner)} ${owner.name} --replicas=${replicas}`) : undefined;
}

function isScaled({ owner }: PodState): boolean {
  return owner !== undefined && SCALED_OWNERS.includes(owner.kind);
}

/** What `kubectl` calls a kind; other projects have a Rollout as well. */
function resourceOf({ kind }: PodOwner): string {
  return kind === 'Rollout' ? 'rollouts.argoproj.io' : kind.toLowerCase();
}

function asJsonArgument(json: string): string {
  return `"${json.replaceAll('"', '\\"')}"`; // the commands stand between single quotation marks already
}
