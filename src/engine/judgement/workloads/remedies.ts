import { BudgetState } from '../../state/workloads/budget-state';
import { PodState } from '../../state/workloads/pod-state';

/** `kubectl` for one thing of a namespace. */
export function kubectl(namespace: string, command: string): string {
  return `'kubectl -n ${namespace} ${command}'`;
}

/** Changes what owns a pod, or shows a pod that nothing owns. */
export function editOwner({ namespace, name, owner }: PodState): string {
  return kubectl(namespace, owner ? `edit ${owner.kind.toLowerCase()} ${owner.name}` : `get pod ${name} -o yaml`);
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

/** Gives a workload one replica more than its budget wants; undefined for what has no replicas. */
export function addReplicas({ namespace, owner }: PodState, replicas: number): string | undefined {
  return owner && ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(owner.kind)
    ? kubectl(namespace, `scale ${owner.kind.toLowerCase()} ${owner.name} --replicas=${replicas}`)
    : undefined;
}

function asJsonArgument(json: string): string {
  return `"${json.replaceAll('"', '\\"')}"`; // the commands stand between single quotation marks already
}
