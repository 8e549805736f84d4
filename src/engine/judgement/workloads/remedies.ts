import { BudgetState } from '../../state/workloads/budget-state';
import { PodOwner, PodState } from '../../state/workloads/pod-state';

/** `kubectl` for one thing of a namespace. */
export function kubectl(namespace: string, command: string): string {
  return `'kubectl -n ${namespace} ${command}'`;
}

/** Changes what owns a pod, or shows a pod that nothing owns. */
export function editOwner({ namespace, name, owner }: PodState): string {
  return kubectl(namespace, owner ? `edit ${resourceOf(owner)} ${owner.name}` : `get pod ${name} -o yaml`);
}

/** Lets a budget give way to one disruption at a time. */
export function letBudgetGiveWay({ namespace, name, minAvailable }: BudgetState): string {
  const spec = minAvailable === undefined ? '{"maxUnavailable":1}' : '{"minAvailable":null,"maxUnavailable":1}';
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
export function scale({ namespace, owner }: PodState, replicas: number): string | undefined {
  return owner && SCALED_OWNERS.includes(owner.kind)
    ? kubectl(namespace, `scale ${resourceOf(owner)} ${owner.name} --replicas=${replicas}`)
    : undefined;
}

/** What `kubectl` calls a kind; other projects have a Rollout as well. */
function resourceOf({ kind }: PodOwner): string {
  return kind === 'Rollout' ? 'rollouts.argoproj.io' : kind.toLowerCase();
}

function asJsonArgument(json: string): string {
  return `"${json.replaceAll('"', '\\"')}"`; // the commands stand between single quotation marks already
}
